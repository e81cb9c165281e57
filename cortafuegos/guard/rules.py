"""May this reply go out? Pure: a draft and what is known around it in, findings out.

Every reply passes here twice, while it is written and again when it is sent, and none leaves
without a verdict (law 5). A finding says what and where; the words for it are the reader's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    NOTE = "note"
    WARN = "warn"
    BLOCK = "block"


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    public: bool


@dataclass(frozen=True, slots=True)
class Context:
    """length and limit in the network's own unit, as its connector measured them."""

    length: int
    limit: int
    asked_in_private: bool = False  # the message answered is private


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    severity: Severity
    span: tuple[int, int]  # characters of the draft, end excluded
    facts: dict[str, Any] = field(default_factory=dict)  # what its sentence needs


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    findings: Sequence[Finding]


Rule = Callable[[Draft, Context], Iterable[Finding]]


def empty(draft: Draft, _: Context) -> Iterable[Finding]:
    """Nothing a reader would see: spaces and marks without a shape do not count."""
    if not any(unicodedata.category(c)[0] not in "ZC" for c in draft.text):
        yield Finding("empty", Severity.BLOCK, (0, len(draft.text)))


def too_long(draft: Draft, context: Context) -> Iterable[Finding]:
    over = context.length - context.limit
    if over > 0:
        at = max(0, len(draft.text) - over)
        yield Finding("too-long", Severity.BLOCK, (at, len(draft.text)), {"over": over})


def private_in_public(draft: Draft, context: Context) -> Iterable[Finding]:
    """Nobody may answer in public what was asked in private."""
    if draft.public and context.asked_in_private:
        yield Finding("private-in-public", Severity.BLOCK, (0, len(draft.text)))


RULES: tuple[Rule, ...] = (empty, too_long, private_in_public)


def check(draft: Draft, context: Context) -> Judgement:
    """All findings in reading order, and what they amount to."""
    findings = sorted((finding for rule in RULES for finding in rule(draft, context)), key=lambda f: f.span)
    severities = {finding.severity for finding in findings}
    if Severity.BLOCK in severities:
        verdict = Verdict.BLOCK
    else:
        verdict = Verdict.WARN if Severity.WARN in severities else Verdict.PASS
    return Judgement(verdict, findings)
