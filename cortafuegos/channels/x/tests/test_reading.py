"""``read`` understands what X sends, and refuses all else with a reason; it never falls over."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.contract import AccountView, Delivery, Post, Unreadable
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.posts import language
from cortafuegos.channels.x.values import id_at, moment_of

US = AccountView(1, "x", "x:user:10", "condor_air", "es", {"web": "https://x.com"}, {"consumer_secret": "s"})
GOOD: dict[str, Any] = {
    "id": "2123779230004150272",
    "author_id": "20",
    "text": "hola",
    "created_at": "2026-11-20T14:03:21.000Z",
    "edit_history_tweet_ids": ["2123779230004150272"],
}


def read(post: dict[str, Any], **includes: Any) -> Post:
    body = json.dumps({"type": "post", "post": {**GOOD, **post}, "includes": includes}).encode()
    (found,) = connector.read(US, Delivery("k", body))
    return found


@pytest.mark.parametrize(
    ("text", "urls", "shown"),
    [
        ("a &amp; b &lt;3 &gt;", [], "a & b <3 >"),
        ("&amp;lt;", [], "&lt;"),  # somebody typed "&lt;"
        (
            "mira https://t.co/a y https://t.co/b",
            [
                {"url": "https://t.co/a", "expanded_url": "https://x.example/?a=1&amp=2"},
                {
                    "url": "https://t.co/b",
                    "unwound_url": "https://final.example/",
                    "expanded_url": "https://y.example",
                },
            ],
            "mira https://x.example/?a=1&amp=2 y https://final.example/",
        ),
        (
            "mira https://t.co/a",
            [{"url": "https://t.co/a", "expanded_url": "javascript:alert(1)"}],
            "mira https://t.co/a",
        ),
        (
            "foto https://t.co/p",
            [{"url": "https://t.co/p", "expanded_url": "https://x.com/p", "media_key": "3_1"}],
            "foto",
        ),
        ("sin nada", [{"url": ""}, {"url": 4}, {}], "sin nada"),
        ("\ud83d roto \u0000", [], "� roto �"),
    ],
)
def test_the_text_is_what_a_reader_sees(text: str, urls: list[dict[str, Any]], shown: str) -> None:
    assert read({"text": text, "entities": {"urls": urls}}).text == shown


@pytest.mark.parametrize(
    ("post", "includes", "addressed", "summoned"),
    [
        ({"entities": {"mentions": [{"username": "Condor_Air"}]}}, {}, True, True),
        ({"entities": {"mentions": [{"username": "renamed", "id": "10"}]}}, {}, True, True),
        ({"note_tweet": {"text": "x", "entities": {"mentions": [{"id": "10"}]}}}, {}, True, True),
        ({"entities": {"mentions": [{"username": "condor_air_fan", "id": "11"}]}}, {}, False, False),
        ({"in_reply_to_user_id": "10"}, {}, True, False),
        (
            {"referenced_posts": [{"type": "quoted", "id": "5"}]},
            {"posts": [{"id": "5", "author_id": "10"}]},
            True,
            True,
        ),
        (
            {"referenced_tweets": [{"type": "quoted", "id": "5"}]},
            {"tweets": [{"id": "5", "author_id": "11"}]},
            False,
            False,
        ),
        ({"author_id": "10", "entities": {"mentions": [{"id": "10"}]}}, {}, False, False),
        ({}, {}, False, False),
    ],
)
def test_what_was_said_to_us(
    post: dict[str, Any], includes: dict[str, Any], addressed: bool, summoned: bool
) -> None:
    found = read(post, **includes)
    assert (found.addressed, found.ref["summoned"]) == (addressed, summoned)


@pytest.mark.parametrize(
    ("code", "said"),
    [("es", "es"), ("und", ""), ("zxx", ""), ("qme", ""), ("in", "id"), ("pt-BR", "pt"), ("", "")],
)
def test_the_language_x_declares(code: str, said: str) -> None:
    assert language(code) == said


def test_a_number_tells_the_moment() -> None:
    moment = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    assert moment_of(str(id_at(moment))) == moment
    assert moment_of(str(id_at(moment) + (1 << 22) - 1)) == moment
    assert id_at(datetime(2001, 1, 1, tzinfo=UTC)) == 0


@pytest.mark.parametrize(
    "post",
    [
        {"id": None},
        {"id": "x"},
        {"id": "1" * 30},
        {"id": True},
        {"id": -4},
        {"author_id": ""},
        {"created_at": "ayer"},
        {"created_at": "2026-11-20T14:03:21"},
        {"created_at": 5},
        {"created_at": "0001-01-01T00:00:00+23:59"},
    ],
)
def test_a_post_without_what_it_needs_is_refused_with_a_reason(post: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match=r"(id|time)"):
        read(post)


keys = st.sampled_from(
    [
        "type",
        "post",
        "event",
        "includes",
        "data",
        "payload",
        "event_type",
        "for_user_id",
        "filter",
        "user_id",
        "id",
        "id_str",
        "author_id",
        "sender_id",
        "created_at",
        "text",
        "entities",
        "urls",
        "url",
        "mentions",
        "users",
        "media",
        "media_keys",
        "attachments",
        "variants",
        "bit_rate",
        "note_tweet",
        "referenced_tweets",
        "edit_history_tweet_ids",
        "tweet_create_events",
        "tweet_delete_events",
        "direct_message_events",
        "message_create",
        "message_data",
        "status",
        "user",
        "created_timestamp",
        "lang",
        "conversation_id",
        "dm_conversation_id",
        "public_metrics",
    ]
)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(
        [
            "post",
            "message",
            "gone",
            "10",
            "20",
            "2123779230004150272",
            "2026-11-20T14:03:21Z",
            "post.mention.create",
            "post.delete",
            "dm.received",
            "message_create",
            "video/mp4",
            "https://[",
            "retweeted",
            "quoted",
            "10-20",
        ]
    ),
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=30,
)
shaped = st.one_of(
    st.fixed_dictionaries(
        {
            "type": st.just("post"),
            "post": st.dictionaries(keys, anything, max_size=9).map(lambda extra: {**GOOD, **extra}),
            "includes": anything,
        }
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["message", "gone"]), "event": anything, "post": anything}
    ),
    st.fixed_dictionaries(
        {
            "for_user_id": st.just("10"),
            "tweet_create_events": anything,
            "users": anything,
            "direct_message_events": anything,
            "tweet_delete_events": anything,
        }
    ),
    st.fixed_dictionaries({"data": st.dictionaries(keys, anything, max_size=6)}),
    anything,
)


@settings(max_examples=400, deadline=None)
@given(body=shaped)
def test_nothing_but_unreadable_is_ever_raised(body: Any) -> None:
    delivery = Delivery("k", json.dumps(body).encode())
    for attempt in (connector.read, connector.key):
        try:
            attempt(US, delivery)
        except Unreadable as reason:
            assert str(reason).strip()
    connector.split(US, delivery)
