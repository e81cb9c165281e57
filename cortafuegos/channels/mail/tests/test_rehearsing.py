"""`channel check --write` by e-mail: a letter to ourselves that arrives, and opens no case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cortafuegos.channels.contract import Found, Outgoing, SendError
from cortafuegos.channels.mail import mailbox
from cortafuegos.channels.mail.connector import connector

from .conftest import poll_posts


def outgoing(marca, key="k-1"):
    target, public = connector.rehearsal(marca)
    assert (target.author_id, public) == (marca.network_id, False)
    return Outgoing(key, "Cortafuegos, 12:00:00", public, target, datetime.now(UTC))


def test_it_is_sent_arrives_and_is_nothing_said_to_us(host, marca):
    sent = connector.send(marca, outgoing(marca))
    found = connector.find(marca, outgoing(marca))
    assert found.network_id == sent.network_id
    (post,) = poll_posts(marca)
    assert (post.network_id, post.author.network_id, post.addressed) == (
        sent.network_id, marca.network_id, False)  # fmt: skip


def test_one_that_never_arrives_is_told_so(marca, monkeypatch):
    monkeypatch.setattr(mailbox, "ARRIVES", 0.0)
    assert connector.find(marca, outgoing(marca, "never-sent")) is Found.ABSENT


def test_an_answer_to_a_letter_still_never_goes_to_this_mailbox(marca):
    target, _public = connector.rehearsal(marca)
    strange = replace(target, network_id="<1@cliente.test>")
    with pytest.raises(SendError, match="this same mailbox"):
        connector.send(marca, replace(outgoing(marca), target=strange))
