"""Two cases that are one matter, one case that is two, and the way back from both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions import clocks, showing, waiting
from cortafuegos.inbox.actions.record import allow, lock, record, save
from cortafuegos.inbox.actions.splitting import carry, move_drafts, open_with, warn_instead
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import (
    Approval,
    Case,
    Deadline,
    Draft,
    Event,
    Message,
    Mistake,
    Note,
    Promise,
    Question,
    RelationStep,
    Reply,
)
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

State = Case.State
MOST = 20  # cases merged at once
_MOVED = (
    (Message, "messages"),
    (Note, "notes"),
    (Reply, "replies"),
    (Promise, "promises"),
    (Question, "questions"),
    (Approval, "approvals"),
    (Mistake, "mistakes"),
)


@transaction.atomic
def merge(actor: Agent, into: Case, sources: Sequence[Case]) -> Case:
    """Everything of the sources moves into one case. What moved is on record, so that each source
    can be taken out again (:func:`unmerge`)."""
    allow(actor, May.WORK)
    wanted = {case.pk for case in sources} - {into.pk}
    if not wanted or len(wanted) > MOST:
        raise Refusal(
            _("Choose between one and %(most)d other cases.") % {"most": MOST},
            code="nothing_to_merge",
            status=422,
        )
    held = {case.pk: case for case in (lock(actor, c) for c in _in_order([into, *sources]))}
    into = held[into.pk]
    awaits_us = into.awaits_us or any(held[pk].awaits_us for pk in wanted)
    for pk in sorted(wanted):
        _absorb(actor, into, held[pk])
    showing.refresh(into, awaits_us=awaits_us)
    return into


def _in_order(cases: Sequence[Case]) -> list[Case]:
    """Locks are always taken by rising number, so that two merges never wait for each other."""
    return [case for _pk, case in sorted({case.pk: case for case in cases}.items())]


def _absorb(actor: Agent, into: Case, source: Case) -> None:
    mine = {"brand_id": source.brand_id, "case": source}
    moved = {name: list(model.objects.filter(**mine).values_list("pk", flat=True)) for model, name in _MOVED}
    moved["drafts"] = move_drafts(into, list(Draft.objects.filter(**mine)))
    waiting.show(into)
    for model, _name in _MOVED:
        model.objects.filter(**mine).update(case=into)
    owed = clocks.owed_by(into)
    ended = clocks.finish(source, list(Deadline.Kind), Deadline.State.CANCELLED, clock.now())
    for deadline in ended:
        if deadline.kind in clocks.PROMISES:
            clocks.owe(into, deadline.due_at, deadline.was)
    before = {
        "state": source.state,
        "closed_at": _iso(source.closed_at),
        "snoozed_until": _iso(source.snoozed_until),
        "awaits_us": source.awaits_us,
        "owed": [deadline.noted() for deadline in ended],
    }
    tags = [tag for tag in source.tags if tag not in into.tags]
    given = {
        "tags": tags,
        "assignee": None if into.assignee_id else source.assignee_id,
        "owed": [owed.kind, owed.due_at.isoformat(), owed.state] if owed else None,
        "was_closed_at": _iso(into.closed_at),
        "was_quiet": into.quiet,
    }
    if source.state in (State.OPEN, State.SNOOZED) and into.state == State.CLOSED:
        into.state, into.closed_at = State.OPEN, None
    into.quiet = into.quiet and source.quiet  # what was to be seen stays to be seen
    into.tags = [*into.tags, *tags]
    into.assignee_id = into.assignee_id or source.assignee_id
    source.state, source.merged_into, source.due_at = State.MERGED, into, None
    source.proposed = source.returned = source.failed = False
    source.approve_by, source.inside = None, 0
    shown = ("proposed", "approve_by", "returned", "failed", "inside")
    save(source, "state", "merged_into", "due_at", *shown)
    record("case.merged", source, actor, {"into": into.pk, "before": before, "moved": moved})
    record("case.absorbed", into, actor, {"source": source.pk, "number": source.number, "given": given})


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@transaction.atomic
def unmerge(actor: Agent, source: Case) -> Case:
    """Undo a merge: what came from the source goes back to it, out of the case that holds it now."""
    source, _into = take_out(actor, source)
    return source


def take_out(actor: Agent, source: Case) -> tuple[Case, Case]:
    """The same, inside the caller's transaction; also returns the case that held it."""
    allow(actor, May.WORK)
    source, into = _hold_merged(actor, source)
    merged = _latest(source, "case.merged")
    moved, before = merged.get("moved", {}), merged.get("before", {})
    for model, name in _MOVED:
        theirs = model.objects.filter(brand_id=source.brand_id, case=into, pk__in=moved.get(name, []))
        theirs.update(case=source)
    for draft in Draft.objects.filter(brand_id=source.brand_id, case=into, pk__in=moved.get("drafts", [])):
        draft.case = source
        draft.save(update_fields=["case"])
    _warned_meanwhile(source)
    _restore(source, before)
    _take_back(into, source, before)
    record("case.unmerged", source, actor, {"from": into.pk})
    record("case.gave_back", into, actor, {"source": source.pk, "number": source.number})
    showing.refresh(source, awaits_us=before.get("awaits_us"))
    showing.refresh(into)
    return source, into


