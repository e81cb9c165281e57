"""A post as the model reads it: one spelling of each letter, and no names, addresses or numbers.

Homoglyphs, letters of mathematics, full-width letters and accents become plain letters; what has
no width disappears; links, handles and digits become one mark each, so that no brand and no
person can be learned by heart.
"""

from __future__ import annotations

import html
import re
import unicodedata

HEAD, TAIL = 1200, 600  # of an endless post, its beginning and its end are read
HANDLE, LINK, NUMBER = "@", "ł", "0"
MARKS = frozenset({HANDLE, LINK, NUMBER})

_LOOKALIKES = dict(
    zip(
        # Cyrillic and Greek letters that pass for Latin ones, small and capital
        "аеорсухіјѕԁһӏкмтвнгαβεηικμνορτυχω" + "АЕОРСУХІЈЅКМТВНАΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhlkmtbhrabenikmvoptuxw" + "aeopcyxijskmtbhabezhikmnoptyx",
        strict=True,
    )
)
_KEPT = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "ß": "ss", "ı": "i", "`": "'", "´": "'", "’": "'"}
_CACHED = 4000  # an attacker may show us every code point there is


class _Letters(dict[int, str]):
    """For str.translate: each code point is looked up in Unicode's tables once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = _KEPT.get(char) or _LOOKALIKES.get(char) or _plain(char)
        if len(self) < _CACHED:
            self[code] = base
        return base


def _plain(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in {"Mn", "Me", "Cf", "Cs", "Cn", "Co"}:
        return ""
    if kind in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    parts = unicodedata.normalize("NFKD", char)
    return "".join(c for c in parts if unicodedata.category(c) != "Mn").lower()


_LETTERS = _Letters()
_ADDRESSES = re.compile(r"https?:/*\S*|www\.\S+|\S+@\w+\.\w\S*|@\w*|t\.co/\S*|\d[\d.,:/-]*")
_REPEATED = re.compile(r"([^\W\d])\1{2,}|([^\w\s])\2{2,}")
_TOKENS = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")


def cut(text: str) -> str:
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"


def plain_letters(text: str) -> str:
    """Lower case, without accents, disguises or invisible characters."""
    return text.translate(_LETTERS)


def _mark(found: re.Match[str]) -> str:
    first = found.group()[0]
    if first.isdigit():
        return f" {NUMBER} "
    return f" {HANDLE} " if first == "@" or "@" in found.group() else f" {LINK} "


def tokens(text: str) -> list[str]:
    """The words, marks and single signs of a post, folded."""
    text = cut(text)
    if "&" in text:
        text = html.unescape(text)
    text = _ADDRESSES.sub(_mark, plain_letters(text))
    return _TOKENS.findall(_REPEATED.sub(r"\1\1\2\2", text))
