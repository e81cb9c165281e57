"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context, Finding

Rule = Callable[[Reading, Context], Iterable[Finding]]


def id_of(rule: Rule) -> str:
    """``apology_first`` → "apology-first": the function's name is the rule's."""
    return str(getattr(rule, "__name__", "")).replace("_", "-")
