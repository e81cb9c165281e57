"""Replies out: to a real server that checks the signature itself."""

from __future__ import annotations

import base64
import dataclasses
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cortafuegos.channels.contract import (
    AccountView,
    ConnectError,
    Delivery,
    Found,
    HealthState,
    Media,
    Outgoing,
    Post,
    Refused,
    SendError,
    Sent,
    Target,
)
from cortafuegos.channels.webhook import outgoing, signing
from cortafuegos.channels.webhook.connector import connector

from .conftest import SECRET, Other


def heard(desk: AccountView) -> Post:
    body = {"id": "R-9", "conversation": "ficha-31", "author": {"id": "u5", "handle": "beto"},
            "text": "¿Llega el martes?", "posted_at": "2026-11-24T10:00:00Z", "public": True}  # fmt: skip
    (post,) = connector.read(desk, Delivery("", json.dumps(body).encode()))
    return post


def reply(desk: AccountView, **changes: Any) -> Outgoing:
    post = heard(desk)
    target = Target(
        post.network_id, post.author.network_id, post.author.handle, post.conversation, post.url,
        post.public, post.subject, post.ref, post.ref,
    )  # fmt: skip
    out = Outgoing("llave-1", "Sí, Beto 🙂 \u2028 Lucía", True, target, datetime.now(UTC), "es")
    return dataclasses.replace(out, **changes)


def test_files_travel_inside_the_event(desk: AccountView, other: Other) -> None:
    other.answer = lambda event: (201, b'{"id": 77}', {})
    photo = Media("cinta.jpg", "image/jpeg", bytes(range(256)), "La cinta 7")
    connector.send(desk, reply(desk, media=(photo,)))
    (file,) = other.told[0]["files"]
    assert base64.b64decode(file.pop("data")) == photo.body
    assert file == {"name": "cinta.jpg", "media_type": "image/jpeg", "alt": "La cinta 7", "size": 256}


def test_a_reply_arrives_signed_with_the_ids_of_the_other_system(desk: AccountView, other: Other) -> None:
    other.answer = lambda event: (201, b'{"id": 77, "url": "https://resenas.example/r/77"}', {})
    sent = connector.send(desk, reply(desk))
    assert other.told == [
        {
            "type": "reply",
            "id": "llave-1",
            "account": "resenas",
            "conversation": "ficha-31",
            "in_reply_to": "R-9",
            "to": {"id": "u5", "handle": "beto"},
            "text": "Sí, Beto 🙂 \u2028 Lucía",
            "public": True,
            "language": "es",
        }
    ]
    assert other.keys == ["llave-1"]
    assert (sent.network_id, sent.url) == ("webhook:abc/message/77", "https://resenas.example/r/77")
    answer_to_it = {"id": "R-10", "author": {"id": "u5"}, "text": "Gracias", "in_reply_to": "77",
                    "posted_at": "2026-11-24T10:05:00Z"}  # fmt: skip
    (post,) = connector.read(desk, Delivery("", json.dumps(answer_to_it).encode()))
    assert post.in_reply_to == sent.network_id


@pytest.mark.parametrize(
    "body", [b"", b"OK", b"[]", b'{"id": null}', b'{"id": ""}', b'{"id": {}, "url": 7}',
             b'{"url": "javascript:alert(1)"}', b"[" * 50_000, b'"' + b"x" * 900_000, b"\xff\xfe"]
)  # fmt: skip
def test_a_good_status_is_enough_whatever_is_said_with_it(
    desk: AccountView, other: Other, body: bytes
) -> None:
    other.answer = lambda event: (200, body, {})
    sent = connector.send(desk, reply(desk))
    assert (sent.network_id, sent.url) == ("webhook:abc/message/llave-1", "")


@pytest.mark.parametrize(
    ("status", "headers", "permanent", "lost", "wait"),
    [
        (400, {}, True, False, None),
        (404, {}, True, False, None),
        (302, {"Location": "http://169.254.169.254/"}, True, False, None),
        (429, {"Retry-After": "30"}, False, False, 30.0),
        (503, {}, False, False, None),
        (500, {}, False, True, None),
        (408, {}, False, True, None),
    ],
)
def test_each_refusal_says_whether_trying_again_helps(
    desk: AccountView,
    other: Other,
    status: int,
    headers: dict[str, str],
    permanent: bool,
    lost: bool,
    wait: float | None,
) -> None:
    other.answer = lambda event: (status, b"", headers)
    with pytest.raises(SendError) as failed:
        connector.send(desk, reply(desk))
    error = failed.value
    assert (error.permanent, error.lost, error.retry_after) == (permanent, lost, wait)
    assert len(other.told) == 1, "a redirect is not followed"


