"""Deadlines: rows that say what is promised, and the copy of the earliest on the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Min

from cortafuegos.channels.models import Account
from cortafuegos.inbox.models import Case, Deadline, Event
from cortafuegos.kit.hours import due_at
from cortafuegos.kit.nudge import nudge

PROMISES = (Deadline.Kind.FIRST_ANSWER, Deadline.Kind.ANSWER)


def answer_due(account: Account, since: datetime) -> datetime:
    """When an answer to something said at ``since`` falls due on this account."""
    return due_at(since, account.first_answer_minutes, account.opening_hours, ZoneInfo(account.time_zone))


def start(case: Case, kind: str, due: datetime) -> None:
    Deadline.objects.update_or_create(
        brand_id=case.brand_id,
        case=case,
        kind=kind,
        done_at=None,
        defaults={"due_at": due, "state": Deadline.State.OPEN},
    )


def finish(case: Case, kinds: Sequence[str], state: str, now: datetime) -> list[Deadline]:
    """End the open (or missed, not yet kept) deadlines of these kinds; returns them."""
    ended = list(
        Deadline.objects.filter(
            brand_id=case.brand_id, case=case, kind__in=kinds, done_at=None
        ).select_for_update()
    )
    for deadline in ended:
        kept_late = state == Deadline.State.MET and deadline.due_at < now
        deadline.state = Deadline.State.MISSED if kept_late else state
        deadline.done_at = now
        deadline.save(update_fields=["state", "done_at"])
    return ended


def next_due(case: Case) -> datetime | None:
    """The earliest promise still open or overdue: what the row's countdown shows."""
    found: datetime | None = Deadline.objects.filter(
        brand_id=case.brand_id, case=case, kind__in=PROMISES, done_at=None
    ).aggregate(due=Min("due_at"))["due"]
    return found


_CLAIM_DUE = """
WITH due AS (
  SELECT id FROM cortafuegos_deadline
   WHERE state = 'open' AND due_at <= %(now)s
   ORDER BY due_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE cortafuegos_deadline d SET state = 'missed',
       done_at = CASE WHEN d.kind = 'snooze' THEN %(now)s END
  FROM due WHERE d.id = due.id AND d.state = 'open'
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
                    state=Case.State.OPEN, snoozed_until=None
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
