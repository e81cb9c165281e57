"""Whom a question inside goes to, how long they have, and when the next in line is asked. Pure.

Times are aware UTC; a ladder is whom one asks, the owner first, each with the hours they have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cortafuegos.kit.hours import due_at

MOST_RUNGS = 5
LEAST_HOURS, MOST_HOURS = 1, 120
MOST_PUT_OFF = 2  # how often a department may ask for more time
LONGEST_PUT_OFF = timedelta(days=14)  # counted from when it was asked
GOOD_FOR = timedelta(days=30)  # a link, from when it was made or asked for again
WORTH_REMINDING = timedelta(hours=2)  # who has less is reminded by nobody: the next in line comes soon
LONGEST = 4_000  # characters of a question and of an answer
MOST_SHARED = 10  # messages of a case
MOST_STEPS = 60
OFFICE = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}

# What a case shows of its questions, the weightiest last.
NOTHING, WAITING, LATE, ANSWERED = range(4)


class WrongLadder(ValueError):
    """``place`` is the step that is wrong, counted from 1 (0: there is none); ``code`` says how."""

    def __init__(self, code: str, place: int = 0) -> None:
        super().__init__(code)
        self.code, self.place = code, place


@dataclass(frozen=True, slots=True)
class Rung:
    name: str
    email: str
    hours: int


def ladder(raw: Sequence[Mapping[str, Any]]) -> tuple[Rung, ...]:
    """Steps as a form sends them or a row keeps them; those left empty are left out.

    Raises WrongLadder: "empty", "too_many", "no_name", "hours", "twice".
    """
    found: list[Rung] = []
    for place, one in enumerate(raw, 1):
        name, email = " ".join(str(one.get("name", "")).split())[:120], str(one.get("email", "")).strip()
        if not name and not email:
            continue
        if not name:
            raise WrongLadder("no_name", place)
        try:
            hours = int(str(one.get("hours", "")).strip())
        except ValueError:
            raise WrongLadder("hours", place) from None
        if not LEAST_HOURS <= hours <= MOST_HOURS:
            raise WrongLadder("hours", place)
        if email and email.lower() in {rung.email.lower() for rung in found}:
            raise WrongLadder("twice", place)
        found.append(Rung(name, email, hours))
    if not found:
        raise WrongLadder("empty")
    if len(found) > MOST_RUNGS:
        raise WrongLadder("too_many")
    return tuple(found)


def time_of(rung: Rung, since: datetime, zone: ZoneInfo, *, office: bool) -> datetime:
    """Until when somebody asked at ``since`` has time."""
    return due_at(since, rung.hours * 60, OFFICE if office else {}, zone)


def strikes_at(since: datetime, due: datetime) -> datetime:
    """When the clock strikes next for whoever was asked at ``since``: half way, to remind them, where
    there is time for that; else when their time is over."""
    left = due - since
    return since + left / 2 if left >= WORTH_REMINDING else due


@dataclass(frozen=True, slots=True)
class Tick:
    """What to do now: "remind", "climb" to the next in line, or "give_up" when nobody is left."""

    what: str
    rung: int
    rung_due_at: datetime
    next_at: datetime | None


def tick(
    now: datetime,
    *,
    rung: int,
    rung_due_at: datetime,
    reminded: bool,
    line: Sequence[Rung],
    zone: ZoneInfo,
    office: bool,
) -> Tick:
    """A reminder at most once a step, and each step at most once: a question sends no more than twice
    as many letters as there are people in the line."""
    if now < rung_due_at and not reminded:
        return Tick("remind", rung, rung_due_at, rung_due_at)
    after = rung + 1
    if after >= len(line):
        return Tick("give_up", rung, rung_due_at, None)
    due = time_of(line[after], now, zone, office=office)
    return Tick("climb", after, due, strikes_at(now, due))


def may_put_off(asked_at: datetime, now: datetime, until: datetime, times: int) -> bool:
    return times < MOST_PUT_OFF and now < until <= asked_at + LONGEST_PUT_OFF


def shows(states: Sequence[tuple[str, datetime, bool]], now: datetime) -> int:
    """What a case shows of its questions, as (state, due, seen): an answer nobody has seen before one
    that is late, and that before one that waits."""
    found = NOTHING
    for state, due, seen in states:
        if state in ("answered", "not_ours") and not seen:
            found = max(found, ANSWERED)
        elif state == "open":
            found = max(found, LATE if due <= now else WAITING)
    return found
