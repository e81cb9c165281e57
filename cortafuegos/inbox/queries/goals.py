"""How many of today's cases had their first answer within 60 and within 12 minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import connection

from cortafuegos.team.models import Brand

GOALS = (60, 12)  # minutes: the promise, and the best seen in the field
SAMPLE = 20_000  # cases; a busier day is told by its latest


@dataclass(frozen=True, slots=True)
class Goals:
    """Percentages of the cases whose time is over or that were answered; None before the first."""

    within_60: int | None
    within_12: int | None


_TODAY = """
SELECT count(*) FILTER (WHERE first_answered_at <= opened_at + make_interval(mins => 60)),
       count(*) FILTER (WHERE first_answered_at IS NOT NULL OR opened_at < %(hour_ago)s),
       count(*) FILTER (WHERE first_answered_at <= opened_at + make_interval(mins => 12)),
       count(*) FILTER (WHERE first_answered_at IS NOT NULL OR opened_at < %(best_ago)s)
FROM (
  SELECT opened_at, first_answered_at FROM cortafuegos_case
  WHERE brand_id = %(brand)s AND last_message_at >= %(start)s AND opened_at >= %(start)s AND state <> 'merged'
    AND NOT quiet
  ORDER BY last_message_at DESC, id DESC LIMIT %(sample)s
) today
"""


def start_of_day(zone: str, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def today(brand: Brand, now: datetime) -> Goals:
    """Half a minute old at most: it stands on every page, and moves slowly."""
    key = f"goals:{brand.pk}"
    found: Goals | None = cache.get(key)
    if found is None:
        start = start_of_day(brand.time_zone, now)
        with connection.cursor() as cursor:
            cursor.execute(
                _TODAY,
                {
                    "brand": brand.pk,
                    "start": start,
                    "sample": SAMPLE,
                    "hour_ago": now - timedelta(minutes=GOALS[0]),
                    "best_ago": now - timedelta(minutes=GOALS[1]),
                },
            )
            hour, of_hour, best, of_best = cursor.fetchone()
        found = Goals(_share(hour, of_hour), _share(best, of_best))
        cache.set(key, found, 30)
    return found


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
