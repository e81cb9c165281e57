"""What cannot be answered, and what is said then: against the reference network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cortafuegos.channels.contract import Kind, SendError

from .conftest import Desk, answer, mention, own_posts, target_of

pytestmark = pytest.mark.network_twin
Customers = Callable[[str], Any]


def test_a_deleted_post_cannot_be_answered_and_is_told_gone(desk: Desk, customers: Customers) -> None:
    ana = customers("ana")
    asked = ana.send_post(mention(desk, "olvidadlo"))
    post = desk.next_post()
    ana.delete_post(asked.uri)
    desk.network.eventually(lambda: not ana.get_posts([asked.uri]).posts)
    with pytest.raises(SendError, match="deleted") as failed:
        desk.connector.send(desk.account, answer(post, "¿Sigue ahí?"))
    assert failed.value.permanent and own_posts(desk) == []
    (gone,) = [
        gone
        for delivery in desk.connector.thread(desk.account, target_of(post))
        for gone in desk.connector.read(desk.account, delivery)
    ]
    assert (gone.kind, gone.network_id) == (Kind.DELETE, asked.uri)


def test_who_blocks_us_cannot_be_answered(desk: Desk, customers: Customers) -> None:
    ana = customers("ana")
    ana.send_post(mention(desk, "no me escribáis"))
    post = desk.next_post()
    block = {
        "$type": "app.bsky.graph.block",
        "subject": desk.person.did,
        "createdAt": ana.get_current_time_iso(),
    }
    ana.com.atproto.repo.create_record(
        {"repo": ana.me.did, "collection": "app.bsky.graph.block", "record": block}
    )
    brand = desk.network.client(desk.person)
    desk.network.eventually(lambda: brand.get_profile(ana.me.did).viewer.blocked_by)
    with pytest.raises(SendError, match="blocked the account") as failed:
        desk.connector.send(desk.account, answer(post, "Entendido."))
    assert failed.value.permanent and own_posts(desk) == []


def test_a_closed_thread_cannot_be_answered(desk: Desk, customers: Customers) -> None:
    from atproto import AtUri

    ana, luis = customers("ana"), customers("luis")
    asked = luis.send_post(mention(desk, "solo para mis amigos"))
    gate = {
        "$type": "app.bsky.feed.threadgate",
        "post": asked.uri,
        "allow": [],
        "createdAt": ana.get_current_time_iso(),
    }
    luis.com.atproto.repo.create_record(
        {
            "repo": luis.me.did,
            "collection": gate["$type"],
            "rkey": AtUri.from_str(asked.uri).rkey,
            "record": gate,
        }
    )
    post = desk.next_post()
    brand = desk.network.client(desk.person)
    desk.network.eventually(lambda: brand.get_posts([asked.uri]).posts[0].viewer.reply_disabled)
    with pytest.raises(SendError, match="only some people") as failed:
        desk.connector.send(desk.account, answer(post, "Hola"))
    assert failed.value.permanent


@pytest.mark.parametrize("text", ["ñ" * 301, "👨‍👩‍👧‍👦" * 121, " \n"])
def test_what_does_not_fit_never_leaves(desk: Desk, customers: Customers, text: str) -> None:
    customers("ana").send_post(mention(desk, "hola"))
    with pytest.raises(SendError, match=r"too long|empty") as failed:
        desk.connector.send(desk.account, answer(desk.next_post(), text))
    assert failed.value.permanent and own_posts(desk) == []


@pytest.mark.parametrize("text", ["ñ" * 300, "👨‍👩‍👧‍👦" * 120])
def test_what_just_fits_is_taken_by_the_network(desk: Desk, customers: Customers, text: str) -> None:
    customers("ana").send_post(mention(desk, "hola"))
    desk.connector.send(desk.account, answer(desk.next_post(), text))
    assert own_posts(desk) == [text]
