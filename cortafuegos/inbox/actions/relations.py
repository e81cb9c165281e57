"""Ending the relation with a person, the last resort (C3), and taking it up again.

The person is held first and their cases after, as ``receive`` does: what arrives meanwhile waits, and then
finds the relation ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions import clocks
from cortafuegos.inbox.actions.persons import hold
from cortafuegos.inbox.actions.record import allow, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline, Event, Message, Promise, RelationStep
from cortafuegos.inbox.queries import relations
from cortafuegos.inbox.receive import hearing
from cortafuegos.kit import clock, log
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.text import storable
from cortafuegos.people.joined import everybody
from cortafuegos.people.models import Person
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

Kind = RelationStep.Kind
LONGEST = 1_000


@transaction.atomic
def warn(actor: Agent, message: Message) -> RelationStep:
    """Note that this message of ours told the person where the limit is. Twice is once."""
    return _mark(actor, message, Kind.WARNED)


@transaction.atomic
def unwarn(actor: Agent, message: Message) -> RelationStep | None:
    """It was noted by mistake: it does not count, and both stay on record."""
    return _mark(actor, message, Kind.UNWARNED)


def _mark(actor: Agent, message: Message, kind: str) -> RelationStep:
    allow(actor, May.WORK)
    case = message.case
    if message.brand_id != actor.brand_id or case is None or message.direction != Message.Direction.OUT:
        raise Refusal(_("Only an answer of ours can be a warning."), code="not_ours", status=422)
    hold(actor.brand_id, case.person_id)
    mine = RelationStep.objects.filter(brand_id=actor.brand_id, message=message)
    last = mine.order_by("-pk").first()
    if (last.kind if last else Kind.UNWARNED) == kind:
        if last is None:
            raise Refusal(_("This was not noted as a warning."), code="no_warning")
        return last
    return _step(actor, case.home or case.person, kind, message=message)


@transaction.atomic
def end(actor: Agent, person: Person, *, reason: str, override: str = "") -> RelationStep:
    """From now on what this person writes is kept and shown apart, and no clock runs for it; what presses
    still gets through. ``override``: why there was no warning. Two supervisors at once make one ending."""
    allow(actor, May.END)
    why, instead = _words(reason), _words(override)
    (held,) = hold(actor.brand_id, person.pk)
    if held.ended_at is not None and (ending := relations.latest_ending(held)):
        return ending
    if not why:
        raise Refusal(_("Say why, in a few words."), code="needs_reason", status=422)
    warnings = relations.warnings(held)
    if not warnings and not instead:
        raise Refusal(
            _("They were not warned. Warn them first, or say why it must end without a warning."),
            code="needs_warning",
            status=422,
        )
    now = clock.now()
    Person.objects.filter(brand_id=actor.brand_id, pk=held.pk).update(ended_at=now)
    quieted = sum(quiet(actor, case) for case in _cases(held))
    data = {"warnings": len(warnings), "quieted": quieted}
    step = _step(actor, held, Kind.ENDED, at=now, reason=why, override="" if warnings else instead, data=data)
    _with_all(held, step, everybody(held))
    return step


@transaction.atomic
def resume(actor: Agent, person: Person, *, reason: str) -> RelationStep | None:
    """Take it up again: quiet cases are back in the queues, with clocks as new. None when it was not
    ended, or no longer."""
    allow(actor, May.END)
    why = _words(reason)
    (held,) = hold(actor.brand_id, person.pk)
    if held.ended_at is None:
        return None
    if not why:
        raise Refusal(_("Say why, in a few words."), code="needs_reason", status=422)
    Person.objects.filter(brand_id=actor.brand_id, pk=held.pk).update(ended_at=None)
    quiet = Case.objects.filter(brand_id=actor.brand_id, person=held, quiet=True)
    ids = list(quiet.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))
    hearing.hear(actor.brand_id, ids, clock.now(), why="resumed", by=actor.pk)
    nudge(actor.brand_id, ids)
    step = _step(actor, held, Kind.RESUMED, reason=why, data={"heard": len(ids)})
    _with_all(held, step, relations.ended(held.brand_id, everybody(held)))
    return step


def _with_all(face: Person, step: RelationStep, who: Iterable[int]) -> None:
    """It was decided about one person: who was joined into this face has it on record too, and keeps it
    if they are separated one day."""
    for pk in set(who) - {face.pk}:
        facts = {"at": step.at, "reason": step.reason, "override": step.override, "data": {"with": step.pk}}
        RelationStep.objects.create(
            brand_id=face.brand_id, person_id=pk, kind=step.kind, agent=step.agent, **facts
        )


def _cases(person: Person) -> list[Case]:
    working = (Case.State.OPEN, Case.State.SNOOZED)
    rows = Case.objects.filter(brand_id=person.brand_id, person=person, state__in=working, quiet=False)
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def quiet(actor: Agent, case: Case, **why: int) -> bool:
    """Unless something in it must still be done: what presses, a promise of ours, a question inside."""
    promised = Promise.objects.filter(brand_id=case.brand_id, case=case, done_at=None).exists()
    if case.urgency >= hearing.PRESSING or promised or case.inside:
        return False
    ended = clocks.finish(case, clocks.PROMISES, Deadline.State.CANCELLED, clock.now())
    case.quiet, case.due_at = True, None
    save(case, "quiet", "due_at")
    record("case.quieted", case, actor, {"cancelled": [deadline.noted() for deadline in ended], **why})
    return True


def _words(text: str) -> str:
    said = storable(text, LONGEST).strip()
    return said if any(char.isalnum() for char in said) else ""


def _step(actor: Agent, person: Person, kind: str, **known: Any) -> RelationStep:
    known.setdefault("at", clock.now())
    step = RelationStep.objects.create(
        brand_id=actor.brand_id, person=person, kind=kind, agent=actor, **known
    )
    about = step.message.case if step.message else None
    data = {"person": person.pk, "step": step.pk, "message": step.message_id}
    Event.objects.create(brand_id=actor.brand_id, kind=f"relation.{kind}", agent=actor, case=about, data=data)
    if about is not None:
        nudge(actor.brand_id, [about.pk])
    log.get(__name__).info(f"relation.{kind}", brand=actor.brand_id, person=person.pk, agent=actor.pk)
    return step
