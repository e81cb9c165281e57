"""What is hard to read, or read as shouting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.text import Reading, words_of
from cortafuegos.guard.values import Context, Finding, Severity

_CAPITALS = re.compile(
    r"(?<![\w@#/])[A-ZÁÉÍÓÚÜÑÇ]{2,}(?:[^\w\n@#/]{1,3}(?:[A-ZÁÉÍÓÚÜÑÇ]{2,}|[AEOUYI]\b))+(?![\w])"
)
_EMPHATIC = words_of(
    "no nunca jamas ya nada siempre todo todos muy urgente gratis atencion importante "
    "favor lea leer lee que usted tu porque cuando donde basta hoy"
    " not never always stop don't dont please read you must nothing now free all very "
    "your what why again only ever"
)
_KIND = words_of("thank you thanks so much very muchas gracias muy todos")
_MARKS = re.compile(r"[!¡]{3,}|(?:[!?¿¡]){4,}|\?{3,}")

_STYLED = re.compile("[\U0001d400-\U0001d7ff\U0001f130-\U0001f189\u24b6-\u24e9\uff21-\uff5a]{3,}")
_STRETCHED = re.compile(r"([a-zñ])\1{3,}")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_PICTURES = re.compile(
    "(?:[\U0001f300-\U0001faff\u2600-\u27bf\U0001f1e6-\U0001f1ff][\ufe0f\u200d\U0001f3fb-\U0001f3ff"
    "]*\\s?){5,}"
)
_CHAT = words_of(
    "xq pq xk tb tmb tbn dnd kien k q xfa xfis msj msjs bn ntp salu2 grax thx thnx plz "
    "gr8 b4 cuz coz bc w8 l8r ppl 2day"
    " 2moro 4u"
)
_CHAT_EN = _CHAT | {"ur", "u", "r"}  # "siete u ocho" is Spanish
_JOINED = frozenset("'/&#.-´’")  # "R&D", "U.S.", "c/u": part of something longer
LONG_SENTENCE = 45  # words
WALL = 700  # characters without a break
MOST_HASHTAGS = 3
_HASHTAG = re.compile(r"(?<!\w)#\w+")


def shouting(reading: Reading, _: Context) -> Iterable[Finding]:
    """Words in capitals and heaps of exclamation marks: on a screen, that is a raised voice."""
    loud = _all_loud(reading)
    if loud:
        yield Finding(
            "shouting", Severity.WARN, (0, len(reading.text)), {"variant": "capitals"}, _quietly(reading.text)
        )
    else:
        for match in _CAPITALS.finditer(reading.text):
            words = [
                word for word in re.split(r"[^a-zñ']+", reading.folded[match.start() : match.end()]) if word
            ]
            if _raised(words) and not _signs(reading, match.start()):
                yield Finding(
                    "shouting", Severity.WARN, match.span(), {"variant": "capitals"}, match[0].lower()
                )
    for match in _MARKS.finditer(reading.text):
        yield Finding("shouting", Severity.WARN, match.span(), {"variant": "marks"}, _one_mark(match[0]))


def _all_loud(reading: Reading) -> bool:
    """Three words in four, more than three of them, and not only "THANK YOU" or a row of names."""
    words = [word for word in reading.words if word.end - word.start > 1 and not _signs(reading, word.start)]
    high = [word.text for word in words if reading.text[word.start : word.end].isupper()]
    return (
        len(high) >= 3
        and len(high) > 0.75 * len(words)
        and not set(high) <= _KIND
        and len("".join(high)) >= 12
    )


def _raised(words: Sequence[str]) -> bool:
    """Names and abbreviations come in capitals; "DO NOT" does not."""
    said = sum(word in _EMPHATIC for word in words)
    if not said or set(words) <= _KIND:
        return len(words) >= 8
    return len(words) >= 2


def _quietly(text: str) -> str:
    """Small letters but for the first of each sentence."""
    return re.sub(r"(^|[.!?]\s+|[¿¡])(\w)", lambda match: match[1] + match[2].upper(), text.lower())


def _one_mark(marks: str) -> str:
    return "¡" if marks[0] == "¡" else "¿" if marks[0] == "¿" else "?" if "?" in marks else "!"


def unreadable(reading: Reading, _: Context) -> Iterable[Finding]:
    """What many cannot read: ornamental letters, chat spelling, walls of words."""
    for variant, span, proposal in _hard(reading):
        yield Finding(
            "unreadable",
            Severity.NOTE
            if variant in ("long", "wall", "pictures", "tags", "chat", "stretched")
            else Severity.WARN,
            span,
            {"variant": variant},
            proposal,
        )


def _hard(reading: Reading) -> Iterator[tuple[str, tuple[int, int], str | None]]:
    text = reading.text
    for match in _STYLED.finditer(text):
        yield "styled", match.span(), unicodedata.normalize("NFKC", match[0])
    for match in _STRETCHED.finditer(reading.prose):
        yield "stretched", match.span(), text[match.start()]
    spelt = _CHAT_EN if reading.language == "en" else _CHAT
    for word in reading.words:
        span = (word.start, word.end)
        if word.text in spelt and not (
            _is_capital(text, span) or _signs(reading, word.start) or _joined(text, span)
        ):
            yield "chat", span, None
    if (piled := _piled_marks(text)) is not None:
        yield "styled", piled, None
    if pictures := _PICTURES.search(text):
        yield "pictures", pictures.span(), None
    for sentence in reading.sentences:
        inside = (
            sum(sentence.start <= word.start < sentence.end for word in reading.words)
            if sentence.end - sentence.start > 150
            else 0
        )
        if inside > LONG_SENTENCE:
            yield "long", (sentence.start, sentence.end), None
    if len(text) > WALL and "\n" not in text.strip():
        yield "wall", (0, len(text)), None
    tags = list(_HASHTAG.finditer(text))
    if len(tags) > MOST_HASHTAGS:
        yield "tags", (tags[0].start(), tags[-1].end()), None


def _signs(reading: Reading, at: int) -> bool:
    return reading.signature is not None and at >= reading.signature[0]


def _joined(text: str, span: tuple[int, int]) -> bool:
    before, after = text[: span[0]][-2:], text[span[1] :][:2]
    return (
        (before[-1:] in _JOINED and bool(before))
        or (before[-1:] == " " and before[:1].isdigit())
        or (after[:1] in _JOINED and bool(after) and (after[:1] != "." or after[1:].isalnum()))
    )


def _is_capital(text: str, span: tuple[int, int]) -> bool:
    return text[span[0] : span[1]].isupper() and span[1] - span[0] <= 3


def _piled_marks(text: str) -> tuple[int, int] | None:
    run = 0
    for at, char in enumerate(text):
        run = run + 1 if ord(char) > 0x2FF and unicodedata.combining(char) else 0
        if run >= 3:
            return at - 2, at + 1
    return None


RULES: tuple[Rule, ...] = (shouting, unreadable)
