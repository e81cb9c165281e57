"""What goes the short way has nothing in it that the long way would change."""

from __future__ import annotations

import random
import sys
import unicodedata

from cortafuegos.inbox import harmless

HARMFUL = "\u0301\u200b\u202e\u2028\u00ad\x00\x85\r\U000e0041"


def test_no_character_of_the_short_way_stacks_hides_or_turns_round():
    short = [c for c in map(chr, range(sys.maxunicode + 1)) if harmless._simple(c)]
    assert set("añÑéü¿¡«»€…–😀🔥 \n<&") <= set(short)
    for c in short:
        assert not unicodedata.combining(c)
        assert unicodedata.category(c) not in {"Cc", "Zl", "Zp"} or c == "\n"
        assert not harmless._ZERO_WIDTH.search(c * 2)
        assert not harmless._SPECIAL.search(c)
        assert c not in harmless._OVERRIDES


def test_one_strange_character_sends_the_whole_text_the_long_way():
    chance = random.Random(3)
    for c in HARMFUL:
        for _ in range(50):
            words = [*"maleta azul 🔥", c * 9]
            chance.shuffle(words)
            raw = "".join(words)
            assert not harmless._simple(raw)
            assert c * 4 not in harmless.text(raw) + harmless.line(raw)
