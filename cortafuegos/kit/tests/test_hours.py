"""Opening hours against a clock on the wall that is looked at every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.kit import hours
from cortafuegos.kit.hours import BadHours, due_at, is_open

MADRID = ZoneInfo("Europe/Madrid")
WEEK = {day: [["09:00", "14:00"], ["16:00", "20:00"]] for day in hours.DAYS[:5]}
NIGHT = {"fri": [["22:00", "24:00"]], "sat": [["00:00", "06:00"]]}


def at(text: str, zone: ZoneInfo = MADRID) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "open_hours", "due"),
    [
        ("2026-03-03 10:00", 60, {}, "2026-03-03 11:00"),
        ("2026-03-03 10:00", 60, WEEK, "2026-03-03 11:00"),
        ("2026-03-03 13:30", 60, WEEK, "2026-03-03 16:30"),  # over lunch
        ("2026-03-03 13:00", 60, WEEK, "2026-03-03 14:00"),  # just before it
        ("2026-03-03 23:00", 60, WEEK, "2026-03-04 10:00"),
        ("2026-03-06 19:30", 60, WEEK, "2026-03-09 09:30"),  # over the weekend
        ("2026-03-07 12:00", 0, WEEK, "2026-03-09 09:00"),
        ("2026-03-06 12:00", 180, NIGHT, "2026-03-07 01:00"),  # over midnight
        ("2026-03-06 23:59", 5, {"fri": [["22:00", "00:00"]]}, "2026-03-13 22:04"),
        ("2026-03-03 10:00", 60, {"mon": []}, "2027-03-04 10:00"),  # never open: a year
        # In spring 02:00 becomes 03:00, in autumn 03:00 becomes 02:00.
        ("2026-03-29 01:30", 60, {"sun": [["00:00", "24:00"]]}, "2026-03-29 03:30"),
        ("2026-03-29 00:00", 10, {"sun": [["02:30", "03:15"]]}, "2026-03-29 03:10"),
        ("2026-03-29 00:00", 9, {"sun": [["02:10", "02:50"]], "mon": [["9:00", "9:30"]]}, "2026-03-30 09:09"),
        ("2026-10-25 01:30", 120, {"sun": [["00:00", "24:00"]]}, "2026-10-25 02:30+01:00"),
        ("2026-10-25 00:00", 90, {"sun": [["02:30", "04:00"]]}, "2026-10-25 03:00+01:00"),
    ],
)  # fmt: skip
def test_due(start, minutes, open_hours, due):
    wanted = datetime.fromisoformat(due)
    wanted = wanted.replace(tzinfo=MADRID) if wanted.tzinfo is None else wanted
    assert due_at(at(start), minutes, open_hours, MADRID) == wanted.astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "answer"),
    [("2026-03-03 09:00", True), ("2026-03-03 08:59", False), ("2026-03-03 14:00", False),
     ("2026-03-03 16:00", True), ("2026-03-07 10:00", False)],
)  # fmt: skip
def test_is_open(moment, answer):
    assert is_open(at(moment), WEEK, MADRID) is answer
    assert is_open(at(moment), {}, MADRID) is True


@pytest.mark.parametrize(
    "bad",
    [
        {"lunes": []},
        {"mon": [["9", "10"]]},
        {"mon": [["10:00", "09:00"]]},
        {"mon": [["10:00", "10:00"]]},
        {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]},
        {"mon": [["09:00", "12:00"], ["12:00", "13:00"]]},
        {"mon": [["24:00", "24:00"]]},
        {"mon": [["23:00", "24:01"]]},
        {"mon": [["09:60", "10:00"]]},
        {"mon": [["09:00"]]},
        {"mon": [None]},
        {"mon": [[9, 10]]},
        {"mon": None},
        {"mon": "09:00-10:00"},
        {"mon": [["-1:30", "10:00"]]},
    ],
)
def test_bad_hours_name_the_day(bad):
    with pytest.raises(BadHours, match=r"lunes|mon"):
        hours.check(bad)


def test_good_hours_pass():
    hours.check({})
    hours.check(WEEK)
    hours.check(NIGHT)
    hours.check({"sun": [["00:00", "00:00"]]})


ZONES = ("Europe/Madrid", "America/Santiago", "America/Mexico_City", "Atlantic/Azores", "Africa/Cairo",
         "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")  # fmt: skip
# Days around which these clocks leap, and one on which none does.
DAYS = (date(2026, 3, 28), date(2026, 10, 24), date(2026, 4, 4), date(2026, 9, 5), date(2026, 10, 3),
        date(2026, 4, 23), date(2026, 10, 29), date(2011, 12, 29), date(2026, 7, 1))  # fmt: skip


@st.composite
def ranges(draw):
    marks = sorted(draw(st.lists(st.integers(0, 95), max_size=4, unique=True)))
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    # Neighbours must not touch, and the last may end with the day.
    found = [[f"{a // 4:02}:{a % 4 * 15:02}", f"{b // 4:02}:{b % 4 * 15:02}"] for a, b in pairs]
    if marks and len(marks) % 2:
        found.append([f"{marks[-1] // 4:02}:{marks[-1] % 4 * 15:02}", "24:00"])
    return found


week = st.fixed_dictionaries({}, optional={day: ranges() for day in hours.DAYS})


def brute(start: datetime, minutes: int, open_hours: dict, zone: ZoneInfo) -> datetime | None:
    """Look at the wall every minute. Hands that go back are not believed until they pass the
    hour they have shown."""

    def shows(moment: datetime) -> datetime:
        return moment.astimezone(zone).replace(tzinfo=None)

    shown = max(shows(start - timedelta(minutes=back)) for back in range(26 * 60))
    left, moment = minutes, start
    for _ in range(6 * 24 * 60):
        shown = max(shown, shows(moment))
        minute = shown.hour * 60 + shown.minute
        for opens, closes in open_hours.get(hours.DAYS[shown.weekday()], ()):
            ends = int(closes[:2]) * 60 + int(closes[3:]) or 24 * 60
            if int(opens[:2]) * 60 + int(opens[3:]) <= minute < ends:
                if left == 0:
                    return moment
                left -= 1
        moment += timedelta(minutes=1)
    return None


@settings(max_examples=120, deadline=None)
@given(week, st.sampled_from(ZONES), st.sampled_from(DAYS), st.integers(0, 36 * 60), st.integers(1, 900))
def test_the_same_as_looking_at_the_wall_every_minute(open_hours, zone_name, day, offset, minutes):
    zone = ZoneInfo(zone_name)
    hours.check(open_hours)
    start = datetime.combine(day, datetime.min.time(), zone).astimezone(UTC) + timedelta(minutes=offset)
    # The end of the last open minute: the goal may fall on the very moment the door closes.
    last = (
        brute(start, minutes - 1, open_hours, zone) if open_hours else start + timedelta(minutes=minutes - 1)
    )
    found = due_at(start, minutes, open_hours, zone)
    if last is None:
        assert found > start + timedelta(days=5)
    else:
        assert found == last + timedelta(minutes=1)
