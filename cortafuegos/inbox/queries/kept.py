"""Promises kept and broken, by week and by who made them: told from the log of events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from cortafuegos.inbox.models import Event, Promise
from cortafuegos.team.models import Brand

WEEKS = 12
SHOWN = 50  # broken ones, the latest


@dataclass(slots=True)
class Tally:
    kept: int = 0
    broken: int = 0

    @property
    def share(self) -> int | None:
        """Of every hundred, how many were kept; None where there were none."""
        whole = self.kept + self.broken
        return round(100 * self.kept / whole) if whole else None


@dataclass(slots=True)
class Record:
    all: Tally = field(default_factory=Tally)
    weeks: list[tuple[datetime, Tally]] = field(default_factory=list)  # by their Monday, latest first
    agents: dict[int, Tally] = field(default_factory=dict)


# A broken promise stays broken when it is answered late: each has one of the two events.
_TALLY = """
SELECT date_trunc('week', at AT TIME ZONE %(zone)s), (data->>'owner')::bigint, kind, count(*)
  FROM cortafuegos_event
 WHERE brand_id = %(brand)s AND kind IN ('promise.kept', 'promise.broken') AND at >= %(since)s
 GROUP BY 1, 2, 3
"""


def record(brand: Brand, now: datetime) -> Record:
    since = now - timedelta(weeks=WEEKS)
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, {"brand": brand.pk, "zone": brand.time_zone, "since": since})
        rows = cursor.fetchall()
    found = Record()
    weeks: dict[datetime, Tally] = {}
    zone = ZoneInfo(brand.time_zone)
    for week, owner, kind, count in rows:
        monday = weeks.setdefault(week.replace(tzinfo=zone), Tally())
        for tally in (found.all, monday, found.agents.setdefault(owner, Tally())):
            if kind == "promise.kept":
                tally.kept += count
            else:
                tally.broken += count
    found.weeks = sorted(weeks.items(), key=lambda pair: pair[0], reverse=True)
    return found


def broken(brand_id: int, now: datetime) -> list[Promise]:
    """The latest, with what was said of them. Found through the log, whose index begins with brand
    and kind."""
    events = Event.objects.filter(
        brand_id=brand_id, kind="promise.broken", at__gt=now - timedelta(weeks=WEEKS)
    )
    ids = list(events.order_by("-at").values_list("data__promise", flat=True)[:SHOWN])
    rows = Promise.objects.filter(brand_id=brand_id, pk__in=ids).select_related("case").order_by("-due_at")
    return list(rows)
