"""`channel check --write` on X: an answer to a post of our own, found and gone again."""

from __future__ import annotations

import pytest

from cortafuegos.channels.contract import SendError
from cortafuegos.channels.tests.replies import rehearsed
from cortafuegos.channels.x.connector import connector


def test_a_full_circle_leaves_nothing(us, network):
    people = network.people
    own = people.say("condor_air", "Volamos con normalidad.")
    question = people.mention("ana", "condor_air", "¿y mi maleta?")
    people.say("condor_air", "La buscamos", to=question.id)  # an answer of ours to a customer is not taken
    target, public = connector.rehearsal(us)
    assert (target.ref["id"], public, target.author_id) == (own.id, True, us.network_id)
    before = [post.id for post in people.posts_of("condor_air")]
    sent = rehearsed(connector, us)
    assert network.world.posts[sent.ref["id"]].reply_to == own.id
    assert [post.id for post in people.posts_of("condor_air")] == before
    connector.withdraw(us, sent.network_id, sent.ref, public=True)  # gone already: no error


def test_an_account_that_never_said_anything_hears_what_would_help(us, network):
    network.people.mention("ana", "condor_air", "¿y mi maleta?")
    with pytest.raises(SendError, match="Post something on X first"):
        connector.rehearsal(us)
    assert network.people.posts_of("condor_air") == []
