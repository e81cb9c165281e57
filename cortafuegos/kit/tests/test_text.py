from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.kit.text import DEEPEST, storable, storable_json

ANYTHING = st.text(st.characters(codec=None, categories=None))


@given(ANYTHING)
def test_whatever_comes_can_be_stored(text):
    kept = storable(text)
    assert "\0" not in kept
    kept.encode()  # no lone surrogate
    assert len(kept) == len(text)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_what_can_be_stored_stays_as_it_is(text):
    assert storable(text) == text


def test_marks_are_kept():
    text = "\u202eoiraled\u202c \u200b👩‍👩‍👧 <b>&amp;</b>"
    assert storable(text) == text


def test_nul_and_halves_are_shown():
    assert storable("a\0b\ud83dc") == "a␀b\N{REPLACEMENT CHARACTER}c"


def test_limit():
    assert storable("🔥" * 4000, 300) == "🔥" * 300


def test_json_inside_and_out():
    assert storable_json({"a\0": ["\ud800", 1, None, True], "b": {"c": "\0"}}) == {
        "a␀": ["\N{REPLACEMENT CHARACTER}", 1, None, True],
        "b": {"c": "␀"},
    }


def test_deep_json_is_cut_not_followed():
    deep: object = "end"
    for _ in range(5000):
        deep = [deep]
    kept, depth = storable_json(deep), 0
    while isinstance(kept, list):
        kept, depth = kept[0], depth + 1
    assert kept is None
    assert depth == DEEPEST
