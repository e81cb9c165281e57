"""Never play a complaint down (A7)."""

from __future__ import annotations

from collections.abc import Iterable

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import hits, proposals
from cortafuegos.guard.rules.tone.complaint import is_complaint
from cortafuegos.guard.rules.tone.sentence import own_words
from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context, Finding, Severity

# A warning only towards somebody who complains.
_SOFT = frozenset({"small", "usual"})
_WEAK = frozenset({"small", "small-en", "usual-en"})


def minimises(reading: Reading, context: Context) -> Iterable[Finding]:
    """Told how little it is, how normal, or to be calm. A mere "small delay" is worth a warning only
    towards somebody who complains."""
    for sentence, hit in hits.spoken(reading, "minimises", _WEAK):
        kind = hit.variant.removesuffix("-en")
        soft = kind in _SOFT and is_complaint(context) is not True
        yield Finding(
            "minimises",
            Severity.NOTE if soft else Severity.WARN,
            (hit.start, hit.end) if kind == "small" else own_words(reading, context, sentence, hit),
            {"variant": "normal" if kind == "usual" else kind},
            None if kind == "small" else proposals.SERIOUS.to(reading, context),
        )


RULES: tuple[Rule, ...] = (minimises,)
