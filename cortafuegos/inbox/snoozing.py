"""Until when a case can rest. ``now`` is the person's own wall clock (aware, in their zone)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

MORNING, AFTERNOON = time(9), time(16)
CHOICES = ("hour", "later", "afternoon", "tomorrow", "monday")


def until(choice: str, now: datetime) -> datetime | None:
    """None for a choice nobody knows. An afternoon that has begun is tomorrow's."""
    today = now.date()
    if choice == "hour":
        return now + timedelta(hours=1)
    if choice == "later":
        return now + timedelta(hours=3)
    if choice == "afternoon":
        at = datetime.combine(today, AFTERNOON, now.tzinfo)
        return at if at > now else datetime.combine(today + timedelta(days=1), AFTERNOON, now.tzinfo)
    if choice == "tomorrow":
        return datetime.combine(today + timedelta(days=1), MORNING, now.tzinfo)
    if choice == "monday":
        return datetime.combine(today + timedelta(days=7 - today.weekday()), MORNING, now.tzinfo)
    return None
