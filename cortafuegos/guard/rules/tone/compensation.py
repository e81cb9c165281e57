"""No money in public: an offer that others read is the next person's demand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortafuegos.guard.asking import PRIVATE_WAY
from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import proposals
from cortafuegos.guard.rules.tone.lexicon.gifts import KEYWORDS, NOT_AN_OFFER, OFFERS, RESTITUTION
from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context, Finding, Severity

_BEFORE = 40  # characters in which a refusal still covers the offer
_MOST = 0.6  # of a sentence: then the whole of it can be said otherwise


def public_compensation(reading: Reading, context: Context) -> Iterable[Finding]:
    """Money, discounts, vouchers or gifts offered where everyone reads. Warns once per sentence."""
    if not reading.public or not any(word in reading.prose for word in (*KEYWORDS, "on us")):
        return
    for sentence in reading.sentences:
        said = reading.prose[sentence.start : sentence.end]
        match = _offer(said)
        if match is None:
            continue
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if reading.quoted(start, end):
            continue
        whole = end - start > _MOST * len(said)
        yield Finding(
            "public-compensation",
            Severity.WARN,
            (sentence.start, sentence.end) if whole else (start, end),
            {},
            proposals.IN_PRIVATE.to(reading, context) if whole else None,
        )


def _offer(said: str) -> re.Match[str] | None:
    # What will be said in private, and what was never ours, may be spoken of.
    spoken_of = PRIVATE_WAY.search(said) and not any(char.isdigit() for char in said)
    if spoken_of or RESTITUTION.search(said):
        return None
    for pattern in OFFERS:
        for match in pattern.finditer(said):
            if not NOT_AN_OFFER.search(said, max(0, match.start() - _BEFORE), match.end()):
                return match
    return None


RULES: tuple[Rule, ...] = (public_compensation,)
