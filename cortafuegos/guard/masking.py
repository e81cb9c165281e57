"""A text for eyes that need not know whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortafuegos.guard.rules.sensitive import MASK, READ_AT_MOST, places
from cortafuegos.guard.text import fold
from cortafuegos.guard.values import Context

_WHO_OR_WHERE = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])@\w[\w.@-]*", re.IGNORECASE)
# In an answer of ours a number to call may stand; in a customer's own words every long number is theirs.
_NUMBER = re.compile(r"(?<![\w.,])\+?\d(?:[ .-]?\d){6,20}(?!\w|[.,]\d)")
_DATE_OR_SUM = re.compile(
    r"\d{1,3}(?:\.\d{3})+$|(?:19|20)\d\d[ .-]\d\d?[ .-]\d\d?$|\d\d?[ .-]\d\d?[ .-](?:19|20)\d\d$"
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The text with what the guard takes for personal data, links, handles and these ``names`` put out
    of sight. Of a text longer than ``READ_AT_MOST`` characters only the beginning is given."""
    text = text[:READ_AT_MOST]
    spans = [found.span for found in places(text, Context())]
    spans += [match.span() for match in _WHO_OR_WHERE.finditer(text)]
    spans += [match.span() for match in _NUMBER.finditer(text) if not _DATE_OR_SUM.match(match[0])]
    folded = fold(text)
    for word in {word for name in names for word in _WORD.findall(fold(name))}:
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", folded)]
    out, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            out += [text[at:start], MASK]
        at = max(at, end)
    return "".join([*out, text[at:]])
