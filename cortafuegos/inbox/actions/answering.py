"""What a department does by its link: answer, say whom to ask instead, or ask for more time.

Whoever holds the link acts; who they say they are stands with what they say. Nothing else of the desk
can be reached from here, and no answer goes to a customer by itself.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox import asking
from cortafuegos.inbox.actions import asking_links, clocks
from cortafuegos.inbox.actions.asking import facts, note_step, show
from cortafuegos.inbox.actions.record import record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline, Question, QuestionLink
from cortafuegos.kit import clock
from cortafuegos.kit.text import storable

State = Question.State


@transaction.atomic
def answer(token: str, text: str, name: str = "") -> Question:
    link, case, question, now = _held(token)
    question.answer, question.state = _words(text, _("Write the answer.")), State.ANSWERED
    return _settle(link, case, question, name, now, "answered")


@transaction.atomic
def not_ours(token: str, whom: str, name: str = "") -> Question:
    """It is somebody else's to answer; ``whom``: as they call them."""
    link, case, question, now = _held(token)
    question.answer, question.state = _words(whom, _("Say whom to ask.")), State.NOT_OURS
    return _settle(link, case, question, name, now, "not_ours")


@transaction.atomic
def put_off(token: str, until: datetime, name: str = "") -> Question:
    """They need until then. The clock waits; what was asked for stays what the report goes by."""
    link, case, question, now = _held(token)
    until = clock.aware(until)
    if not asking.may_put_off(question.asked_at, now, until, question.put_off):
        raise Refusal(
            _("You can ask for more time twice, up to two weeks from the question. Answer what you know."),
            code="too_long",
            status=422,
        )
    question.put_off += 1
    question.rung_due_at, question.reminded = until, False
    question.next_at = asking.strikes_at(now, until)
    note_step(question, "put_off", _name(link, name), now, until)
    question.save(update_fields=["put_off", "rung_due_at", "reminded", "next_at", "steps"])
    show(case)
    told = {"who": _name(link, name), "until": until.isoformat()}
    record("question.put_off", case, None, {**facts(question), **told})
    return question


def _held(token: str) -> tuple[QuestionLink, Case, Question, datetime]:
    """The case is held before its question, as everywhere; of two answers at once one is first."""
    now = clock.now()
    link = asking_links.find(token, now)
    cases = Case.objects.select_for_update(of=("self",), no_key=True)
    case = cases.get(brand_id=link.brand_id, pk=link.question.case_id)
    questions = Question.objects.select_for_update(of=("self",)).select_related("department")
    question = questions.get(brand_id=link.brand_id, pk=link.question_id)
    if question.case_id != case.pk:  # merged or taken apart in this very moment
        raise Refusal(_("Somebody is working on this right now. Try again."), code="busy")
    if question.state == State.WITHDRAWN:
        raise Refusal(
            _("The question was withdrawn: nothing is needed from you."), code="revoked", status=410
        )
    if question.state != State.OPEN:
        raise Refusal(_("This question is answered already."), code="answered")
    return link, case, question, now


def _words(text: str, otherwise: object) -> str:
    words = storable(text).strip()
    if not any(char.isalnum() for char in words):
        raise Refusal(otherwise, code="empty", status=422)
    if len(words) > asking.LONGEST:
        most = {"most": asking.LONGEST}
        raise Refusal(_("An answer holds at most %(most)d characters.") % most, code="too_long", status=422)
    return words


def _name(link: QuestionLink, given: str) -> str:
    return " ".join(storable(given).split())[:120] or link.name


def _settle(
    link: QuestionLink, case: Case, question: Question, name: str, now: datetime, kind: str
) -> Question:
    question.answered_by, question.answered_at, question.next_at = _name(link, name), now, None
    note_step(question, kind, question.answered_by, now)
    question.save(
        update_fields=["state", "answer", "answered_by", "answered_at", "next_at", "steps"],
    )
    if case.state == Case.State.SNOOZED:  # whoever put it off was waiting for this
        clocks.finish(case, [Deadline.Kind.SNOOZE], Deadline.State.CANCELLED, now)
        case.state, case.snoozed_until = Case.State.OPEN, None
        case.due_at = clocks.next_due(case)
        save(case, "state", "snoozed_until", "due_at")
    show(case)
    told = {"who": question.answered_by, "late": now > question.due_at, "named": link.name}
    record(f"question.{kind}", case, None, {**facts(question), **told})
    return question
