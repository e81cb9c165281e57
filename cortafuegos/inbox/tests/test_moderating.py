"""Comments hidden under our posts, and shown again: by who leads, for a reason, on record."""

from __future__ import annotations

import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.contract import SendError
from cortafuegos.inbox.actions import moderating, withdrawing
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Intervention, Message
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_post,
    an_agent,
    arrive,
    author,
    deletion,
    kinds,
    say,
)
from cortafuegos.inbox.tests.test_withdrawing import carry_out


@pytest.fixture
def desk(condor, sandbox):
    return sandbox.account(condor, "strict")


@pytest.fixture
def strict(desk):
    return registry.connector("strict")


@pytest.fixture
def sara(condor):
    return an_agent(condor, "Sara Leal", "supervisor")


@pytest.fixture
def comment(desk) -> Message:
    ours = author("condor", "strict", network_id=desk.network_id)
    arrive(desk, a_post("¡Verano a mitad de precio!", by=ours, network_id="post:ours", addressed=False))
    return say(desk, "Sois unos ladrones", in_reply_to="post:ours", conversation="post:ours")


def refused(code, verb, *given, reason="Insulta a una compañera"):
    with pytest.raises(Refusal) as told:
        verb(*given, reason)
    assert told.value.code == code


def test_it_is_hidden_and_shown_again_each_time_on_record(sara, strict, comment):
    assert carry_out(moderating.hide(sara, comment, "Insulta a una compañera")).state == "done"
    assert (strict.hidden, moderating.is_hidden(comment)) == ({comment.network_id}, True)
    assert Message.objects.get(pk=comment.pk).deleted_at is None
    assert carry_out(moderating.show(sara, comment, "Se ha disculpado")).state == "done"
    assert (strict.hidden, moderating.is_hidden(comment)) == (set(), False)
    assert kinds(comment.case)[-4:] == [
        "message.hiding",
        "message.hidden",
        "message.showing",
        "message.shown",
    ]
    assert Event.objects.get(kind="message.hiding").data["reason"] == "Insulta a una compañera"


def test_a_complaint_hidden_is_still_owed_an_answer(sara, comment):
    carry_out(moderating.hide(sara, comment, "Insulta a una compañera"))
    comment.case.refresh_from_db()
    assert (comment.case.awaits_us, comment.case.state) == (True, "open")


@pytest.mark.parametrize("role", ["agent", "drafter"])
def test_only_who_leads_may(condor, comment, role):
    refused("not_allowed", moderating.hide, an_agent(condor, "Nuria Vidal", role), comment)
    refused("not_allowed", moderating.show, an_agent(condor, "Iker Sol", role), comment)
    assert Intervention.objects.count() == 0


def test_nor_anybody_from_elsewhere(comment):
    olga = an_agent(a_brand("faro", "Faro"), "Olga Prieto", "owner")
    refused("no_such_message", moderating.hide, olga, comment)


def test_twice_is_once_and_the_way_back_waits(sara, comment):
    first = moderating.hide(sara, comment, "Insulta")
    assert moderating.hide(sara, comment, "Insulta mucho") == first
    refused("busy", moderating.show, sara, comment)
    carry_out(first)
    refused("as_it_is", moderating.hide, sara, comment)


def test_what_was_never_hidden_is_not_shown_again(sara, comment):
    refused("as_it_is", moderating.show, sara, comment)


def test_a_network_that_says_no_leaves_it_as_it_was(sara, strict, comment):
    strict.trouble = SendError("No es un comentario", permanent=True)
    wanted = carry_out(moderating.hide(sara, comment, "Insulta"))
    assert (wanted.state, wanted.trouble, strict.hidden) == ("failed", "No es un comentario", set())
    assert not moderating.is_hidden(comment)
    strict.trouble = None
    assert carry_out(moderating.hide(sara, comment, "Insulta")).state == "done"
    strict.trouble = SendError("No", permanent=True)
    assert carry_out(moderating.show(sara, comment, "Ya está")).state == "failed"
    assert moderating.is_hidden(comment)


def test_what_cannot_be_hidden(sara, desk, account, comment):
    ours = Message.objects.get(network_id="post:ours")
    refused("not_theirs", moderating.hide, sara, ours)
    private = say(desk, public=False, conversation="dm:1", by="ana")
    refused("not_theirs", moderating.hide, sara, private)
    elsewhere = say(account, in_reply_to="post:x")
    refused("no_such_way", moderating.hide, sara, elsewhere)
    refused("needs_reason", moderating.hide, sara, comment, reason=" ")
    arrive(desk, deletion(a_post(by="lucia", network_id=comment.network_id), conversation="post:ours"))
    Message.objects.filter(pk=comment.pk).update(deleted_at=comment.posted_at)
    refused("gone", moderating.hide, sara, comment)


def test_a_comment_is_not_taken_back_nor_our_post_hidden_in_its_place(nuria, comment):
    refused("not_ours", withdrawing.withdraw, nuria, comment)
