"""Whether a text says sorry, and means it."""

from __future__ import annotations

from cortafuegos.guard.rules.sensitive import READ_AT_MOST
from cortafuegos.guard.rules.tone import hits
from cortafuegos.guard.text import read
from cortafuegos.guard.values import Context, Draft


def regrets(text: str, language: str = "") -> bool:
    """False for an apology that is conditional or shifted ("if you felt ...")."""
    reading = read(Draft(text[:READ_AT_MOST]), Context(language=language))
    return bool(hits.of(reading, "regret")) and not hits.of(reading, "hollow-apology")
