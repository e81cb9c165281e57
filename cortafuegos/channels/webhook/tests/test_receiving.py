"""Messages in: signatures, and payloads that nobody should send."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cortafuegos.channels.contract import AccountView, Delivery, Post, Unreadable
from cortafuegos.channels.webhook import signing
from cortafuegos.channels.webhook.connector import connector

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
US = AccountView(1, "webhook", "webhook:abc", "form", "es", {}, {"secret": "s" * 30})
ONE: dict[str, Any] = {"id": 1, "author": {"id": 2}, "text": "hola", "posted_at": "2026-11-24T10:00:00Z"}


def read(body: Any) -> list[Post]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return connector.read(US, Delivery("", raw))


def test_the_least_that_can_be_said() -> None:
    (post,) = read(ONE)
    assert (post.network_id, post.conversation) == ("webhook:abc/message/1", "webhook:abc/conversation/1")
    assert post.author.network_id == "webhook:abc/person/2"
    assert not post.public, "private unless it is said to be public"


def test_a_reply_without_a_conversation_joins_its_parent() -> None:
    (post,) = read({**ONE, "in_reply_to": "0"})
    assert post.conversation == "webhook:abc/conversation/0"


def test_a_batch_of_500_is_read_and_of_501_is_not() -> None:
    assert len(read({"messages": [{**ONE, "id": n} for n in range(500)]})) == 500
    with pytest.raises(Unreadable, match="501"):
        read({"messages": [ONE] * 501})


def test_odd_text_is_kept_faithfully() -> None:
    text = "\x00\u200b\u202e<b>" + "😀" * 4000
    assert read({**ONE, "text": text})[0].text == text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "truncated"),
        (b"[]", "object"),
        (b"[" * 100_000, "array"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "deep"),
        (b'{"messages":[' + b'{"author":' * 100_000, "."),
        ("hola".encode("utf-16"), "."),
        (json.dumps(ONE).encode("utf-16"), "."),
        (b'{"id":1,"author":{"id":2},"text":"\xff","posted_at":"2026-11-24T10:00:00Z"}', "."),
        (b" " * 5_000_001, "larger"),
        ({**ONE, "id": ""}, "id is empty"),
        ({**ONE, "id": "x" * 501}, "longer"),
        ({**ONE, "id": {}}, r"\$\.id"),
        ({**ONE, "author": None}, r"\$\.author"),
        ({k: v for k, v in ONE.items() if k != "posted_at"}, "posted_at"),
        ({**ONE, "posted_at": "yesterday"}, "posted_at"),
        ({**ONE, "posted_at": "2026-11-24T10:00:00"}, "time zone"),
        ({**ONE, "posted_at": "0001-01-01T00:00:00+05:00"}, "range"),
        ({**ONE, "text": ""}, "says nothing"),
        ({**ONE, "text": "x" * 100_001}, "longer"),
        ({**ONE, "kind": "poke"}, "poke|kind"),
        ({**ONE, "url": "javascript:alert(1)"}, "url"),
        ({**ONE, "attachments": [{"kind": "virus"}]}, r"attachments\[0\]"),
        ({**ONE, "attachments": [{"kind": "file", "url": "file:///etc/passwd"}]}, r"attachments\[0\]"),
        ({"messages": [ONE, {**ONE, "text": 5}]}, r"messages\[1\]"),
        ({"messages": [ONE, {**ONE, "url": "x:y"}]}, r"messages\[1\]\.url"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(body: Any, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(body)


def test_the_reason_never_quotes_the_text() -> None:
    with pytest.raises(Unreadable) as refused:
        read(b'{"id":1,"author":{"id":2},"text":"DNI 12345678Z",}')
    assert "12345678Z" not in str(refused.value)


def holds(header: str, body: bytes = b"{}", *, at: datetime = NOW) -> bool:
    return signing.holds(["k" * 30], header, body, at)


def good(stamp: int = int(NOW.timestamp())) -> str:
    return signing.header(["k" * 30], stamp, b"{}")


def test_signatures_hold_for_five_minutes() -> None:
    assert holds(good())
    assert holds(good(), at=NOW + timedelta(seconds=300))
    assert holds(good(), at=NOW - timedelta(seconds=300))
    assert not holds(good(), at=NOW + timedelta(seconds=301))
    assert not holds(good(), at=NOW - timedelta(seconds=301))


def test_order_spaces_and_other_schemes_do_not_matter() -> None:
    stamp, signature = good().split(",")
    assert holds(f" {signature.replace('v1=', 'v1=').upper().replace('V1', 'v1')} , {stamp}, v0=zzz")


@pytest.mark.parametrize(
    "header",
    [
        "", ",", "=", "t=", "v1=", "t=,v1=", f"t={int(NOW.timestamp())}", good().split(",")[1],
        good().replace("v1", "v2"), good()[:-1], good() + "0", "t=١٧٩٥," + good().split(",")[1],
        "t=1e9," + good().split(",")[1], "t=-1," + good().split(",")[1], "é" * 50, "t=" + "9" * 5000,
        ",".join(["v1=" + "0" * 64] * 20) + "," + good(),
    ],
)  # fmt: skip
def test_odd_signatures_do_not_hold(header: str) -> None:
    assert not holds(header)


def test_no_secret_means_nothing_is_taken() -> None:
    header = signing.header([""], int(NOW.timestamp()), b"{}")
    assert not signing.holds(signing.valid_secrets({"secret": ""}), header, b"{}", NOW)
    assert not signing.holds(signing.valid_secrets({}), header, b"{}", NOW)
