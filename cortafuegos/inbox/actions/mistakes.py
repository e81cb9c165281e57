"""Published by mistake: reported, taken off, apologised for, and closed with what was learnt."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions import amends, cases, intervening, notes, withdrawing
from cortafuegos.inbox.actions.record import allow, record
from cortafuegos.inbox.causes import cause_words
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Message, Mistake, Reply
from cortafuegos.inbox.righting import LONGEST, NONE, Cause, Step
from cortafuegos.kit import clock
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may


@transaction.atomic
def report(actor: Agent, message: Message, *, cause: str, what: str) -> Mistake:
    """Say that an answer of ours should not have been published, and what was wrong with it.

    Its writer may, whoever wrote its draft, and a supervisor; one that nobody's name stands under, anybody
    who answers. Reported again it stays as it was reported. A case that was closed opens again.
    """
    allow(actor, May.SEND)
    message = intervening.hold(actor, message)
    case = message.case
    if message.direction != Message.Direction.OUT or case is None:
        raise Refusal(_("Only what we said in a case can be our mistake."), code="not_ours", status=422)
    reply = Reply.objects.filter(brand_id=case.brand_id, message=message).first()
    if not may_report(actor, message, reply):
        raise Refusal(
            _("Only who wrote it can report it, or a supervisor. Tell one of them."),
            code="not_yours",
            status=403,
        )
    if cause not in set(Cause):
        raise Refusal(_("Choose what kind of mistake it was."), code="no_such_cause", status=422)
    words = _words(what)
    mistake, made = Mistake.objects.get_or_create(
        brand_id=case.brand_id,
        message=message,
        defaults={"case": case, "agent": actor, "cause": cause, "what": words},
    )
    if not made:
        return mistake
    if case.state == Case.State.CLOSED:
        case = cases.reopen(actor, case)
    with translation.override(actor.brand.language):
        said = gettext("Published by mistake (%(cause)s): %(what)s")
        notes.write(actor, case, said % {"cause": cause_words(cause), "what": words})
    facts = {"mistake": mistake.pk, "message": message.pk, "cause": cause}
    record("mistake.reported", case, actor, facts)
    return mistake


def may_report(actor: Agent, message: Message, reply: Reply | None) -> bool:
    """Nobody points at a colleague: they tell them, or a supervisor. Writes nothing."""
    wrote = {message.agent_id, reply.agent_id if reply else None, reply.drafted_by_id if reply else None}
    return may(actor.role, May.REVIEW) or wrote == {None} or actor.pk in wrote


@transaction.atomic
def taken_off(actor: Agent, mistake: Mistake) -> Mistake:
    """Somebody took it off the network there, by hand. Said twice is said once."""
    allow(actor, May.SEND)
    _case, held = _held(actor, mistake)
    message = held.message
    if message.deleted_at is None:
        if intervening.under_way(message):
            raise Refusal(
                _("The desk is taking it off just now. Wait a moment for what comes of it."),
                code="under_way",
            )
        intervening.by_hand(actor, message, withdrawing.speaker(message), held.what)
    return held


@transaction.atomic
def leave_out(actor: Agent, mistake: Mistake, step: str, why: str) -> Mistake:
    """It stays on the network, or nobody apologises, for a reason that the review reads."""
    allow(actor, May.SEND)
    case, held = _held(actor, mistake)
    if step not in set(Step):
        raise Refusal(_("There is no such step."), code="no_such_step", status=422)
    if step not in amends.steps(held):
        raise Refusal(_("This step is settled already."), code="settled")
    field = "stays" if step == Step.TAKE_OFF else "unsaid"
    setattr(held, field, _words(why))
    held.save(update_fields=[field])
    record("mistake.left_out", case, actor, {"mistake": held.pk, "step": step})
    return held


@transaction.atomic
def close(actor: Agent, mistake: Mistake, *, cause: str, learnt: str) -> Mistake:
    """Reviewed: what it was, and what is done differently from now on. What was no mistake after all asks
    for nothing more; any other has its steps settled first."""
    allow(actor, May.REVIEW)
    case, held = _held(actor, mistake)
    if held.closed_at is not None and held.closed_by is not None:
        moment = timezone.localtime(held.closed_at)
        raise Refusal(
            _("%(name)s closed it already, at %(hour)s.")
            % {"name": held.closed_by, "hour": f"{moment:%H:%M}"},
            code="closed",
        )
    if cause not in {*Cause, NONE}:
        raise Refusal(_("Choose what kind of mistake it was."), code="no_such_cause", status=422)
    if cause != NONE and amends.steps(held):
        raise Refusal(
            _("It is not made right yet. Take its steps in the case, or say there why not."),
            code="open_mistake",
        )
    held.cause, held.learnt, held.closed_at, held.closed_by = cause, _words(learnt), clock.now(), actor
    held.save(update_fields=["cause", "learnt", "closed_at", "closed_by"])
    record("mistake.closed", case, actor, {"mistake": held.pk, "cause": cause})
    return held


def _held(actor: Agent, mistake: Mistake) -> tuple[Case, Mistake]:
    """The case, its message, then the row, in this order as everywhere."""
    mine = Mistake.objects.filter(brand_id=actor.brand_id, pk=mistake.pk)
    found = mine.select_related("message").first()
    if found is None:
        raise Refusal(_("There is no such mistake."), code="no_such_mistake", status=404)
    message = intervening.hold(actor, found.message)
    held = mine.select_for_update(of=("self",)).select_related("closed_by__user").get()
    held.message = message
    return held.case if message.case is None else message.case, held


def _words(raw: str) -> str:
    words = " ".join(storable(raw, LONGEST).split())
    if not any(char.isalnum() for char in words):
        raise Refusal(_("Say it in a few words."), code="needs_reason", status=422)
    return words
