"""May this reply go out? Pure: a draft and what is known around it in, findings out.

Every reply passes here twice, while it is written and again when it is sent, and none leaves
without a verdict (law 5). A finding says what and where; the words for it are the reader's.

A rule is a plain function named like its id, in the file of its family, and stands in that file's
``RULES``. It says nothing when it does not know enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from cortafuegos.guard.rules import (
    address,
    billboard,
    copies,
    form,
    legible,
    links,
    moves,
    promised,
    sensitive,
    tone,
)
from cortafuegos.guard.rules.protocol import Rule, id_of
from cortafuegos.guard.text import plain, read
from cortafuegos.guard.values import Context, Draft, Finding, Judgement, Setting, Severity, Verdict

RULES: tuple[Rule, ...] = (
    *form.RULES,
    *sensitive.RULES,
    *moves.RULES,
    *promised.RULES,
    *links.RULES,
    *legible.RULES,
    *address.RULES,
    *copies.RULES,
    *billboard.RULES,
    *tone.RULES,
)
IDS: tuple[str, ...] = tuple(id_of(rule) for rule in RULES)

# No brand can allow these: no network takes them.
FIXED = frozenset({"empty", "too-long"})

MOST = 20  # findings of one rule: nobody reads more

__all__ = ["FIXED", "IDS", "RULES", "Context", "Draft", "check"]


def check(draft: Draft, context: Context) -> Judgement:
    """All findings in reading order, at the severity the brand has set, and what they amount to.

    Spans are code points of ``draft.text``. Linear in its length; raises nothing.
    """
    reading = read(draft, context)
    where = plain(draft.text)[1]
    findings = []
    for rule in RULES:
        setting = context.settings.get(id_of(rule)) if id_of(rule) not in FIXED else None
        if setting != Setting.OFF:
            findings += [_as_set(one, setting) for one in islice(rule(reading, context), MOST)]
    findings = [_as_typed(finding, where, len(draft.text)) for finding in findings]
    findings.sort(key=lambda finding: (finding.span, finding.rule))
    return Judgement(_verdict(findings), findings)


def _as_set(finding: Finding, setting: Setting | None) -> Finding:
    return replace(finding, severity=Severity(setting)) if setting else finding


def _as_typed(finding: Finding, where: Sequence[int] | None, length: int) -> Finding:
    """The span in the draft as it was typed, when reading it changed its length."""
    if where is None:
        return finding
    start, end = (where[min(at, len(where) - 1)] for at in finding.span)
    return replace(finding, span=(start, length if end == where[-1] else end))


def _verdict(findings: Sequence[Finding]) -> Verdict:
    severities = {finding.severity for finding in findings}
    if Severity.BLOCK in severities:
        return Verdict.BLOCK
    return Verdict.WARN if Severity.WARN in severities else Verdict.PASS
