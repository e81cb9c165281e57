"""A post as the model reads it: one spelling of each letter, and no names, addresses or numbers.

Homoglyphs, letters of mathematics, full-width letters and accents become plain letters; what has
no width disappears; links, handles and digits become one mark each, so that no brand and no
person can be learned by heart.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

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
_BLANK = ord(" ")
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
# One set of first letters lets the scanner skip the rest; a mail address, which has none, is looked for
# only where there may be one.
_ADDRESSES = re.compile(
    r"[hwt@\d](?:(?<=h)ttps?:/*\S*|(?<=w)ww\.\S+|(?<=t)\.co/\S*|(?<=@)\w*|(?<=\d)[\d.,:/-]*)"
)
_MAIL, _MAILS = re.compile(r"@\w+\.\w"), re.compile(r"(?<!\S)\S+@\w+\.\w\S*")
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
    return f" {HANDLE} " if first == "@" else f" {LINK} "


def tokens(text: str) -> list[str]:
    """The words, marks and single signs of a post, folded."""
    return batch([text])[0]


def batch(texts: Sequence[str]) -> list[list[str]]:
    """The tokens of many posts: which have a sign three times running is seen in all of them at once."""
    plain = [_addressed(text) for text in texts]
    codes = np.frombuffer("\n\n".join(plain).encode("utf-32-le", "replace"), dtype=np.uint32)
    runs = np.flatnonzero((codes[2:] == codes[1:-1]) & (codes[1:-1] == codes[:-2]) & (codes[2:] != _BLANK))
    ends = np.cumsum([len(text) + 2 for text in plain])
    for at in np.unique(np.searchsorted(ends, runs, side="right")).tolist():
        plain[at] = _REPEATED.sub(r"\1\1\2\2", plain[at])
    return [_TOKENS.findall(text) for text in plain]


def _addressed(text: str) -> str:
    text = cut(text)
    if "&" in text:
        text = html.unescape(text)
    text = plain_letters(text)
    if _MAIL.search(text):
        text = _MAILS.sub(f" {HANDLE} ", text)
    return _ADDRESSES.sub(_mark, text)