def test_a_lost_answer_is_looked_for(
    desk: AccountView, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "TIMEOUT_SECONDS", 0.2)
    other.hang = 0.6
    with pytest.raises(SendError) as failed:
        connector.send(desk, reply(desk))
    assert failed.value.lost
    other.hang = 0

    other.answer = lambda event: (200, b'{"found": true, "id": "77"}', {})
    found = connector.find(desk, reply(desk))
    assert isinstance(found, Sent)
    assert found.network_id == "webhook:abc/message/77"
    assert other.told[-1] == {"type": "find", "id": "llave-1"}
    other.answer = lambda event: (200, b'{"found": false}', {})
    assert connector.find(desk, reply(desk)) is Found.ABSENT
    for answer in ((200, b"OK", {}), (400, b"", {}), (200, b'{"found": "yes"}', {})):
        other.answer = lambda event, answer=answer: answer
        assert connector.find(desk, reply(desk)) is Found.UNKNOWN
    other.answer = lambda event: (500, b"", {})
    with pytest.raises(SendError):
        connector.find(desk, reply(desk))


def test_a_refused_signature_raises_the_alarm(desk: AccountView, other: Other) -> None:
    other.secret = "another secret entirely, and long"
    with pytest.raises(Refused):
        connector.send(desk, reply(desk))
    assert connector.health(desk).state is HealthState.REFUSED
    assert other.told == []


def test_secrets_change_without_a_gap_in_either_direction(desk: AccountView, other: Other) -> None:
    changed = dataclasses.replace(desk, credentials=signing.rotate(desk.credentials))
    connector.send(changed, reply(desk))  # the other system still knows only the old secret
    other.secret = changed.credentials["secret"]
    connector.send(changed, reply(desk))
    assert len(other.told) == 2

    now, body = datetime.now(UTC), b"{}"
    old, new = desk.credentials["secret"], changed.credentials["secret"]
    for key in (old, new):
        header = signing.header([key], int(now.timestamp()), body)
        assert signing.holds(signing.valid_secrets(changed.credentials), header, body, now)
    after = signing.forget_previous(changed.credentials)
    header = signing.header([old], int(now.timestamp()), body)
    assert not signing.holds(signing.valid_secrets(after), header, body, now)


def test_a_channel_that_only_receives(desk: AccountView) -> None:
    deaf = dataclasses.replace(desk, config={"url": ""})
    assert not connector.limits(deaf, public=True).public
    assert not connector.limits(deaf, public=False).private
    assert connector.health(deaf).state is HealthState.OK
    with pytest.raises(SendError) as failed:
        connector.send(deaf, reply(desk))
    assert failed.value.permanent


def test_connecting_pings_and_makes_the_account(other: Other) -> None:
    other.answer = lambda event: (204, b"", {})
    made = connector.connect({"name": "Reseñas del sur", "url": other.url, "secret": SECRET})
    assert other.told == [{"type": "ping"}]
    assert (made.handle, made.name, made.config) == ("resenas-del-sur", "Reseñas del sur", {"url": other.url})
    again = connector.connect({"name": "Otro nombre", "url": "", "secret": SECRET})
    assert again.network_id == made.network_id, "the same secret reconnects the same account"
    fresh = connector.connect({"name": "Otro", "url": "", "secret": ""})
    assert fresh.network_id != made.network_id
    assert len(fresh.credentials["secret"]) >= signing.SHORTEST_SECRET


@pytest.mark.parametrize(
    ("form", "status", "field"),
    [
        ({"name": " "}, 200, "name"),
        ({"secret": "short"}, 200, "secret"),
        ({}, 404, "url"),
        ({}, 301, "url"),
        ({}, 401, "secret"),
        ({}, 403, "secret"),
        ({"url": "gopher://example.org"}, 200, "url"),
        ({"url": "http://user:pass@127.0.0.1/"}, 200, "url"),
        ({"url": "http://127.0.0.1:{closed}/"}, 200, "url"),
        ({"url": "http://["}, 200, "url"),
        ({"url": "http://127.0.0.1:99999/"}, 200, "url"),
        ({"url": "http://no-such-machine.invalid/"}, 200, "url"),
    ],
)
def test_a_wrong_connection_says_what_came_back(
    other: Other, closed_port: int, form: dict[str, str], status: int, field: str
) -> None:
    other.answer = lambda event: (status, b"", {})
    typed = {"name": "Reseñas", "url": other.url, "secret": SECRET, **form}
    typed["url"] = typed["url"].replace("{closed}", str(closed_port))
    with pytest.raises(ConnectError) as wrong:
        connector.connect(typed)
    assert wrong.value.field == field
    assert str(wrong.value).endswith((".", "."))
    assert SECRET not in str(wrong.value)


def test_the_connect_page_offers_a_new_secret_each_time() -> None:
    offered = {field.initial for _ in range(3) for field in connector.fields if field.name == "secret"}
    assert len(offered) == 3
