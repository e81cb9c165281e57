"""What an agent does with a case as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions import amends, clocks, showing
from cortafuegos.inbox.actions.record import allow, lock, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline
from cortafuegos.kit import clock
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent, Team
from cortafuegos.team.rules import May

MOST_TAGS = 20
TAG_LENGTH = 40
BULK_LIMIT = 500


@transaction.atomic
def claim(actor: Agent, case: Case) -> Case:
    """Take a case nobody has. Of two people who press at once, one wins."""
    allow(actor, May.WORK)
    case = lock(actor, case)
    if case.assignee_id == actor.pk:
        return case
    if case.assignee is not None:
        raise Refusal(_("%(name)s has this case already.") % {"name": case.assignee}, code="taken")
    case.assignee = actor
    save(case, "assignee")
    record("case.claimed", case, actor)
    return case


@transaction.atomic
def release(actor: Agent, case: Case) -> Case:
    return assign(actor, case, assignee=None, team=case.team)


@transaction.atomic
def assign(actor: Agent, case: Case, *, assignee: Agent | None, team: Team | None = None) -> Case:
    """Give a case to a person, a team, or both; with neither it is nobody's again."""
    allow(actor, May.WORK)
    case = lock(actor, case)
    for target in (assignee, team):
        if target is not None and target.brand_id != actor.brand_id:
            raise Refusal(_("There is nobody of that name here."), code="no_such_agent", status=422)
    if assignee is not None and not assignee.active:
        raise Refusal(_("%(name)s no longer works here.") % {"name": assignee}, code="inactive", status=422)
    before = {"assignee": case.assignee_id, "team": case.team_id}
    after = {"assignee": assignee and assignee.pk, "team": team and team.pk}
    if before == after:
        return case
    case.assignee, case.team = assignee, team
    save(case, "assignee", "team")
    record("case.assigned", case, actor, {"from": before, "to": after})
    return case


@transaction.atomic
def tag(actor: Agent, case: Case, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Case:
    allow(actor, May.WORK)
    case = lock(actor, case)
    added = [clean for name in add if (clean := tidy_tag(name))]
    removed = {tidy_tag(name) for name in remove}
    tags = list(dict.fromkeys([t for t in case.tags if t not in removed] + added))
    if len(tags) > MOST_TAGS:
        raise Refusal(
            _("A case carries at most %(most)d tags.") % {"most": MOST_TAGS},
            code="too_many_tags",
            status=422,
        )
    if tags == case.tags:
        return case
    before, case.tags = case.tags, tags
    save(case, "tags")
    record("case.tagged", case, actor, {"from": before, "to": tags})
    return case


def tidy_tag(name: str) -> str:
    return " ".join(storable(name.replace("\x00", "")).lower().split())[:TAG_LENGTH].strip()


@transaction.atomic
def snooze(actor: Agent, case: Case, until: datetime) -> Case:
    """Put a case out of sight until a moment to come. A new message wakes it before."""
    allow(actor, May.WORK)
    case = lock(actor, case)
    until = clock.aware(until)
    if until <= clock.now():
        raise Refusal(_("Choose a time to come."), code="past", status=422)
    if case.state == Case.State.CLOSED:
        raise Refusal(_("The case is closed. Reopen it first."), code="closed")
    case.state, case.snoozed_until = Case.State.SNOOZED, until
    save(case, "state", "snoozed_until")
    clocks.start(case, Deadline.Kind.SNOOZE, until)
    record("case.snoozed", case, actor, {"until": until.isoformat()})
    return case


@transaction.atomic
def wake(actor: Agent, case: Case) -> Case:
    allow(actor, May.WORK)
    case = lock(actor, case)
    if case.state != Case.State.SNOOZED:
        return case
    case.state, case.snoozed_until = Case.State.OPEN, None
    save(case, "state", "snoozed_until")
    clocks.finish(case, [Deadline.Kind.SNOOZE], Deadline.State.CANCELLED, clock.now())
    record("case.woken", case, actor)
    return case


@transaction.atomic
def close(actor: Agent, case: Case) -> Case:
    """The matter is done. Its clocks are stopped, and said so in the events; a promise with a date is
    not: its case comes back in time to keep it."""
    allow(actor, May.WORK)
    case = lock(actor, case)
    if case.state == Case.State.CLOSED:
        return case
    if amends.unfinished(case):
        raise Refusal(
            _("A mistake of ours in this case is not made right yet. Take its steps, or say why not."),
            code="open_mistake",
        )
    now = clock.now()
    was_due = case.due_at
    ended = clocks.finish(case, [*clocks.PROMISES, Deadline.Kind.SNOOZE], Deadline.State.CANCELLED, now)
    case.state, case.closed_at, case.snoozed_until, case.due_at = Case.State.CLOSED, now, None, None
    save(case, "state", "closed_at", "snoozed_until", "due_at")
    record(
        "case.closed",
        case,
        actor,
        {
            "at": now.isoformat(),
            "due_at": was_due.isoformat() if was_due else None,
            "awaited_us": case.awaits_us,
            "cancelled": [deadline.noted() for deadline in ended],
        },
    )
    return case


@transaction.atomic
def reopen(actor: Agent, case: Case) -> Case:
    """Closed by mistake, or not done after all. What we owed when it was closed is owed again,
    with the time it had."""
    allow(actor, May.WORK)
    case = lock(actor, case)
    if case.state != Case.State.CLOSED:
        return case
    closure = case.events.filter(brand_id=actor.brand_id, kind="case.closed").order_by("-id").first()
    case.state, case.closed_at = Case.State.OPEN, None
    if case.awaits_us:
        clocks.give_back(case, closure.data.get("cancelled", []) if closure else [])
        showing.owe_what_waits(case)
    case.due_at = clocks.next_due(case)
    save(case, "state", "closed_at", "due_at")
    record("case.reopened", case, actor)
    return case


VERBS: dict[str, Callable[..., Case]] = {
    "claim": claim,
    "release": release,
    "assign": assign,
    "tag": tag,
    "snooze": snooze,
    "wake": wake,
    "close": close,
    "reopen": reopen,
}


def bulk(
    actor: Agent, case_ids: Sequence[int], verb: str, **wanted: Any
) -> list[tuple[Case, Refusal | None]]:
    """One verb over many cases. Each stands alone: a refusal of one does not stop the others."""
    allow(actor, May.WORK)
    if verb not in VERBS:
        raise Refusal(_("There is no such action."), code="no_such_verb", status=422)
    if len(case_ids) > BULK_LIMIT:
        raise Refusal(
            _("At most %(most)d cases at once.") % {"most": BULK_LIMIT}, code="too_many", status=422
        )
    outcome: list[tuple[Case, Refusal | None]] = []
    for case in Case.objects.filter(brand_id=actor.brand_id, pk__in=case_ids).order_by("pk"):
        try:
            outcome.append((VERBS[verb](actor, case, **wanted), None))
        except Refusal as refusal:
            outcome.append((case, refusal))
    return outcome
