"""Promises with a date: made, carried to the customer, kept or broken, and never forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox import promising
from cortafuegos.inbox.actions import clocks
from cortafuegos.inbox.actions.record import allow, lock, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline, Event, Presence, Promise, Reply
from cortafuegos.kit import clock
from cortafuegos.kit.compiled import compiled
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent, Team
from cortafuegos.team.rules import May

State = Promise.State
MOST_OPEN = 20
SEEN = timedelta(minutes=30)  # who looked at a case so lately is at work
WORKED = timedelta(hours=2)
_WORK = ("reply.queued", "note.written", "case.claimed", "case.closed")


@transaction.atomic
def make(actor: Agent, case: Case, *, due_at: datetime, text: str = "", with_next: bool = False) -> Promise:
    """``with_next``: the customer hears of it in the reply that is being written now."""
    allow(actor, May.WORK)
    case = lock(actor, case)
    now, due_at = clock.now(), clock.aware(due_at)
    if not now < due_at <= now + promising.FARTHEST:
        raise Refusal(_("Choose a time to come, within a year."), code="no_time", status=422)
    mine = Promise.objects.filter(brand_id=case.brand_id, case=case)
    if mine.filter(state=State.OPEN).count() >= MOST_OPEN:
        raise Refusal(_("This case has too many open promises already."), code="too_many", status=422)
    words = " ".join(storable(text).split())[: promising.LONGEST]
    promise = Promise.objects.create(
        brand_id=case.brand_id,
        case=case,
        agent=actor,
        team_id=case.team_id or _first_team(actor),
        text=words or gettext("We will be in touch."),
        due_at=due_at,
        back_at=promising.back_at(now, due_at),
        made_at=now,
        with_next=with_next,
    )
    _show_due(case)
    record("promise.made", case, actor, _facts(promise))
    return promise


def _first_team(agent: Agent) -> int | None:
    return agent.teams.filter(brand_id=agent.brand_id).order_by("pk").values_list("pk", flat=True).first()


@transaction.atomic
def withdraw(actor: Agent, promise: Promise, reason: str) -> Promise:
    """It is no longer owed: the customer said so, or it was noted by mistake."""
    allow(actor, May.WORK)
    case, promise = _held(actor, promise)
    if promise.state != State.OPEN:
        raise Refusal(_("This promise is no longer open."), code="not_open")
    promise.state, promise.done_at, promise.reason = State.WITHDRAWN, clock.now(), _why(reason)
    promise.save(update_fields=["state", "done_at", "reason"])
    _show_due(case)
    record("promise.withdrawn", case, actor, {**_facts(promise), "reason": promise.reason})
    return promise


@transaction.atomic
def explain(actor: Agent, promise: Promise, reason: str) -> Promise:
    """Why a promise was broken, for whoever reads the report."""
    allow(actor, May.WORK)
    case, promise = _held(actor, promise)
    if promise.state != State.BROKEN:
        raise Refusal(_("Only a broken promise needs a reason."), code="not_broken")
    promise.reason = _why(reason)
    promise.save(update_fields=["reason"])
    record("promise.explained", case, actor, {**_facts(promise), "reason": promise.reason})
    return promise


def _why(reason: str) -> str:
    why = " ".join(storable(reason).split())[: promising.LONGEST]
    if not any(char.isalnum() for char in why):
        raise Refusal(_("Say why, in a few words."), code="needs_reason", status=422)
    return why


def _held(actor: Agent, promise: Promise) -> tuple[Case, Promise]:
    case = lock(actor, promise.case)
    held = (
        Promise.objects.select_for_update().filter(brand_id=actor.brand_id, case=case, pk=promise.pk).first()
    )
    if held is None:
        raise Refusal(_("There is no such promise."), code="no_such_promise", status=404)
    return case, held


def _show_due(case: Case) -> None:
    due_at = clocks.next_due(case)
    if due_at != case.due_at:
        case.due_at = due_at
        save(case, "due_at")


# --- what a reply does to them ----------------------------------------------------------


def carry(reply: Reply) -> None:
    """The reply that was being written when these were made tells the customer of them."""
    waiting = Promise.objects.filter(brand_id=reply.brand_id, case_id=reply.case_id, with_next=True)
    waiting.update(with_next=False, reply=reply)


def carry_again(reply: Reply) -> None:
    """That reply was taken back before it left: the next one tells."""
    told = Promise.objects.filter(
        brand_id=reply.brand_id, case_id=reply.case_id, reply=reply, state=State.OPEN
    )
    told.update(with_next=True, reply=None)


def answered(case: Case, reply: Reply, at: datetime) -> None:
    """A reply went out: it keeps what was promised before it was written, in time or late."""
    theirs = Promise.objects.select_for_update().filter(
        brand_id=case.brand_id,
        case=case,
        done_at=None,
        made_at__lte=reply.created_at,
        with_next=False,
    )
    for promise in theirs.exclude(reply=reply).order_by("pk"):
        _settle(case, promise, reply.agent, at)


def _settle(case: Case, promise: Promise, by: Agent, at: datetime) -> None:
    promise.done_at = at
    if promise.state == State.BROKEN:
        kind = "promise.caught_up"
    else:
        promise.state = State.KEPT if at <= promise.due_at else State.BROKEN
        kind = f"promise.{promise.state}"
    promise.save(update_fields=["state", "done_at"])
    record(kind, case, by, _facts(promise))


def _facts(promise: Promise) -> dict[str, object]:
    return {
        "promise": promise.pk,
        "owner": promise.agent_id,
        "team": promise.team_id,
        "due_at": promise.due_at.isoformat(),
    }


# --- the clock ------------------------------------------------------------------------------

# As with deadlines: the case is held first, and one that somebody works on waits for the next round.
_DUE = """
WITH due AS (
  SELECT id, case_id FROM cortafuegos_promise
   WHERE state = 'open' AND ((returned_at IS NULL AND back_at <= %(now)s) OR due_at <= %(now)s)
   ORDER BY due_at LIMIT %(limit)s
), held AS (
  SELECT id FROM cortafuegos_case WHERE id IN (SELECT case_id FROM due)
   ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
)
SELECT p.id FROM cortafuegos_promise p JOIN due ON due.id = p.id JOIN held ON held.id = p.case_id
 WHERE p.state = 'open' ORDER BY p.due_at, p.id FOR NO KEY UPDATE OF p SKIP LOCKED
