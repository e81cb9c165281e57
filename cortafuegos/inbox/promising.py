"""When a promise falls due, when its case comes back, and which words made it. Pure.

``now`` is the person's own wall clock (aware, in their zone).
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from cortafuegos.guard.terms import names_a_time
from cortafuegos.guard.text import fold

CHOICES = ("hour", "today", "tomorrow", "two_days", "friday")
NOON, EVENING = time(12), time(18)
LEAD = timedelta(hours=1)
FARTHEST = timedelta(days=366)
LONGEST = 300


def until(choice: str, now: datetime) -> datetime | None:
    """None for a choice nobody knows, and for an evening that has begun. "friday" is this week's, or the
    next one's from Friday afternoon on."""
    day = now.date()
    if choice == "hour":
        return now + timedelta(hours=1)
    if choice == "today":
        at = datetime.combine(day, EVENING, now.tzinfo)
        return at if at > now else None
    if choice in ("tomorrow", "two_days"):
        days = 1 if choice == "tomorrow" else 2
        return datetime.combine(day + timedelta(days=days), NOON, now.tzinfo)
    if choice == "friday":
        at = datetime.combine(day + timedelta(days=(4 - day.weekday()) % 7), NOON, now.tzinfo)
        return at if at > now else at + timedelta(days=7)
    return None


def back_at(made_at: datetime, due_at: datetime) -> datetime:
    """An hour before it is due, or half way there when that is nearer: time to keep it."""
    return due_at - min(LEAD, (due_at - made_at) / 2)


_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")


def words_of(draft: str) -> str:
    """The sentence of a draft that names a time, or nothing. A question promises nothing."""
    for match in _SENTENCE.finditer(draft[:5000]):
        sentence = " ".join(match[0].split())
        if names_a_time(fold(sentence)) and "?" not in sentence:
            return sentence[:LONGEST]
    return ""
