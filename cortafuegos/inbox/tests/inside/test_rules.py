"""Whom a question goes to, how long they have, and when the next in line is asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.inbox import asking
from cortafuegos.inbox.asking import Rung, WrongLadder, ladder, may_put_off, shows, strikes_at, tick, time_of

MADRID = ZoneInfo("Europe/Madrid")
NOON = datetime(2026, 3, 3, 11, tzinfo=UTC)  # a Tuesday, 12:00 in Madrid
HOUR = timedelta(hours=1)
LINE = (Rung("Iker", "iker@condor.example", 4), Rung("Berta", "berta@condor.example", 8))


def rung(name="Iker", email="iker@condor.example", hours="4"):
    return {"name": name, "email": email, "hours": hours}


@pytest.mark.parametrize(
    ("raw", "code", "place"),
    [
        ([], "empty", 0),
        ([rung("", "")], "empty", 0),
        ([rung(""), rung("Berta", "b@condor.example")], "no_name", 1),
        ([rung(), rung("  ", "b@condor.example")], "no_name", 2),
        ([rung(hours="")], "hours", 1),
        ([rung(hours="0")], "hours", 1),
        ([rung(hours="-3")], "hours", 1),
        ([rung(hours="121")], "hours", 1),
        ([rung(hours="4,5")], "hours", 1),
        ([rung(hours="9" * 4000)], "hours", 1),
        ([rung(), rung("Berta", "IKER@condor.example")], "twice", 2),
        ([rung(str(n), "", "4") for n in range(6)], "too_many", 0),
    ],
)
def test_a_line_that_cannot_be_followed_is_refused_and_says_where(raw, code, place):
    with pytest.raises(WrongLadder) as wrong:
        ladder(raw)
    assert (wrong.value.code, wrong.value.place) == (code, place)


def test_empty_steps_are_left_out_and_two_may_lack_an_address():
    line = ladder([rung(), rung("", "", "8"), rung("Berta", ""), rung("Asun", " ")])
    assert [one.name for one in line] == ["Iker", "Berta", "Asun"]
    assert [one.email for one in line] == ["iker@condor.example", "", ""]


def test_an_office_clock_stands_still_at_night_and_on_sunday():
    friday = datetime(2026, 3, 6, 16, tzinfo=UTC)  # 17:00 in Madrid
    assert time_of(LINE[0], friday, MADRID, office=True) == datetime(2026, 3, 9, 11, tzinfo=UTC)
    assert time_of(LINE[0], friday, MADRID, office=False) == friday + 4 * HOUR


def test_one_is_reminded_half_way_where_there_is_time_for_it():
    assert strikes_at(NOON, NOON + 4 * HOUR) == NOON + 2 * HOUR
    assert strikes_at(NOON, NOON + HOUR) == NOON + HOUR


def now_at(hours, rung=0, *, reminded=False, due=4):
    return tick(
        NOON + hours * HOUR,
        rung=rung,
        rung_due_at=NOON + due * HOUR,
        reminded=reminded,
        line=LINE,
        zone=MADRID,
        office=False,
    )


def test_first_a_reminder_then_the_next_then_nobody():
    assert now_at(2) == asking.Tick("remind", 0, NOON + 4 * HOUR, NOON + 4 * HOUR)
    climbed = now_at(4, reminded=True)
    assert (climbed.what, climbed.rung, climbed.rung_due_at) == ("climb", 1, NOON + 12 * HOUR)
    assert now_at(12, 1, reminded=True, due=12) == asking.Tick("give_up", 1, NOON + 12 * HOUR, None)


def test_who_slept_through_the_reminder_is_not_reminded_late():
    assert now_at(9).what == "climb"


def test_a_line_that_became_shorter_ends():
    assert now_at(9, 4).what == "give_up"


@given(st.integers(0, 4), st.integers(1, 120), st.booleans())
def test_no_question_sends_letters_for_ever(length, hours, office):
    line = tuple(Rung(str(n), "", hours) for n in range(length + 1))
    now, rung, reminded, letters = NOON, 0, False, 1
    due = time_of(line[0], now, MADRID, office=office)
    at = strikes_at(now, due)
    while at is not None:
        assert at > now or letters == 1
        now = at
        found = tick(
            now, rung=rung, rung_due_at=due, reminded=reminded, line=line, zone=MADRID, office=office
        )
        letters += found.what != "give_up"
        assert letters <= 2 * len(line)
        reminded = found.what == "remind" or (reminded and found.rung == rung)
        rung, due, at = found.rung, found.rung_due_at, found.next_at
    assert rung == length


@pytest.mark.parametrize(
    ("times", "hours", "fine"),
    [(0, 24, True), (1, 24, True), (2, 24, False), (0, 0, False), (0, -1, False), (0, 24 * 14, True),
     (0, 24 * 14 + 1, False)],
)  # fmt: skip
def test_more_time_is_given_twice_and_not_for_ever(times, hours, fine):
    assert may_put_off(NOON, NOON, NOON + hours * HOUR, times) is fine


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], asking.NOTHING),
        ([("open", NOON + HOUR, False)], asking.WAITING),
        ([("open", NOON, False)], asking.LATE),
        ([("withdrawn", NOON - HOUR, False)], asking.NOTHING),
        ([("answered", NOON, True), ("open", NOON + HOUR, False)], asking.WAITING),
        ([("open", NOON - HOUR, False), ("answered", NOON, False)], asking.ANSWERED),
        ([("not_ours", NOON, False)], asking.ANSWERED),
    ],
)
def test_a_row_says_the_weightiest(states, said):
    assert shows(states, NOON) == said
