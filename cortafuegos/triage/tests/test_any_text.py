"""Whatever comes in, an answer goes out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos import triage
from cortafuegos.triage import folding, grouping, language
from cortafuegos.triage.rules import read as read_plain
from cortafuegos.triage.values import CAUSES, INTENTS, SENTIMENTS, URGENCIES

HOSTILE = st.text(
    st.one_of(
        st.characters(),  # surrogates too
        st.sampled_from("\u200b\u200d\u202e\ufeff\u0301\0\n\t@#?!¿ 🇪🇸👩‍👩‍👧aAñçа\ud83d\U000e0041"),
    ),
    max_size=400,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(HOSTILE, max_size=5), st.text(max_size=8))
def test_any_text_gets_a_sound_answer(texts: list[str], hint: str) -> None:
    labels = triage.read([triage.Post(text, hint) for text in texts])
    assert len(labels) == len(texts)
    for own in labels:
        assert own.intent in INTENTS and own.cause in CAUSES and own.sentiment in SENTIMENTS
        assert own.urgency in URGENCIES and 0 <= own.strength <= 1
        assert own.language == "und" or own.language in language.ALL
        assert (own.cause != "none") == (own.intent == "complaint")
        assert own.needs_reply == (own.urgency > 0)
        json.dumps(own.plain())


@settings(max_examples=60, deadline=None)
@given(st.lists(HOSTILE, min_size=2, max_size=6))
def test_a_posts_labels_do_not_depend_on_its_neighbours(texts: list[str]) -> None:
    together = triage.read([triage.Post(text) for text in texts])
    for text, own in zip(texts, together, strict=True):
        (alone,) = triage.read([triage.Post(text)])
        assert (alone.intent, alone.urgency, alone.language) == (own.intent, own.urgency, own.language)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\n\0",
        "https://t.co/abc123",
        "@ana @luis",
        "12345 67,8",
        "\u200b\u200d",
        "\ud83d",
        "...!!",
        "😡😡",
        "👍🏽🙏",
    ],
)
def test_what_says_nothing_asks_for_nothing(text: str) -> None:
    (own,) = triage.read([triage.Post(text, "es")])
    assert (own.language, own.intent, own.cause, own.urgency, own.needs_reply) == (
        "und",
        "other",
        "none",
        0,
        False,
    )


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "no " * 5_000, "😡" * 10_000, "\u0301" * 10_000, "@a " * 4_000]
)
def test_an_endless_post_is_read_in_bounded_time(text: str) -> None:
    assert len(folding.tokens(text)) <= folding.HEAD + folding.TAIL + 1
    (own,) = triage.read([triage.Post(text)])
    assert own.intent in INTENTS


@pytest.mark.parametrize(
    "disguised",
    [
        "Ме hаn rоbаdо dіnеrо dе lа tаrjеtа",  # Cyrillic letters
        "M\u200be h\u200ban ro\u200bbado din\u200bero de la tar\u200bjeta",
        "Ｍｅ ｈａｎ ｒｏｂａｄｏ ｄｉｎｅｒｏ ｄｅ ｌａ ｔａｒｊｅｔａ",
        "𝐌𝐞 𝐡𝐚𝐧 𝐫𝐨𝐛𝐚𝐝𝐨 𝐝𝐢𝐧𝐞𝐫𝐨 𝐝𝐞 𝐥𝐚 𝐭𝐚𝐫𝐣𝐞𝐭𝐚",
        "Me hán róbado dinero\u0301 de la tarjeta",
    ],
)
def test_a_disguise_is_read_like_plain_letters(disguised: str) -> None:
    plain = "Me han robado dinero de la tarjeta"
    assert folding.tokens(disguised) == folding.tokens(plain)
    seen = triage.read([triage.Post(disguised, "es"), triage.Post(plain, "es")])
    assert seen[0].urgency == seen[1].urgency and seen[0].intent == seen[1].intent


def test_names_numbers_and_links_are_not_learned() -> None:
    one = folding.tokens("@BancoUno me cobró 300 € https://a.example/x")
    other = folding.tokens("@AeroDos me cobró 45,90 € https://b.example/y?z=1")
    assert one == other


@settings(max_examples=60, deadline=None)
@given(st.lists(HOSTILE, max_size=6))
def test_near_duplicates_of_anything_are_found_without_fault(texts: list[str]) -> None:
    found = grouping.near_duplicates(texts)
    places = [place for group in found for place in group]
    assert len(places) == len(set(places)) and all(len(group) > 1 for group in found)


def test_the_inbox_is_answered_in_plain_values() -> None:
    (own,) = read_plain([("¿A qué hora abren mañana?", "es")])
    assert own["language"] == "es" and own["intent"] == "question" and own["urgency"] >= 1
    json.dumps(own)
