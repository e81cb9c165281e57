"""Times and figures as people say them, in their language and zone. ``now`` is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, ngettext, npgettext
from django.utils.translation import gettext as _

SOON = timedelta(minutes=15)  # from here the countdown is amber


@dataclass(frozen=True, slots=True)
class Due:
    """A countdown: how it looks ("", "soon", "late"), its short words, and the hour in full."""

    level: str
    words: str
    until: str


def _locale() -> str:
    return (get_language() or "es").split("-")[0]


def hour(moment: datetime) -> str:
    """17:40, as the reader's zone has it."""
    return _clock(timezone.localtime(moment))


def _clock(local: datetime) -> str:
    return _hour(local.hour, local.minute, _locale())


# A page says a hundred hours and days, and formatting one takes as long as all else in a row of a list.
@lru_cache(4 * 24 * 60)
def _hour(hours: int, minutes: int, locale: str) -> str:
    return str(format_time(time(hours, minutes), "short", locale=locale))


@lru_cache(4 * 366)
def _day(of: date, skeleton: str, locale: str) -> str:
    return str(format_skeleton(skeleton, of, locale=locale))


def day(moment: datetime, now: datetime, *, whole: bool = True) -> str:
    """22 nov, and 22 nov 2025 when it is another year; not ``whole`` only nov 2025 then."""
    return _calendar(timezone.localtime(moment), timezone.localtime(now), whole=whole)


def _calendar(local: datetime, today: datetime, *, whole: bool = True) -> str:
    skeleton = "MMMd" if local.year == today.year else "yMMMd" if whole else "yMMM"
    return _day(local.date(), skeleton, _locale())


def moment(at: datetime, now: datetime) -> str:
    """When something was said: the hour today, else the day too."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    if local.date() == today.date():
        return _clock(local)
    if local.date() == (today - timedelta(days=1)).date():
        return _("yesterday, %(hour)s") % {"hour": _clock(local)}
    return f"{_calendar(local, today)}, {_clock(local)}"


def span(length: timedelta) -> str:
    """4 min, 3 h, 2 d: the one unit that says enough."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return _("%(n)d h") % {"n": minutes // 60}
    return _("%(n)d d") % {"n": minutes // 1440}


def ago(at: datetime, now: datetime) -> str:
    length = now - at
    if length < timedelta(minutes=1):
        return _("now")
    if length < timedelta(hours=24):
        return _("%(span)s ago") % {"span": span(length)}
    yesterday = timezone.localtime(now).date() - timedelta(days=1)
    return _("yesterday") if timezone.localtime(at).date() == yesterday else day(at, now, whole=False)


def due(moment_due: datetime, now: datetime) -> Due:
    if moment_due <= now:
        words = _("%(span)s late") % {"span": span(now - moment_due)}
        return Due("late", words, _("was due %(moment)s") % {"moment": at(moment_due, now)})
    left = moment_due - now + timedelta(seconds=59)  # "6 min" until the sixth minute is over
    return Due("soon" if moment_due - now <= SOON else "", span(left), before(moment_due, now))


def at(moment_: datetime, now: datetime) -> str:
    """In a sentence: at 17:40; tomorrow at 9:00; on 3 Dec at 9:00."""
    given = {"hour": _the_hour(moment_), "day": day(moment_, now)}
    match _days_away(moment_, now):
        case 0:
            return _("at %(hour)s") % given
        case 1:
            return _("tomorrow at %(hour)s") % given
        case -1:
            return _("yesterday at %(hour)s") % given
    return _("on %(day)s at %(hour)s") % given


def before(moment_: datetime, now: datetime) -> str:
    given = {"hour": _the_hour(moment_), "day": day(moment_, now)}
    match _days_away(moment_, now):
        case 0:
            return _("before %(hour)s") % given
        case 1:
            return _("before tomorrow at %(hour)s") % given
    return _("before %(day)s at %(hour)s") % given


def until(moment_: datetime, now: datetime) -> str:
    given = {"hour": _the_hour(moment_), "day": day(moment_, now)}
    match _days_away(moment_, now):
        case 0:
            return _("until %(hour)s") % given
        case 1:
            return _("until tomorrow at %(hour)s") % given
    return _("until %(day)s at %(hour)s") % given


def left(moment_: datetime, now: datetime) -> str:
    """What is left of a time that runs: 3 h left, the minute begun counted whole."""
    length = span(moment_ - now + timedelta(seconds=59))
    n = int(length.split()[0])
    return ngettext("%(span)s left", "%(span)s left", n) % {"span": length}


def coming(moment_: datetime, now: datetime) -> str:
    """On a chip: 17:40; tomorrow, 9:00; 3 Dec, 9:00."""
    match _days_away(moment_, now):
        case 0:
            return hour(moment_)
        case 1:
            return _("tomorrow, %(hour)s") % {"hour": hour(moment_)}
    return f"{day(moment_, now)}, {hour(moment_)}"


def _days_away(moment_: datetime, now: datetime) -> int:
    return (timezone.localtime(moment_).date() - timezone.localtime(now).date()).days


def _the_hour(moment_: datetime) -> str:
    """Spanish has an article here, and only one o'clock is singular: a la 1:05, a las 17:40."""
    local = timezone.localtime(moment_)
    words = npgettext("hour after a preposition", "%(hour)s", "%(hour)s", local.hour)
    return words % {"hour": hour(moment_)}


def there(zone: str, now: datetime) -> str:
    """What time it is where the customer is; nothing when we do not know."""
    try:
        local = now.astimezone(ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        return ""
    words = ngettext("there it is %(hour)s", "there it is %(hour)s", local.hour)
    return words % {"hour": format_time(local, "short", locale=_locale())}


def number(value: int) -> str:
    return str(format_decimal(value, locale=_locale()))


def reach(followers: int) -> str:
    """18,4 k: short enough for a chip."""
    if followers < 1000:
        return str(followers)
    if followers < 1_000_000:
        return _("%(n)s k") % {"n": format_decimal(followers / 1000, "#,##0.#", locale=_locale())}
    return _("%(n)s M") % {"n": format_decimal(followers / 1_000_000, "#,##0.#", locale=_locale())}


def people(names: list[str]) -> str:
    """Lucía; Lucía and Bruno; Lucía and 2 more."""
    if len(names) <= 1:
        return "".join(names)
    if len(names) == 2:
        return _("%(first)s and %(second)s") % {"first": names[0], "second": names[1]}
    rest = len(names) - 1
    return ngettext("%(first)s and %(n)d more", "%(first)s and %(n)d more", rest) % {
        "first": names[0],
        "n": rest,
    }
