"""How it is said: the rules of tone, a family a file."""

from __future__ import annotations

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import (
    apology,
    compensation,
    forbidden,
    minimising,
    quarrelling,
    questions,
)

RULES: tuple[Rule, ...] = (
    *apology.RULES,
    *forbidden.RULES,
    *minimising.RULES,
    *quarrelling.RULES,
    *compensation.RULES,
    *questions.RULES,
)