"""


def strike(now: datetime, limit: int = 200) -> int:
    """Bring cases back in time, and say which promises were broken. May run anywhere, any number of
    times at once; returns how many promises it handled."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_DUE, {"now": now, "limit": limit})
            ids = [row[0] for row in cursor.fetchall()]
        found = Promise.objects.filter(pk__in=ids).select_related("case", "agent").order_by("due_at", "pk")
        for promise in found:
            if promise.returned_at is None and promise.back_at <= now:
                _bring_back(promise, now)
            if promise.due_at <= now:
                promise.state = State.BROKEN
                promise.save(update_fields=["state"])
                record("promise.broken", promise.case, None, _facts(promise))
    return len(ids)


def _bring_back(promise: Promise, now: datetime) -> None:
    """Into the list again, to whoever promised; to their team when they left or are not at work."""
    case = Case.objects.get(brand_id=promise.brand_id, pk=promise.case_id)
    promise.case = case
    promise.returned_at = now
    promise.save(update_fields=["returned_at"])
    if case.state == Case.State.SNOOZED:
        clocks.finish(case, [Deadline.Kind.SNOOZE], Deadline.State.CANCELLED, now)
    case.state, case.snoozed_until, case.closed_at = Case.State.OPEN, None, None
    case.quiet = False  # our word binds us, whatever came after
    _hand_over(case, promise, now)
    case.due_at = clocks.next_due(case)
    save(case, "state", "snoozed_until", "closed_at", "assignee", "team", "due_at", "quiet")
    to = {"assignee": case.assignee_id, "team": case.team_id}
    record("promise.due", case, None, {**_facts(promise), "to": to})


def _hand_over(case: Case, promise: Promise, now: datetime) -> None:
    """A colleague who has taken the case since keeps it."""
    holder = case.assignee
    if holder is not None and holder.active and holder.pk != promise.agent_id:
        return
    owner, team = promise.agent, promise.team_id or case.team_id or _first_team(promise.agent)
    if team is not None and not Team.objects.filter(brand_id=case.brand_id, pk=team).exists():
        team = None
    stays = owner.active and (team is None or at_work(owner, now))
    case.assignee = owner if stays else None
    if not stays and team is not None:
        case.team_id = team


def at_work(agent: Agent, now: datetime) -> bool:
    """Seen in a case within the half hour, or did something within two. Until shifts are known, that
    is what tells."""
    mine = {"brand_id": agent.brand_id, "agent": agent}
    if Presence.objects.filter(**mine, seen_at__gt=now - SEEN).exists():
        return True
    return Event.objects.filter(**mine, kind__in=_WORK, at__gt=now - WORKED).exists()


def owed(brand_id: int, case_ids: Iterable[int]) -> dict[int, list[Promise]]:
    """Open and broken promises that nobody has answered yet, by case, earliest first."""
    found: dict[int, list[Promise]] = {}
    for promise in _owed(brand_id, list(case_ids)):
        found.setdefault(promise.case_id, []).append(promise)
    return found


@compiled
def _owed(brand_id: Any, case_ids: Any) -> QuerySet[Promise]:
    rows = Promise.objects.filter(brand_id=brand_id, case_id__any=case_ids, done_at=None)
    return rows.order_by("due_at", "pk")
