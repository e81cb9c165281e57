from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.bluesky import richtext

PEOPLE = {"ana.example": "did:plc:ana", "lumbre.bsky.social": "did:plc:lumbre"}


def marked(text: str) -> list[tuple[str, str]]:
    """(the words marked, what they are marked as), cut out of the text by bytes as a reader would."""
    raw = text.encode()
    return [
        (raw[start:end].decode(), feature.get("uri") or feature.get("did") or "#" + feature["tag"])
        for start, end, feature in richtext.features(richtext.detect(text, PEOPLE.get))
    ]


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("Mañana te llamamos.", []),
        ("Ñandú: @ana.example, mira", [("@ana.example", "did:plc:ana")]),
        ("@Lumbre.Bsky.Social hola", [("@Lumbre.Bsky.Social", "did:plc:lumbre")]),
        ("@nadie.example no existe", []),
        ("escribe a ayuda@ana.example", []),
        ("está en https://lumbre.example/avería?a=1&b=2.", [("https://lumbre.example/avería?a=1&b=2",) * 2]),
        ("(ver https://lumbre.example/a_(b)).", [("https://lumbre.example/a_(b)",) * 2]),
        ("«https://lumbre.example/x»", [("https://lumbre.example/x",) * 2]),
        ("https://medio.example/@ana.example", [("https://medio.example/@ana.example",) * 2]),
        ("😡 #Avería, #SinLuz!", [("#Avería", "#Avería"), ("#SinLuz", "#SinLuz")]),
        ("el nº #1 y #2026", []),
        ("a#b", []),
        ("# solo", []),
        ("#" + "ñ" * 65, []),
    ],
)
def test_what_a_person_types_is_marked(text: str, facets: list[tuple[str, str]]) -> None:
    got = marked(text)
    assert got == facets
    assert all(words.removeprefix("#") == mark.removeprefix("#") for words, mark in got if mark[0] == "#")


def test_a_mark_covers_its_words_by_bytes_not_characters() -> None:
    (facet,) = richtext.detect("ñ€😡 #luz", PEOPLE.get)
    assert facet["index"] == {"byteStart": 2 + 3 + 4 + 1, "byteEnd": 2 + 3 + 4 + 1 + 4}


def link(start: int, end: int, uri: str) -> dict[str, Any]:
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [{"$type": richtext.LINK, "uri": uri}]}


@pytest.mark.parametrize(
    ("text", "facets", "shown"),
    [
        (
            "ve a lumbre.example/ay…",
            [link(5, 25, "https://lumbre.example/ayuda")],
            "ve a https://lumbre.example/ayuda",
        ),
        ("lumbre.example", [link(0, 14, "https://www.lumbre.example/")], "https://www.lumbre.example/"),
        ("lumbre.example/...", [link(0, 18, "https://lumbre.example/x")], "https://lumbre.example/x"),
        # Words that say one place and lead to another show both.
        ("lumbre.example", [link(0, 14, "https://robo.example")], "lumbre.example (https://robo.example)"),
        ("lumbre.ex…", [link(0, 12, "https://robo.example")], "lumbre.ex… (https://robo.example)"),
        ("año aquí", [link(5, 10, "https://a.example")], "año aquí (https://a.example)"),
        ("año", [link(2, 3, "https://a.example")], "año"),  # begins inside the ñ
        ("abc", [link(0, 9, "https://a.example")], "abc"),
        (
            "abcd",
            [link(0, 3, "https://a.example"), link(1, 4, "https://b.example")],
            "abc (https://a.example)d",
        ),
        ("abc", [link(2, 1, "https://a.example"), link(-1, 2, "https://a.example"), None, 3, {}], "abc"),
        ("abc", {"index": 0}, "abc"),
    ],
)
def test_links_are_written_out(text: str, facets: Any, shown: str) -> None:
    assert richtext.with_full_links(text, facets) == shown


@settings(deadline=None)
@given(st.text(st.sampled_from("a ñ😡#@.:/)(»«-1https") | st.characters(codec="utf-8"), max_size=80))
def test_marks_of_any_text_are_ordered_and_inside_it(text: str) -> None:
    raw, last = text.encode(), 0
    for start, end, feature in richtext.features(richtext.detect(text, lambda handle: f"did:plc:{handle}")):
        assert last <= start < end <= len(raw)
        words = raw[start:end].decode()  # never cuts a character
        assert words == feature.get("uri", words)
        last = end
