"""What WhatsApp pushes: signatures, batches of several numbers, doubles, disorder."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.contract import AccountView, Delivery, Forged, Unreadable
from cortafuegos.channels.meta import signature
from cortafuegos.channels.whatsapp.connector import connector

from .conftest import World

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def signs(secret: str, body: bytes, digest: Any = hashlib.sha256) -> str:
    return hmac.new(secret.encode(), body, digest).hexdigest()


def test_its_own_signature_holds_and_no_other(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.number, "hola")
    (delivery,) = world.pushed()
    connector.verify(account, delivery, NOW)
    secret, body = world.network.app_secret, delivery.body
    good = delivery.headers[signature.HEADER]
    for wrong in (
        "",
        "sha256=",
        good[:-1],
        good + "0",
        good.upper(),
        good.removeprefix("sha256="),
        "sha1=" + signs(secret, body, hashlib.sha1),
        "sha256=" + signs("0" * 32, body),
        "sha256=" + signs("", body),
        "sha256=" + signs(secret, body + b" "),
        f"{good}, {good}",
        "sha256=é",
        "sha256=" + "\udcff" * 64,
    ):
        with pytest.raises(Forged):
            connector.verify(account, replace(delivery, headers={signature.HEADER: wrong}), NOW)
    for headers in ({}, {"x-hub-signature": good}):
        with pytest.raises(Forged):
            connector.verify(account, replace(delivery, headers=headers), NOW)
    with pytest.raises(Forged):
        connector.verify(account, replace(delivery, body=body.replace(b"hola", b"holb")), NOW)
    account.credentials["app_secret"] = ""
    with pytest.raises(Forged):
        connector.verify(
            account, replace(delivery, headers={signature.HEADER: "sha256=" + signs("", body)}), NOW
        )


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"hub.mode": "subscribe", "hub.verify_token": "una-palabra-larga", "hub.challenge": "77"}, "77"),
        ({"hub.mode": "subscribe", "hub.verify_token": "otra", "hub.challenge": "77"}, None),
        ({"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "77"}, None),
        ({"hub.mode": "unsubscribe", "hub.verify_token": "una-palabra-larga", "hub.challenge": "77"}, None),
        ({"hub.mode": "subscribe", "hub.verify_token": "una-palabra-larga"}, None),
        ({}, None),
    ],
)
def test_the_question_by_get(account: AccountView, query: dict[str, str], answer: str | None) -> None:
    if answer is None:
        with pytest.raises(Forged):
            connector.challenge(account, query)
    else:
        assert connector.challenge(account, query) == answer


def busy(world: World) -> list[str]:
    """Two people write to two numbers of the app; what was said, in order."""
    other = world.network.number("+34 600 000 009", "Condor Cargo")
    said = []
    for n, (person, number) in enumerate(itertools.product((world.ana, world.eva), (world.number, other))):
        world.network.says(person, number, f"mensaje {n}")
        said.append(f"mensaje {n}")
    return said


def test_a_batch_goes_to_the_accounts_it_concerns(world: World, account: AccountView) -> None:
    said = busy(world)
    (delivery,) = world.pushed(batch=10)
    second = replace(account, network_id=f"whatsapp:{list(world.network.numbers)[1]}")
    parts = connector.split(account, delivery)
    assert [network_id for network_id, _part in parts] == [account.network_id, second.network_id] * 2
    heard: dict[str, list[str]] = {account.network_id: [], second.network_id: []}
    for us in (account, second):
        for _network_id, part in parts:
            heard[us.network_id] += [post.text for post in connector.read(us, part)]
    assert heard == {account.network_id: said[::2], second.network_id: said[1::2]}
    # Not split, each account still takes only what is its own.
    assert [post.text for post in connector.read(account, delivery)] == said[::2]


def test_the_same_event_has_the_same_key_in_any_company(world: World, account: AccountView) -> None:
    busy(world)
    waiting = list(world.network.waiting)
    alone = world.pushed()
    world.network.waiting = waiting[::-1]
    (together,) = world.pushed(batch=10)
    one_by_one = {connector.key(account, delivery) for delivery in alone}
    parts = [part for _network_id, part in connector.split(account, together)]
    assert {part.key for part in parts} == {connector.key(account, part) for part in parts} == one_by_one
    assert len(one_by_one) == 4
    posts = {p.network_id: p for d in alone for p in connector.read(account, d)}
    again = {p.network_id: p for part in parts for p in connector.read(account, part)}
    assert posts == again


def test_the_statuses_of_one_message_are_different_events(world: World, account: AccountView) -> None:
    from .conftest import answer

    out = world.network.out[connector.send(account, answer(world.asked(account))).ref["message"]]
    for status in ("delivered", "read", "read"):
        world.network.tells(out, status)
    keys = [connector.key(account, delivery) for delivery in world.pushed()]
    assert len(keys) == 4
    assert len(set(keys)) == 3


def test_what_concerns_no_number_is_nobodys(account: AccountView) -> None:
    change = {"field": "account_update", "value": {"event": "VERIFIED_ACCOUNT"}}
    whole = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    delivery = Delivery("", json.dumps(whole).encode(), {})
    assert list(connector.split(account, delivery)) == []
    assert connector.read(account, delivery) == []
    assert connector.key(account, delivery)


_NAMES = st.sampled_from(
    """id type text body caption from from_user_id to timestamp status errors code messages statuses contacts
    wa_id user_id profile name username context interactive list_reply button_reply title location latitude
    longitude order product_items quantity item_price reaction emoji message_id edit original_message_id
    message revoke system user_changed_number previous current user_id_update metadata phone_number_id
    group_id recipient_id recipient_user_id message_echoes image document mime_type unsupported
    """.split()  # noqa: SIM905
)
_KINDS = (
    "text reaction edit revoke system interactive location order contacts failed unsupported image list_reply"
)
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from([*_KINDS.split(), "1795000000", 10**400, "\ud800"]),
)
_TREES = st.recursive(
    _LEAVES,
    lambda t: st.one_of(st.lists(t, max_size=3), st.dictionaries(_NAMES, t, max_size=8)),
    max_leaves=30,
)
US = AccountView(1, "whatsapp", "whatsapp:1", "+34 600", "es", {}, {})


@settings(max_examples=400, deadline=None)
@given(
    what=st.dictionaries(_NAMES, _TREES, max_size=12),
    kind=st.sampled_from(["messages", "statuses", "message_echoes", "user_id_update"]),
    contacts=_TREES,
    known=st.sampled_from([{}, {"id": "wamid.1", "timestamp": "1795000000", "from_user_id": "ES.1"}]),
)
def test_nothing_but_unreadable(
    what: dict[str, Any], kind: str, contacts: Any, known: dict[str, str]
) -> None:
    value = {"metadata": {"phone_number_id": "1"}, "contacts": contacts, kind: [{**what, **known}]}
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    delivery = Delivery(
        "", json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode(), {}
    )
    parts = [part for _network_id, part in connector.split(US, delivery)]
    for one in (delivery, *parts):
        try:
            posts = connector.read(US, one)
        except Unreadable as reason:
            assert str(reason)
        else:
            for post in posts:
                post.text.encode()
                assert post.network_id
                assert post.conversation
