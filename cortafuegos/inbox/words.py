"""Times and figures as people say them, in their language and zone. ``now`` is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, ngettext

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
    return str(format_time(timezone.localtime(moment), "short", locale=_locale()))


def day(moment: datetime, now: datetime) -> str:
    """22 nov, and the year when it is another one."""
    local, today = timezone.localtime(moment), timezone.localtime(now)
    skeleton = "MMMd" if local.year == today.year else "yMMM"
    return str(format_skeleton(skeleton, local, locale=_locale()))


def moment(at: datetime, now: datetime) -> str:
    """When something was said: the hour today, else the day too."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    if local.date() == today.date():
        return hour(at)
    if local.date() == (today - timedelta(days=1)).date():
        return _("yesterday, %(hour)s") % {"hour": hour(at)}
    return f"{day(at, now)}, {hour(at)}"


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
    return _("yesterday") if timezone.localtime(at).date() == yesterday else day(at, now)


def due(at: datetime, now: datetime) -> Due:
    if at <= now:
        words = _("%(span)s late") % {"span": span(now - at)}
        return Due("late", words, _("it was due at %(hour)s") % {"hour": moment(at, now)})
    left = at - now + timedelta(seconds=59)  # "6 min" until the sixth minute is over
    return Due("soon" if at - now <= SOON else "", span(left), until(at, now))


def until(at: datetime, now: datetime) -> str:
    """A time to come: before 17:40; before tomorrow, 9:00; before 3 Dec, 9:00."""
    return _("before %(moment)s") % {"moment": coming(at, now)}


def coming(at: datetime, now: datetime) -> str:
    local, today = timezone.localtime(at), timezone.localtime(now)
    if local.date() == today.date():
        return hour(at)
    if local.date() == (today + timedelta(days=1)).date():
        return _("tomorrow, %(hour)s") % {"hour": hour(at)}
    return f"{day(at, now)}, {hour(at)}"


def there(zone: str, now: datetime) -> str:
    """What time it is where the customer is; nothing when we do not know."""
    try:
        local = now.astimezone(ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        return ""
    return str(format_time(local, "short", locale=_locale()))


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
