"""How long X finds a text: weighted, as its page on counting characters describes (read 2026-11-22).

The text is normalised (NFC). Code points of the light ranges weigh one, all others two; an emoji weighs
two however many code points it is made of; a link weighs 23 however long it is. The mentions that X puts
before a reply by itself weigh nothing.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Collection

import regex

from .rules import LINK_LENGTH

_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_STARTS = [first for first, _last in _LIGHT]

_PICTURE = (
    r"(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}(?=[\uFE0F\p{Emoji_Modifier}]))"
    r"\uFE0F?\p{Emoji_Modifier}?[\U000E0020-\U000E007F]*"
)
_JOINED = r"(?:\p{Emoji_Presentation}|\p{Extended_Pictographic})\uFE0F?\p{Emoji_Modifier}?"
_EMOJI = rf"\p{{RI}}\p{{RI}}|[0-9#*]\uFE0F?\u20E3|{_PICTURE}(?:\u200D{_JOINED})*"

# A bare name is a link where its ending says so. With a country's ending alone it needs more: another
# name before it, or a path after it ("fin.de semana" is none, "www.fin.de" and "fin.de/x" are).
_ENDINGS = "com|org|net|info|biz|edu|gov|app|dev|shop|store|online|site|tienda|club|blog|news|co|tv"
_NAME = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\."
_PATH = r"[/?][^\s<>\"]*"
_BARE = (
    rf"(?:{_NAME}){{1,8}}(?:{_ENDINGS})(?![\w@-]|\.\w)(?:{_PATH})?"
    rf"|(?:{_NAME}){{2,8}}[a-z]{{2}}(?![\w@-]|\.\w)(?:{_PATH})?|{_NAME}[a-z]{{2}}{_PATH}"
)
_LINK = rf"(?<![\w@#$/.-])(?:https?://[^\s<>\"]+\.[^\s<>\"]+|{_BARE})"
_CLOSING = ".,;:!?)]}»”’'\""

_TOKEN = regex.compile(rf"(?P<link>{_LINK})|(?P<emoji>{_EMOJI})", regex.IGNORECASE)
_LINKS = regex.compile(_LINK, regex.IGNORECASE)
_LEADING = regex.compile(r"\s*@(\w{1,15})(?=\s)\s+", regex.ASCII)


def weight(text: str) -> int:
    text = unicodedata.normalize("NFC", text)
    total = at = 0
    for found in _TOKEN.finditer(text):
        total += _letters(text[at : found.start()])
        if found["emoji"]:
            total += 2
        else:
            total += LINK_LENGTH + _letters(_after_link(found[0]))
        at = found.end()
    return total + _letters(text[at:])


def measure(text: str) -> int:
    """The weight of an answer, without one mention at its beginning: X puts it there by itself."""
    return weight(_LEADING.sub("", text, count=1))


def without_mentions(text: str, handles: Collection[str]) -> str:
    """The text without the mentions at its beginning that X adds by itself: those of ``handles``
    (without @, in lower case)."""
    while (found := _LEADING.match(text)) and found[1].lower() in handles:
        text = text[found.end() :]
    return text


def has_link(text: str) -> bool:
    return _LINKS.search(text) is not None


def _after_link(link: str) -> str:
    """Punctuation that closes the sentence, and does not belong to the address."""
    return link[len(link.rstrip(_CLOSING)) :]


def _letters(text: str) -> int:
    return sum(1 if _light(ord(letter)) else 2 for letter in text)


def _light(code: int) -> bool:
    return code <= _LIGHT[bisect_right(_STARTS, code) - 1][1]
