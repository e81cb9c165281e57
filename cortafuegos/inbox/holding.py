"""How long a reply waits before it leaves. Pure: seconds and times in, times and seconds out."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = 60  # seconds; beyond it a customer waits for the sake of a slip that is seen in ten


def until(now: datetime, seconds: int) -> datetime | None:
    """The moment a reply pressed at ``now`` leaves; None: at once."""
    return now + timedelta(seconds=min(seconds, LONGEST)) if seconds > 0 else None


def left(held_until: datetime | None, now: datetime) -> int:
    """Whole seconds a reply can still be taken back, rounded up; 0 when its time has come."""
    if held_until is None or held_until <= now:
        return 0
    return -int((now - held_until).total_seconds() // 1)
