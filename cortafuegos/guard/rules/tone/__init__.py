"""How it is said: the rules of tone, a family a file."""

from __future__ import annotations

from collections.abc import Iterator

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import (
    apology,
    compensation,
    forbidden,
    hits,
    minimising,
    quarrelling,
    questions,
)
from cortafuegos.guard.rules.tone.phrases import compiled

RULES: tuple[Rule, ...] = (
    *apology.RULES,
    *forbidden.RULES,
    *minimising.RULES,
    *quarrelling.RULES,
    *compensation.RULES,
    *questions.RULES,
)


def prepare() -> Iterator[None]:
    """Compile the phrases one by one: two seconds in all, else paid by whoever types first."""
    for source in sorted({phrase.source for phrase in hits.PHRASES.all()}):
        compiled(source)
        yield