def _warned_meanwhile(source: Case) -> None:
    """What was noted as a warning while it was merged, of answers that are back."""
    merged = Event.objects.filter(brand_id=source.brand_id, case=source, kind="case.merged")
    back = Message.objects.filter(brand_id=source.brand_id, case=source)
    since = merged.order_by("-pk").values("at")[:1]
    warn_instead(source, RelationStep.objects.filter(message__in=back, at__gte=since))


def _hold_merged(actor: Agent, source: Case) -> tuple[Case, Case]:
    """The merged case and the one that holds its messages today, which may have been merged in turn."""
    cases = Case.objects.filter(brand_id=actor.brand_id)
    chain = [source.pk]
    while (
        onward := cases.filter(pk=chain[-1], state=State.MERGED).values_list("merged_into", flat=True).first()
    ):
        chain.append(onward)
    held = {
        case.pk: case
        for case in cases.filter(pk__in=chain).select_for_update(of=("self",), no_key=True).order_by("pk")
    }
    if len(chain) < 2 or held[chain[0]].state != State.MERGED or held[chain[-1]].state == State.MERGED:
        raise Refusal(_("This case is not merged."), code="not_merged")
    return held[chain[0]], held[chain[-1]]


def _latest(case: Case, kind: str, **facts: Any) -> dict[str, Any]:
    found = Event.objects.filter(
        brand_id=case.brand_id, case=case, kind=kind, **{f"data__{k}": v for k, v in facts.items()}
    )
    event = found.order_by("-pk").first()
    return event.data if event else {}


def _restore(source: Case, before: dict[str, Any]) -> None:
    """The source as it was, unless the time it slept until has passed."""
    closed_at, until = _moment(before.get("closed_at")), _moment(before.get("snoozed_until"))
    asleep = before.get("state") == State.SNOOZED and until is not None and until > clock.now()
    source.state, source.merged_into = State.OPEN, None
    source.closed_at = source.snoozed_until = None
    if before.get("state") == State.CLOSED:
        source.state, source.closed_at = State.CLOSED, closed_at
    elif asleep and until is not None:
        source.state, source.snoozed_until = State.SNOOZED, until
        clocks.start(source, Deadline.Kind.SNOOZE, until)
    source.quiet = source.quiet and _ended(source)
    clocks.give_back(source, before.get("owed", []))
    save(source, "state", "merged_into", "closed_at", "snoozed_until", "quiet")


def _ended(case: Case) -> bool:
    return case.person.ended_at is not None


def _take_back(into: Case, source: Case, before: dict[str, Any]) -> None:
    """What the case had only from the source: tags, its assignee, an earlier promise, and being open."""
    given = _latest(into, "case.absorbed", source=source.pk).get("given", {})
    into.quiet = given.get("was_quiet", False) and _ended(into)
    into.tags = [tag for tag in into.tags if tag not in given.get("tags", [])]
    if into.assignee_id == given.get("assignee"):
        into.assignee_id = None
    owed, theirs = clocks.owed_by(into), [due for kind, due, _was in before.get("owed", [])]
    if owed and owed.due_at.isoformat() in theirs:
        clocks.finish(into, clocks.PROMISES, Deadline.State.CANCELLED, clock.now())
        if given.get("owed"):
            clocks.give_back(into, [given["owed"]])
    closed_at = _moment(given.get("was_closed_at"))
    left = Message.objects.filter(brand_id=into.brand_id, case=into)
    if closed_at and into.state == State.OPEN and not left.filter(received_at__gt=closed_at).exists():
        into.state, into.closed_at = State.CLOSED, closed_at
        clocks.finish(into, clocks.PROMISES, Deadline.State.CANCELLED, clock.now())


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@transaction.atomic
def split(actor: Agent, case: Case, message_ids: Sequence[int]) -> Case:
    """Some messages are another matter: they become a case of their own, in the same hands."""
    allow(actor, May.WORK)
    case = lock(actor, case)
    mine = Message.objects.filter(brand_id=case.brand_id, case=case)
    chosen = list(mine.filter(pk__in=message_ids).select_related("identity").order_by("posted_at", "pk"))
    theirs = [m for m in chosen if m.direction == Message.Direction.IN]
    if not theirs:
        raise Refusal(_("Choose at least one message of the customer."), code="nothing_to_split", status=422)
    if len(chosen) == mine.count():
        raise Refusal(_("Leave at least one message in the case."), code="nothing_left", status=422)
    new = open_with(case, chosen)
    ids = [message.pk for message in chosen]
    carry(case, new, ids)
    record("case.split", case, actor, {"into": new.pk, "number": new.number, "messages": ids})
    record("case.opened", new, actor, {"split_from": case.pk, "number": case.number})
    for changed in (case, new):
        showing.refresh(changed)
    return new
