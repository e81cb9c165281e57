"""Deadlines: rows that say what is promised, and the copy of the earliest on the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F

from cortafuegos.channels.models import Account
from cortafuegos.inbox.models import Case, Deadline, Event, Promise
from cortafuegos.kit.hours import due_at
from cortafuegos.kit.nudge import nudge

PROMISES = (Deadline.Kind.FIRST_ANSWER, Deadline.Kind.ANSWER)


def answer_due(account: Account, since: datetime) -> datetime:
    """When an answer to something said at ``since`` falls due on this account."""
    return due_at(since, account.first_answer_minutes, account.opening_hours, ZoneInfo(account.time_zone))


class Ended(NamedTuple):
    """A deadline that no longer runs, and what it was until now."""

    kind: str
    due_at: datetime
    was: str
    state: str

    def noted(self) -> list[str]:
        """As an event keeps it, so that it can be given back."""
        return [self.kind, self.due_at.isoformat(), self.was]


def start(case: Case, kind: str, due: datetime, state: str = Deadline.State.OPEN) -> None:
    Deadline.objects.update_or_create(
        brand_id=case.brand_id,
        case=case,
        kind=kind,
        done_at=None,
        defaults={"due_at": due, "state": state},
    )


def owe(case: Case, due: datetime, state: str = Deadline.State.OPEN) -> None:
    """Promise an answer. A case owes one at a time: of two promises the earlier counts. A quiet one owes
    none."""
    if case.quiet:
        return
    owed = owed_by(case)
    if owed is None:
        kind = Deadline.Kind.ANSWER if case.first_answered_at else Deadline.Kind.FIRST_ANSWER
        start(case, kind, due, state)
    elif due < owed.due_at:
        start(case, owed.kind, due, state)


def owed_by(case: Case) -> Deadline | None:
    return (
        Deadline.objects.filter(brand_id=case.brand_id, case=case, kind__in=PROMISES, done_at=None)
        .order_by("due_at")
        .first()
    )


def give_back(case: Case, noted: Sequence[Sequence[str]]) -> None:
    """What was owed when something ended is owed again, with the time it had."""
    if case.quiet:
        return
    for kind, due, *was in noted:
        if kind in PROMISES:
            start(case, kind, datetime.fromisoformat(due), *was)


def finish(case: Case, kinds: Sequence[str], state: str, now: datetime) -> list[Ended]:
    """End the open (or missed, not yet kept) deadlines of these kinds; returns them."""
    ended = []
    for deadline in Deadline.objects.filter(
        brand_id=case.brand_id, case=case, kind__in=kinds, done_at=None
    ).select_for_update():
        was, kept_late = deadline.state, state == Deadline.State.MET and deadline.due_at < now
        deadline.state = Deadline.State.MISSED if kept_late else state
        deadline.done_at = now
        deadline.save(update_fields=["state", "done_at"])
        ended.append(Ended(deadline.kind, deadline.due_at, was, deadline.state))
    return ended


def next_due(case: Case) -> datetime | None:
    """The earliest answer or promise still open or overdue: what the row's countdown shows. A case that
    rests for good shows none; what was promised in it brings it back in time."""
    if case.state in (Case.State.CLOSED, Case.State.MERGED):
        return None
    owed = owed_by(case)
    promised = Promise.objects.filter(brand_id=case.brand_id, case=case, done_at=None).order_by("due_at")
    found = [*([owed.due_at] if owed else []), *promised.values_list("due_at", flat=True)[:1]]
    return min(found, default=None)


# The case is held before its deadline, as everywhere; one that somebody works on right now waits
# for the next round.
_CLAIM_DUE = """
WITH due AS (
  SELECT id, case_id FROM cortafuegos_deadline
   WHERE state = 'open' AND due_at <= %(now)s
   ORDER BY due_at LIMIT %(limit)s
), held AS (
  SELECT id FROM cortafuegos_case WHERE id IN (SELECT case_id FROM due)
   ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE cortafuegos_deadline d SET state = 'missed',
       done_at = CASE WHEN d.kind = 'snooze' THEN %(now)s END
  FROM due JOIN held ON held.id = due.case_id
 WHERE d.id = due.id AND d.state = 'open' AND d.due_at <= %(now)s
RETURNING d.id, d.brand_id, d.case_id, d.kind, d.due_at
"""


def strike(now: datetime, limit: int = 200) -> int:
    """Handle deadlines whose time has come; may run anywhere, any number of times at once.

    A snooze wakes its case; a promise of an answer becomes *missed* and stays on the case, red,
    until somebody answers. Returns how many were handled.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM_DUE, {"now": now, "limit": limit})
            struck = cursor.fetchall()
        for _id, brand_id, case_id, kind, due in struck:
            if kind == Deadline.Kind.SNOOZE:
                woken = Case.objects.filter(brand_id=brand_id, pk=case_id, state=Case.State.SNOOZED).update(
                    state=Case.State.OPEN, snoozed_until=None, version=F("version") + 1
                )
                if not woken:
                    continue
            Event.objects.create(
                brand_id=brand_id,
                kind="case.woken" if kind == Deadline.Kind.SNOOZE else "deadline.missed",
                case_id=case_id,
                at=now,
                data={"kind": kind, "due_at": due.isoformat()},
            )
            nudge(brand_id, [case_id])
    return len(struck)
