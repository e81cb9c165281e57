"""Messenger says up to when somebody has read, Instagram which message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Status, Step
from cortafuegos.channels.contract import AccountView, Delivery, Unreadable

from .helpers import account_on, answer, pushed


@pytest.fixture
def page(meta):
    return meta.page("Lumbre", instagram="lumbre.energia")


@pytest.fixture
def luis(meta):
    return meta.person("Luis Mar", "luis.mar")


def told(account: AccountView, meta) -> list[Status]:
    connector, found = registry.connector(account.network), []
    for delivery in meta.pushes():
        connector.verify(account, delivery, datetime.now(UTC))
        for owner, part in connector.split(account, delivery):
            if owner == account.network_id:
                assert connector.read(account, part) == []
                found += connector.statuses(account, part)
    return found


def asked(meta, page, luis, account: AccountView, *, instagram: bool):
    meta.message(luis, page, "¿me leéis?", instagram=instagram)
    (post,) = pushed(account, meta)
    sent = registry.connector(account.network).send(account, answer(post, "Sí, Luis."))
    pushed(account, meta)  # the echo
    return post, sent


def test_messenger_tells_what_arrived_and_up_to_when_it_was_read(meta, page, luis):
    lumbre = account_on("facebook", meta.form(page))
    post, sent = asked(meta, page, luis, lumbre, instagram=False)
    meta.reads(luis, page, arrived=True)
    meta.reads(luis, page)
    arrived, read = told(lumbre, meta)
    assert (arrived.step, arrived.network_id, arrived.conversation) == (Step.DELIVERED, sent.network_id, "")
    assert (read.step, read.network_id, read.conversation) == (Step.READ, "", post.conversation)
    assert read.at >= post.posted_at


def test_instagram_names_the_message(meta, page, luis):
    lumbre = account_on("instagram", meta.form(page))
    _post, sent = asked(meta, page, luis, lumbre, instagram=True)
    meta.reads(luis, page, instagram=True)
    (read,) = told(lumbre, meta)
    assert (read.step, read.network_id, read.reason) == (Step.READ, sent.network_id, "")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"delivery": {"mids": ["", " ", "m_1"] + ["m_2"] * 900}}, {"facebook:m_1", "facebook:m_2"}),
        ({"delivery": {}}, set()),
        ({"read": {}}, set()),
        ({"read": {"watermark": 10**17}}, None),
        ({"read": {"watermark": "late"}}, None),
        ({"read": []}, None),
        ({"read": {"watermark": 1795168807000}, "sender": {"id": " "}}, None),
    ],
)
def test_strange_receipts_are_harmless(meta, page, said, names):
    import json

    lumbre = account_on("facebook", meta.form(page))
    event = {"sender": {"id": "1"}, "recipient": {"id": page.id}, "timestamp": 1795168807000} | said
    body = {"object": "page", "entry": [{"id": page.id, "time": 1795168807, "messaging": [event]}]}
    delivery = Delivery("", json.dumps(body).encode())
    connector = registry.connector("facebook")
    if names is None:
        with pytest.raises(Unreadable):
            connector.statuses(lumbre, delivery)
        return
    found = connector.statuses(lumbre, delivery)
    assert {one.network_id for one in found} == names
    assert len(found) <= 200
