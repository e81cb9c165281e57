from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.channels.bluesky.connector import connector
from cortafuegos.channels.contract import AccountView, Delivery, Kind, Post, Unreadable

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(
    path.stem for path in SAMPLES.glob("*.json") if "." not in path.stem and path.stem != "account"
)
ACCOUNT = AccountView(**json.loads((SAMPLES / "account.json").read_text()))


def body_of(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text())["body"]
    return body


def read(body: Any) -> Post:
    (post,) = connector.read(ACCOUNT, Delivery("k", json.dumps(body).encode()))
    return post


def with_record(name: str = "mention", **changes: Any) -> dict[str, Any]:
    body = body_of(name)
    body["record"] = {**body["record"], **changes}
    return body


@pytest.mark.parametrize("name", NAMES)
def test_samples(name: str) -> None:
    wanted = json.loads((SAMPLES / f"{name}.posts.json").read_text())
    got = json.dumps([dataclasses.asdict(read(body_of(name)))], default=lambda value: value.isoformat())
    assert json.loads(got) == wanted


def test_there_are_samples() -> None:
    assert len(NAMES) >= 12


@pytest.mark.parametrize(
    ("created", "seen", "posted"),
    [
        ("2026-11-03T09:00:00Z", "2026-11-03T09:00:05Z", datetime(2026, 11, 3, 9, 0, 0, tzinfo=UTC)),
        ("2026-11-03T10:00:00+01:00", "2026-11-03T09:00:05Z", datetime(2026, 11, 3, 9, 0, 0, tzinfo=UTC)),
        (
            "2026-11-03T09:00:00.123456789Z",
            "2026-11-03T09:00:05Z",
            datetime(2026, 11, 3, 9, 0, 0, 123456, tzinfo=UTC),
        ),
        ("2010-01-01T00:00:00Z", "2026-11-03T09:00:05Z", datetime(2026, 11, 3, 9, 0, 5, tzinfo=UTC)),
        ("2030-01-01T00:00:00Z", "2026-11-03T09:00:05Z", datetime(2026, 11, 3, 9, 0, 5, tzinfo=UTC)),
        ("yesterday", "2026-11-03T09:00:05Z", datetime(2026, 11, 3, 9, 0, 5, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", "2026-11-03T09:00:05Z", datetime(2026, 11, 3, 9, 0, 5, tzinfo=UTC)),
    ],
)
def test_a_wild_clock_is_not_believed(created: str, seen: str, posted: datetime) -> None:
    assert read({**with_record(createdAt=created), "indexedAt": seen}).posted_at == posted


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//host.example", "https:///x", "https://a b", 7, None],
)
def test_only_web_addresses_reach_a_page(address: Any) -> None:
    card = {"$type": "app.bsky.embed.external", "external": {"uri": address, "title": "t", "description": ""}}
    body = with_record(embed=card)
    body["profile"]["avatar"] = address
    post = read(body)
    assert post.attachments[0].url == post.author.avatar == ""


@pytest.mark.parametrize("langs", [None, [], "es", [5], [""], ["x-klingon"], ["español"]])
def test_a_language_that_is_none_is_left_empty(langs: Any) -> None:
    assert read(with_record(langs=langs)).language == ""


def test_text_is_kept_as_it_came() -> None:
    text = "<b>a\u202eb\u200b</b>\r\n&amp; " + "😡" * 4_000
    assert read(with_record(text=text, facets=[])).text == text


def test_half_a_character_does_not_break_what_stores_it() -> None:
    assert read(with_record(text="luz \ud83d fuera", facets=[])).text == "luz \ufffd fuera"


def test_a_post_that_is_gone_says_when_it_was_made() -> None:
    post = read(body_of("gone"))
    assert (post.kind, post.posted_at.year) == (Kind.DELETE, 2025)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"9" * 10_000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b'{"$type": "app.bsky.feed.defs#blockedPost"}', "of a kind"),
        (b"{}", "of a kind"),
    ],
)
def test_what_is_no_payload_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        connector.read(ACCOUNT, Delivery("k", body))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"uri": "https://bsky.app/x"}, "address"),
        ({"uri": "at://did:plc:rosamaldonado234567abcd/app.bsky.feed.like/3k"}, "address"),
        ({"cid": "no such\nthing"}, "cid"),
        ({"author": {"did": "did:plc:somebodyelse"}}, "somebody else"),
        ({"record": {"createdAt": "2026-11-03T09:00:00Z"}}, "no text"),
        ({"indexedAt": "soon"}, "time"),
    ],
)
def test_what_cannot_be_a_post_says_why(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read({**body_of("mention"), **change})


def test_a_private_message_names_its_sender_only_by_what_the_conversation_says() -> None:
    body = body_of("direct_message")
    del body["convo"]["members"], body["profile"]
    assert read(body).author.handle == "did:plc:rosamaldonado234567abcd"


# --- mutated payloads ------------------------------------------------------

VALUES = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1.5,
        10**30,
        "",
        "x",
        "\ud800",
        "at://",
        "9999-12-31T23:59:59-14:00",
        [],
        {},
        [[]],
        [{}],
        {"$type": 3},
    ]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, below in inner:
        yield from places(below, (*path, name))


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    body = copy.deepcopy(body_of(draw(st.sampled_from(NAMES))))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(body))[1:] or [("x",)]))
        holder = body
        for step in path[:-1]:
            holder = holder[step]
        if draw(st.booleans()):
            holder[path[-1]] = copy.deepcopy(draw(VALUES))
        else:
            del holder[path[-1]]
    return body


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_mangled_payload_is_read_or_called_unreadable(body: Any) -> None:
    raw = Delivery("k", json.dumps(body).encode())
    try:
        posts = connector.read(ACCOUNT, raw)
    except Unreadable as error:
        assert str(error)
        return
    assert posts == connector.read(ACCOUNT, raw)
    stored = json.dumps([dataclasses.asdict(post) for post in posts], default=str, ensure_ascii=False)
    stored.encode()  # no half characters: a database takes it
    assert all(post.network_id and post.conversation and post.posted_at.tzinfo is UTC for post in posts)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_called_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        connector.read(ACCOUNT, Delivery("k", body))
