"""The same public words to one after another: each of them sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from cortafuegos.guard.rewording import variants
from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.text import Reading, fold
from cortafuegos.guard.values import Context, Finding, Severity

MANY = 3  # others who were told the same before it counts
LEAST_WORDS = 7  # "¡Gracias, Ana!" may be said to everybody
ALIKE = 0.85  # of the word pairs of both
_LEFT_OUT = re.compile(
    r"https?://\S+|[@#]\w+|\d+|(?:\^|[-–—*/]{1,2})\s?\w[\w.]{0,20}\s*$|^\W*(?:hola|hi|"
    r"hello|hey|buen\w+(?:\s(?:dias?|tardes?|noches?))?)\W+(?:\w+(?=\s*[,.:!]))?"
)
_WORD = re.compile(r"[^\W_]+")


def copy_paste(reading: Reading, context: Context) -> Iterable[Finding]:
    """Said in public to at least three others lately, or to this customer before."""
    if not reading.public:
        return
    mine = _core(reading.folded, context.customer)
    if len(mine) < LEAST_WORDS:
        return
    others, again = _said_before(mine, context)
    if others >= MANY or again:
        offered = variants(reading.text, reading.language)
        facts = {"variant": "again" if again else "others", "others": others, "variants": offered}
        # One word in another's place is still the same to who reads both: propose only what is not.
        other = next((one for one in offered if _is_new(one, context)), None)
        yield Finding("copy-paste", Severity.WARN, (0, len(reading.text)), facts, other)


def _said_before(mine: Sequence[str], context: Context) -> tuple[int, bool]:
    """To how many others lately, and whether to this customer."""
    others = sum(_alike(mine, _core(fold(said), "")) for said in context.recent_public[:500])
    again = any(
        entry.author == "agent" and _alike(mine, _core(fold(entry.text), context.customer))
        for entry in context.history
    )
    return others, again


def _is_new(text: str, context: Context) -> bool:
    others, again = _said_before(_core(fold(text), context.customer), context)
    return others < MANY and not again


def _core(folded: str, customer: str) -> Sequence[str]:
    """The words without what changes from one customer to the next: name, handle, link, number, signature."""
    named = set(_WORD.findall(fold(customer)))
    return [word for word in _WORD.findall(_LEFT_OUT.sub(" ", folded)) if word not in named]


def _alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    if not 0.7 <= len(theirs) / max(1, len(mine)) <= 1.4:
        return False
    a, b = set(pairwise(mine)), set(pairwise(theirs))
    return bool(a) and len(a & b) >= ALIKE * min(len(a), len(b)) and len(a & b) >= 0.7 * max(len(a), len(b))


RULES: tuple[Rule, ...] = (copy_paste,)
