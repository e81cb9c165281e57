"""What can be seen without reading: nothing there, too much of it, the wrong side of a conversation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context, Finding, Severity


def empty(reading: Reading, _: Context) -> Iterable[Finding]:
    """Nothing a reader would see: spaces and marks without a shape do not count."""
    if not any(unicodedata.category(char)[0] not in "ZC" for char in reading.text):
        yield Finding("empty", Severity.BLOCK, (0, len(reading.text)))


def too_long(reading: Reading, context: Context) -> Iterable[Finding]:
    """By the network's own measure, which the connector took."""
    if context.length is None or context.limit is None:
        return
    over = context.length - context.limit
    if over > 0:
        at = max(0, len(reading.text) - over)
        yield Finding("too-long", Severity.BLOCK, (at, len(reading.text)), {"over": over})


def private_in_public(reading: Reading, context: Context) -> Iterable[Finding]:
    """Nobody may answer in public what was asked in private."""
    if reading.public and context.asked_in_private:
        yield Finding("private-in-public", Severity.BLOCK, (0, len(reading.text)))


RULES: tuple[Rule, ...] = (empty, too_long, private_in_public)
