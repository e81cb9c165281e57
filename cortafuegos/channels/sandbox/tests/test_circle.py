"""The whole circle on a running network: a customer writes, the desk reads, answers, is read."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.channels.contract import (
    AccountView,
    ConnectError,
    Delivery,
    Found,
    HealthState,
    Kind,
    Outgoing,
    Post,
    Refused,
    SendError,
    Sent,
    Target,
)
from cortafuegos.channels.sandbox import accounts, pusher
from cortafuegos.channels.sandbox.client import http
from cortafuegos.channels.sandbox.connector import connector

from .conftest import Ear, Network, connect, now


def news(desk: AccountView, cursor: dict[str, object] | None = None) -> list[Post]:
    polled = connector.poll(desk, cursor or {})
    return [post for delivery in polled.deliveries for post in connector.read(desk, delivery)]


def target(post: Post) -> Target:
    return Target(
        post.network_id, post.author.network_id, post.author.handle, post.conversation, post.url,
        post.public, post.subject, post.ref, post.ref,
    )  # fmt: skip


def reply(post: Post, text: str = "Lo miramos ahora mismo. Lucía", **changes: object) -> Outgoing:
    made = Outgoing("llave-1", text, post.public, target(post), now(), "es")
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def test_a_mention_is_answered_in_its_thread(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda ¿dónde está mi pedido? 📦")
    (post,) = news(desk)
    assert (post.text, post.public, post.addressed) == ("@tienda_ayuda ¿dónde está mi pedido? 📦", True, True)
    assert post.author.handle == "marta"

    sent = connector.send(desk, reply(post))

    page = http().get(post.url).text
    assert "Lo miramos ahora mismo. Lucía" in page
    assert sent.url.startswith(network.address)
    assert sent.conversation == post.conversation
    (thread,) = connector.thread(desk, target(post))
    both = connector.read(desk, thread)
    assert [p.network_id for p in both] == [post.network_id, sent.network_id]
    assert both[1].in_reply_to == post.network_id
    assert not both[1].addressed, "our own words are not said to us"


def test_a_private_message_is_answered_in_private(network: Network, desk: AccountView) -> None:
    network.says("marta", "mi número es el 20418", to="tienda_ayuda")
    (post,) = news(desk)
    assert not post.public
    assert connector.thread(desk, target(post)) == []
    sent = connector.send(desk, reply(post))
    assert sent.conversation == post.conversation
    assert "Lo miramos" not in http().get(f"{network.address}/").text
    with pytest.raises(SendError) as refused:
        connector.send(desk, reply(post, public=True, key="otra"))
    assert refused.value.permanent


def test_a_public_complaint_can_be_answered_in_private(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda me habéis cobrado dos veces")
    (post,) = news(desk)
    sent = connector.send(desk, reply(post, public=False))
    assert "/messages/" in sent.conversation
    network.says("marta", "aquí tenéis los datos", to="tienda_ayuda")
    assert news(desk)[-1].conversation == sent.conversation


def test_a_complaint_to_the_main_account_is_answered_from_support(
    network: Network, desk: AccountView
) -> None:
    main = connect(network, "tienda")
    network.says("marta", "@tienda @tienda_ayuda ¿alguien?")
    (seen,), (also,) = news(main), news(desk)
    assert seen.network_id == also.network_id, "one post, however many accounts saw it"
    network.says("luis", "@tienda un desastre todo")
    post = news(main)[-1]
    assert news(desk)[-1].network_id != post.network_id
    connector.send(desk, reply(post))
    (thread,) = connector.thread(desk, target(post))
    assert [p.author.handle for p in connector.read(desk, thread)] == ["luis", "tienda_ayuda"]


def test_words_between_customers_are_not_addressed_to_us(network: Network, desk: AccountView) -> None:
    first = network.says("marta", "@tienda_ayuda el sofá no llega")
    network.says("luis", "@marta a mí tampoco", parent=first["uri"])
    mention, aside = news(desk)
    assert mention.addressed
    assert not aside.addressed
    assert aside.conversation == mention.conversation


def test_edits_and_deletions_name_the_same_post(network: Network, desk: AccountView) -> None:
    token = network.admin("POST", "accounts", handle="marta")["token"]
    said = network.says("marta", "@tienda_ayuda llegó roto")
    url, headers = f"{network.address}/api/posts/{said['id']}", {"Authorization": f"Bearer {token}"}
    http().patch(url, json={"text": "llegó rota la caja"}, headers=headers).raise_for_status()
    http().delete(url, headers=headers).raise_for_status()
    first, edit, gone = news(desk)
    assert [p.kind for p in (first, edit, gone)] == [Kind.POST, Kind.EDIT, Kind.DELETE]
    assert {p.network_id for p in (first, edit, gone)} == {said["uri"]}
    assert edit.text == "llegó rota la caja", "told although the mention is no longer in it"
    with pytest.raises(SendError) as refused:
        connector.send(desk, reply(first))
    assert refused.value.permanent
    assert not refused.value.lost


def test_the_same_key_posts_once_and_can_be_found(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda hola")
    (post,) = news(desk)
    out = reply(post, key="caso 7/respuesta?n=2#a")
    assert connector.find(desk, out) is Found.ABSENT
    before = network.count()
    sent = {connector.send(desk, out).network_id for _ in range(3)}
    assert network.count() == before + 1
    found = connector.find(desk, out)
    assert isinstance(found, Sent)
    assert {found.network_id} == sent


def test_polling_pages_through_everything_once(network: Network, desk: AccountView) -> None:
    for number in range(130):
        network.says("marta", f"@tienda_ayuda mensaje {number}")
    cursor: dict[str, object] = {}
    texts: list[str] = []
    for _ in range(9):
        polled = connector.poll(desk, cursor)
        texts += [p.text for d in polled.deliveries for p in connector.read(desk, d)]
        cursor = polled.cursor
        if not polled.more:
            break
    assert texts == [f"@tienda_ayuda mensaje {n}" for n in range(130)]
    assert connector.poll(desk, cursor).deliveries == []
    assert connector.poll(desk, cursor).cursor == cursor


def test_the_first_poll_looks_back_one_day(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda de anteayer")
    with network.store.write() as db:
        old = (now() - timedelta(days=2)).isoformat(timespec="microseconds")
        db.execute("UPDATE event SET created_at = ?", (old,))
    network.says("marta", "@tienda_ayuda de hoy")
    assert [p.text for p in news(desk)] == ["@tienda_ayuda de hoy"]


def test_a_push_and_a_poll_of_one_event_are_the_same_delivery(
    network: Network, desk: AccountView, ear: Ear
) -> None:
    network.says("marta", "@tienda_ayuda ñandú «€» \u2028 👩‍👩‍👧")
    assert pusher.push_due(network.store, now()) == 1
    ((headers, body),) = ear.heard
    pushed = Delivery("", body, headers)
    connector.verify(desk, pushed, datetime.now(UTC))
    (polled,) = connector.poll(desk, {}).deliveries
    assert polled.body == body
    assert polled.key == connector.key(desk, pushed)


def test_the_profile_and_health(network: Network, desk: AccountView) -> None:
    assert connector.set_profile(desk, "Te contestamos de 9 a 21")
    assert "Te contestamos de 9 a 21" in http().get(f"{network.address}/people/tienda_ayuda").text
    assert connector.health(desk).state is HealthState.OK
    with network.store.write() as db:
        row = accounts.by_handle(db, desk.handle)
        accounts.set_token_end(db, row, now() + timedelta(days=1))
    assert connector.health(desk).state is HealthState.EXPIRING
    with network.store.write() as db:
        accounts.set_token_end(db, row, now() - timedelta(seconds=1))
    assert connector.health(desk).state is HealthState.REFUSED
    with pytest.raises(Refused):
        connector.poll(desk, {})


@pytest.mark.parametrize(
    ("address", "token", "field"),
    [
        ("", "sbx_x", "address"),
        ("ftp://127.0.0.1", "sbx_x", "address"),
        ("http://127.0.0.1:9", "sbx_x", "address"),
        ("http://[", "sbx_x", "address"),
        ("http://exa mple/\x00", "sbx_x", "address"),
        ("{network}/nowhere", "sbx_x", "address"),
        ("{network}", "", "token"),
        ("{network}", "sbx_ñ", "token"),
        ("{network}", "sbx_no\nsuch", "token"),
        ("{network}", "sbx_nobody", "token"),
    ],
)
def test_a_wrong_connection_says_which_field(network: Network, address: str, token: str, field: str) -> None:
    with pytest.raises(ConnectError) as wrong:
        connector.connect({"address": address.replace("{network}", network.address), "token": token})
    assert wrong.value.field == field
    assert str(wrong.value)


def test_what_is_too_long_is_refused_for_good(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda hola")
    (post,) = news(desk)
    family = "👩‍👩‍👧‍👦"
    most = connector.limits(desk, public=True).length
    assert connector.measure(family * most, public=True) == most
    connector.send(desk, reply(post, family * most))
    with pytest.raises(SendError) as refused:
        connector.send(desk, reply(post, family * (most + 1), key="otra"))
    assert refused.value.permanent
