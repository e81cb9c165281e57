"""What a message says and to whom, in tables; and whatever bytes come, nothing worse than Unreadable."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.contract import AccountView, Delivery, Post, Unreadable
from cortafuegos.channels.telegram.connector import connector

US = AccountView(1, "telegram", "telegram:user:77", "condor_air_bot", "es", {}, {})
ANA = {"id": 5, "is_bot": False, "first_name": "Ana"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ana"}
GROUP = {"id": -1001000000009, "type": "supergroup", "title": "Viajeros"}
SMALL = {"id": -9, "type": "group", "title": "Familia"}


def at(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def read(message: dict[str, Any], kind: str = "message") -> list[Post]:
    whole = {"message_id": 3, "from": ANA, "chat": PRIVATE, "date": 1_795_000_000, **message}
    return connector.read(US, Delivery("", json.dumps({"update_id": 1, kind: whole}).encode()))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "hola"}, "hola"),
        ({"text": "a\x00b\ud83d"}, "a\ufffdb?"),
        (
            {"text": "😡 ver", "entities": [at("text_link", 3, 3, url="https://a.example")]},
            "😡 ver (https://a.example)",
        ),
        (
            {"text": "https://a.example", "entities": [at("text_link", 0, 17, url="https://a.example/")]},
            "https://a.example",
        ),
        (
            {
                "text": "uno dos",
                "entities": [at("text_link", 0, 3, url="u:1"), at("text_link", 4, 3, url="u:2")],
            },
            "uno (u:1) dos (u:2)",
        ),
        (
            {
                "text": "corto",
                "entities": [
                    at("text_link", 90, 3, url="u:1"),
                    at("text_link", -1, 3, url="u:1"),
                    {"type": "text_link"},
                    7,
                ],
            },
            "corto",
        ),
        ({"photo": [], "caption": "pie"}, "pie"),
        ({"location": {"latitude": 40.4916, "longitude": -3.5934}}, "📍 40.49160, -3.59340"),
        ({"location": {"latitude": 1e99, "longitude": 10**400}}, "📍 "),
        ({"contact": {"first_name": "Eva", "phone_number": "+34600000000"}}, "👤 Eva +34600000000"),
        ({"poll": {"question": "¿Cuál?", "options": [{"text": "A"}, {"text": "B"}]}}, "📊 ¿Cuál?\n○ A\n○ B"),
        ({"dice": {"emoji": "🎲", "value": 4}}, "🎲 4"),
        ({"checklist": {"title": "Papeles", "tasks": [{"text": "DNI"}]}}, "☑ Papeles\n○ DNI"),
        ({"story": {}, "caption": "mira"}, "mira"),
        ({"voice": {"file_id": "v"}}, ""),
    ],
)
def test_words(message: dict[str, Any], words: str) -> None:
    (post,) = read(message)
    assert post.text == words


MENTION = {"text": "@Condor_Air_Bot hola", "entities": [at("mention", 0, 15)]}
OURS = {"message_id": 2, "from": {"id": 77, "is_bot": True, "first_name": "C"}, "chat": GROUP, "date": 1}
THEIRS = {"message_id": 2, "from": ANA, "chat": GROUP, "date": 1}


@pytest.mark.parametrize(
    ("message", "addressed"),
    [
        ({"text": "hola"}, True),
        ({"text": "/start"}, False),
        ({"text": "/start abc"}, False),
        ({"text": "/starter"}, True),
        ({"chat": GROUP, "text": "hola"}, False),
        ({"chat": GROUP, **MENTION}, True),
        ({"chat": GROUP, "text": "@condor_air_bots", "entities": [at("mention", 0, 16)]}, False),
        ({"chat": GROUP, "text": "escribí a @condor_air_bot sin más"}, False),
        (
            {"chat": GROUP, "photo": [], "caption": MENTION["text"], "caption_entities": MENTION["entities"]},
            True,
        ),
        ({"chat": GROUP, "text": "Condor", "entities": [at("text_mention", 0, 6, user={"id": 77})]}, True),
        ({"chat": GROUP, "text": "/ayuda@condor_air_bot", "entities": [at("bot_command", 0, 21)]}, True),
        ({"chat": GROUP, "text": "/ayuda@otro_bot", "entities": [at("bot_command", 0, 15)]}, False),
        ({"chat": GROUP, "text": "gracias", "reply_to_message": OURS}, True),
        ({"chat": GROUP, "text": "gracias", "reply_to_message": THEIRS}, False),
        ({"chat": GROUP, "text": "¿y?", "reply_to_message": {**THEIRS, "is_automatic_forward": True}}, True),
        ({"chat": GROUP, "text": "Noticia", "is_automatic_forward": True}, False),
    ],
)
def test_who_speaks_to_us(message: dict[str, Any], addressed: bool) -> None:
    (post,) = read(message)
    assert post.addressed is addressed


@pytest.mark.parametrize(
    ("message", "name", "thread"),
    [
        ({"text": "x"}, "telegram:user:77:5:3", "telegram:user:77:private:5"),
        ({"chat": GROUP, "text": "x"}, "telegram:-1001000000009:3", "telegram:-1001000000009:3"),
        (
            {"chat": GROUP, "text": "x", "message_thread_id": 1},
            "telegram:-1001000000009:3",
            "telegram:-1001000000009:1",
        ),
        (
            {"chat": GROUP, "text": "x", "message_thread_id": 1, "is_topic_message": True},
            "telegram:-1001000000009:3",
            "telegram:-1001000000009:3",
        ),
        (
            {"chat": SMALL, "text": "x", "reply_to_message": {**THEIRS, "chat": SMALL}},
            "telegram:user:77:-9:3",
            "telegram:user:77:-9:2",
        ),
        (
            {"chat": SMALL, "photo": [], "media_group_id": "8"},
            "telegram:user:77:-9:3",
            "telegram:user:77:-9:album:8",
        ),
    ],
)
def test_names_are_global_where_telegram_numbers_for_everybody(
    message: dict[str, Any], name: str, thread: str
) -> None:
    (post,) = read(message)
    assert (post.network_id, post.conversation) == (name, thread)


@pytest.mark.parametrize(
    "event", ["new_chat_members", "pinned_message", "migrate_to_chat_id", "forum_topic_created"]
)
def test_what_a_chat_tells_of_itself_is_nobodys_word(event: str) -> None:
    assert read({"chat": GROUP, event: 1}) == []


@pytest.mark.parametrize(
    "message",
    [
        {"hologram": {}},
        {"text": "x", "date": "ayer"},
        {"text": "x", "date": 10**20},
        {"text": "x", "date": True},
        {"text": "x", "message_id": "3"},
        {"text": "x", "from": None},
        {"text": "x", "from": {"first_name": "Ana"}},
        {"text": "x", "chat": []},
        {"text": "x", "reply_to_message": {"date": 1}},
    ],
)
def test_what_cannot_be_understood_is_refused(message: dict[str, Any]) -> None:
    with pytest.raises(Unreadable) as refused:
        read(message)
    assert "Ana" not in str(refused.value)


_NAMES = st.sampled_from(
    """update_id message edited_message chat from sender_chat id type text caption entities offset length url
    date edit_date message_id reply_to_message message_thread_id photo width location latitude venue poll
    options contact sticker emoji document file_size media_group_id username is_automatic_forward dice value
    """.split()  # noqa: SIM905
)
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(),
    st.sampled_from(["private", "group", "supergroup", "text_link", "mention", 10**400, -(10**30), "\ud800"]),
)  # fmt: skip
_TREES = st.recursive(
    _LEAVES,
    lambda t: st.one_of(st.lists(t, max_size=3), st.dictionaries(_NAMES, t, max_size=8)),
    max_leaves=40,
)


@settings(max_examples=400, deadline=None)
@given(
    message=st.dictionaries(_NAMES, _TREES, max_size=12), chat=st.sampled_from([PRIVATE, GROUP, SMALL, None])
)
def test_nothing_but_unreadable(message: dict[str, Any], chat: dict[str, Any] | None) -> None:
    whole = {
        "message_id": 3,
        "from": ANA,
        "date": 1_795_000_000,
        **message,
        **({"chat": chat} if chat else {}),
    }
    with contextlib.suppress(Unreadable):
        for post in connector.read(US, Delivery("", json.dumps({"update_id": 1, "message": whole}).encode())):
            post.text.encode()
