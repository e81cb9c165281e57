"""The one place that asks for the time; everything else is told."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)


def aware(moment: datetime) -> datetime:
    """The same moment in UTC; a naive one is refused."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone was given")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
