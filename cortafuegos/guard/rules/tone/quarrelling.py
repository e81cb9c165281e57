"""Never blame, never doubt, never argue (A4, A7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import hits, proposals
from cortafuegos.guard.rules.tone.complaint import is_complaint
from cortafuegos.guard.rules.tone.sentence import own_words
from cortafuegos.guard.rules.tone.voice import Said
from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context, Finding, Severity

_INSTEAD: Mapping[str, Said] = {
    "customer": proposals.TOGETHER,
    "doubts": proposals.BELIEVED,
    "colleagues": proposals.OURS,
    "contradicts": proposals.LISTENING,
    "dismisses": proposals.LISTENING,
    "sarcasm": proposals.LISTENING,
    "insult": proposals.LISTENING,
    "threat": proposals.LISTENING,
}
_WEAK = frozenset({"irony"})
# Published, these do harm that no correction takes back.
_HARM = frozenset({"insult", "threat"})


def blames(reading: Reading, context: Context) -> Iterable[Finding]:
    """Blame on the customer, doubt of their word, or blame on people of the house."""
    return _findings("blames", reading, context)


def argues(reading: Reading, context: Context) -> Iterable[Finding]:
    """Contradiction, dismissal and sarcasm warn; an insult or a threat does not go out."""
    return _findings("argues", reading, context)


def _findings(rule: str, reading: Reading, context: Context) -> Iterable[Finding]:
    for sentence, hit in hits.spoken(reading, rule, _WEAK):
        kind = hit.variant.removesuffix("-en")
        if kind == "irony":
            if is_complaint(context) is not True:
                continue
            kind = "sarcasm"
        yield Finding(
            rule,
            Severity.BLOCK if kind in _HARM else Severity.WARN,
            own_words(reading, context, sentence, hit),
            {"variant": kind},
            _INSTEAD[kind].to(reading, context),
        )


RULES: tuple[Rule, ...] = (blames, argues)
