"""Following a playbook in a case, and changing what it advises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions.record import allow, lock, record
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, CasePlaybook, Event
from cortafuegos.kit import clock, log
from cortafuegos.kit.text import storable, storable_json
from cortafuegos.knowledge import library, plain
from cortafuegos.knowledge.models import PlaybookVersion
from cortafuegos.knowledge.values import Playbook
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

LONGEST_REASON = 300
MOST_STEPS = 30
LARGEST = 60_000  # characters of a playbook


@transaction.atomic
def choose(actor: Agent, case: Case, slug: str) -> CasePlaybook:
    """Follow this one in the case, from its version of today or the one that was begun already."""
    allow(actor, May.WRITE)
    return _begin(actor, lock(actor, case), slug, again=True)


@transaction.atomic
def tick(actor: Agent, case: Case, slug: str, step: str, *, done: bool = True) -> CasePlaybook:
    """A step is done, or after all it is not."""
    return _mark(actor, case, slug, step, {"done": True} if done else None)


@transaction.atomic
def leave_out(actor: Agent, case: Case, slug: str, step: str, reason: str) -> CasePlaybook:
    """A step does not fit here. Why is told on the playbook's page: a bad step dies of its reasons."""
    why = " ".join(storable(reason).split())[:LONGEST_REASON]
    if not any(char.isalnum() for char in why):
        raise Refusal(_("Say in a few words why it does not fit here."), code="needs_reason", status=422)
    return _mark(actor, case, slug, step, {"left_out": why})


def _mark(actor: Agent, case: Case, slug: str, step: str, mark: dict[str, Any] | None) -> CasePlaybook:
    allow(actor, May.WRITE)
    run = _begin(actor, lock(actor, case), slug)
    value = library.values(actor.brand_id, [run.version_id]).get(run.version_id)
    if value is None or value.step(step) is None:
        raise Refusal(_("This playbook has no such step."), code="no_such_step", status=422)
    if run.marks.get(step) == mark:
        return run
    if mark is None:
        run.marks.pop(step, None)
    else:
        run.marks[step] = mark
    run.save(update_fields=["marks"])
    kind = "step_undone" if mark is None else "step_done" if "done" in mark else "step_left_out"
    reason = {"reason": mark["left_out"]} if mark and "left_out" in mark else {}
    facts = {"playbook": slug, "version": run.version.number, "step": step, **reason}
    record(f"playbook.{kind}", run.case, actor, facts)
    return run


def _begin(actor: Agent, case: Case, slug: str, *, again: bool = False) -> CasePlaybook:
    mine = CasePlaybook.objects.select_related("version", "case").filter(brand_id=case.brand_id, case=case)
    run = mine.filter(playbook__slug=slug).first()
    if run is not None:
        if again and mine.order_by("-chosen_at", "-pk").values_list("pk", flat=True).first() != run.pk:
            run.chosen_at = clock.now()
            run.save(update_fields=["chosen_at"])
            record("playbook.chosen", case, actor, {"playbook": slug, "version": run.version.number})
        return run
    entry = library.library(case.brand_id).get(slug)
    version = library.today(case.brand_id, slug) if entry and entry.active else None
    if version is None:
        raise Refusal(_("There is no such playbook, or it is switched off."), code="no_playbook", status=404)
    run = CasePlaybook.objects.create(
        brand_id=case.brand_id,
        case=case,
        playbook_id=version.playbook_id,
        version=version,
        chosen_at=clock.now(),
    )
    record("playbook.begun", case, actor, {"playbook": slug, "version": version.number})
    return run


# --- what they advise -----------------------------------------------------------------------


@transaction.atomic
def edit(actor: Agent, slug: str, body: Mapping[str, Any]) -> PlaybookVersion:
    """A new version. Cases that have begun keep theirs."""
    allow(actor, May.PLAYBOOKS)
    value = _readable(slug, body)
    before = library.library(actor.brand_id).get(slug)
    if before is not None and before.shipped and before.value == value:
        raise Refusal(_("Nothing has changed."), code="unchanged", status=422)
    _held, latest = library.hold(actor.brand_id, slug)
    version = library.write(actor.brand_id, value, actor.pk)
    if latest is not None and latest.pk == version.pk:
        raise Refusal(_("Nothing has changed."), code="unchanged", status=422)
    _tell("playbook.edited", actor, {"playbook": slug, "version": version.number})
    return version


@transaction.atomic
def switch(actor: Agent, slug: str, *, on: bool) -> None:
    """Off: it is proposed in no case any more. Where it has begun it stays."""
    allow(actor, May.PLAYBOOKS)
    if library.today(actor.brand_id, slug) is None:
        raise Refusal(_("There is no such playbook, or it is switched off."), code="no_playbook", status=404)
    held, _latest = library.hold(actor.brand_id, slug)
    if held.active != on:
        held.active = on
        held.save(update_fields=["active"])
        _tell("playbook.switched", actor, {"playbook": slug, "on": on})


def _readable(slug: str, body: Mapping[str, Any]) -> Playbook:
    try:
        value = plain.playbook(slug, storable_json(body))
    except plain.WrongPlaybook as wrong:
        raise Refusal(_wrong(wrong.code, wrong.what), code=f"wrong_{wrong.what}"[:40], status=422) from None
    if len(value.steps) > MOST_STEPS or len(str(body)) > LARGEST:
        raise Refusal(
            _("This is too long for anybody to follow. Make two of it."), code="too_long", status=422
        )
    return value


def _wrong(code: str, what: str) -> Any:
    if (code, what) == ("empty", "title"):
        return _("Give the playbook a title.")
    if (code, what) == ("empty", "steps"):
        return _("A playbook needs at least one step.")
    if (code, what) == ("empty", "advice"):
        return _("Each step needs a sentence of advice.")
    return _("This part cannot be read: %(part)s.") % {"part": what}


def _tell(kind: str, actor: Agent, data: dict[str, Any]) -> None:
    Event.objects.create(brand_id=actor.brand_id, kind=kind, agent=actor, data=data)
    log.get(__name__).info(kind, brand=actor.brand_id, agent=actor.pk)
