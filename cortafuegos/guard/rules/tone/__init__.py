"""How it is said: the rules of tone, a family a file."""

from __future__ import annotations

from cortafuegos.guard.rules.protocol import Rule

RULES: tuple[Rule, ...] = ()
