"""Opening hours: when a goal of so many minutes falls due if the clock runs only while open.

Hours are ``{"mon": [["09:00", "14:00"], ["16:00", "20:00"]], ...}`` in the account's own zone;
``{}`` means always open. A range that ends at "00:00" or "24:00" ends with the day. On nights of
clock change the door opens and closes when the clock on the wall first shows the hour, or, when it
leaps over it, at the leap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = Mapping[str, Sequence[Sequence[str]]]
_LOOK_AHEAD = 366  # days; a calendar with no opening in a year never opens


class BadHours(ValueError):
    """The hours cannot be read; the message names the day and the range."""


def check(hours: Hours) -> None:
    """Raise BadHours unless every day is known and its ranges are in order and apart."""
    for day, ranges in hours.items():
        if day not in DAYS:
            raise BadHours(f"{day}: no such day")
        if not isinstance(ranges, list | tuple):
            raise BadHours(f"{day}: {ranges!r} is not a list of ranges")
        last = -1
        for one in ranges:
            try:
                opens, closes = _minutes(one[0]), _minutes(one[1], end=True)
            except (ValueError, IndexError, TypeError, AttributeError):
                raise BadHours(f"{day}: {one!r} is not a range of hours") from None
            if not last < opens < closes:
                raise BadHours(f"{day}: {one[0]}-{one[1]} overlaps or ends before it begins")
            last = closes


def _minutes(text: str, *, end: bool = False) -> int:
    hour, minute = (int(part) for part in text.split(":"))
    total = hour * 60 + minute
    if end and total == 0:
        total = 24 * 60
    if not (0 <= minute < 60 and 0 <= total <= 24 * 60) or (not end and total == 24 * 60):
        raise ValueError(text)
    return total


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    if minutes == 24 * 60:
        day, minutes = day + timedelta(days=1), 0
    local = datetime.combine(day, time(minutes // 60, minutes % 60), zone)
    moment = local.astimezone(UTC)
    while moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        # The clock leaps over this hour. Wall time is added, not time passed, until it exists.
        local += timedelta(minutes=1)
        moment = local.astimezone(UTC)
    return moment


def openings(start: datetime, hours: Hours, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of time open from ``start`` on, in UTC, for a year."""
    first = start.astimezone(zone).date()
    for offset in range(_LOOK_AHEAD):
        day = first + timedelta(days=offset)
        for opens, closes in hours.get(DAYS[day.weekday()], ()):
            begin, finish = _at(day, _minutes(opens), zone), _at(day, _minutes(closes, end=True), zone)
            if finish > max(begin, start):
                yield max(begin, start), finish


def due_at(start: datetime, minutes: int, hours: Hours, zone: ZoneInfo) -> datetime:
    """When ``minutes`` of open time after ``start`` have passed. With no hours, plain minutes;
    with hours that never open in a year, a year from ``start``."""
    left = timedelta(minutes=minutes)
    if not hours:
        return start + left
    for begin, finish in openings(start, hours, zone):
        if finish - begin >= left:
            return begin + left
        left -= finish - begin
    return start + timedelta(days=_LOOK_AHEAD)


def is_open(moment: datetime, hours: Hours, zone: ZoneInfo) -> bool:
    if not hours:
        return True
    return any(begin <= moment for begin, _ in _first(openings(moment, hours, zone)))


def _first(stretches: Iterator[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    return [one for one in [next(stretches, None)] if one is not None]
