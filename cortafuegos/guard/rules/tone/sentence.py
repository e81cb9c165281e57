"""The part of a reply that a rewording may take the place of."""

from __future__ import annotations

import re

from cortafuegos.guard.rules.tone.opening import content_start
from cortafuegos.guard.rules.tone.phrases import Hit
from cortafuegos.guard.text import Reading, Sentence
from cortafuegos.guard.values import Context

_PART = re.compile(r"(?<![\d/])([1-8])\s?/\s?([2-9])(?![\d/])[^\d/]{0,20}$")


def goes_on(reading: Reading) -> bool:
    """ "1/2": what is missing may stand in the next part."""
    part = _PART.search(reading.text, max(0, len(reading.text) - 40))
    return bool(part and part[1] < part[2])


def last(reading: Reading) -> tuple[int, int]:
    """The last sentence before the signature; of a reply that is all signature, the whole."""
    limit = reading.signature[0] if reading.signature else len(reading.text)
    spans = [(s.start, min(s.end, limit)) for s in reading.sentences if s.start < limit]
    start, end = spans[-1] if spans else (0, len(reading.text))
    return start, max(start, len(reading.text[:end].rstrip()))


def own_words(reading: Reading, context: Context, sentence: Sentence, hit: Hit) -> tuple[int, int]:
    """Without the greeting before it and the signature behind it; always with the hit."""
    start = max(sentence.start, min(content_start(reading, context), hit.start))
    end = sentence.end
    if reading.signature and hit.end <= reading.signature[0] < end:
        end = start + len(reading.text[start : reading.signature[0]].rstrip())
    return start, max(end, hit.end)
