"""Asking another department from inside a case, and what becomes of the question while nobody answers.

What the department does by its link stands in answering.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cortafuegos.guard.masking import masked
from cortafuegos.inbox import asking
from cortafuegos.inbox.actions import asking_links
from cortafuegos.inbox.actions.record import allow, lock, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Department, Message, Question, QuestionLink
from cortafuegos.kit import clock
from cortafuegos.kit.text import storable
from cortafuegos.people.joined import everybody
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Agent, Brand
from cortafuegos.team.rules import May

State = Question.State
MOST_OPEN = 10  # of one case
FARTHEST = timedelta(days=60)


@transaction.atomic
def ask(
    actor: Agent,
    case: Case,
    department: Department,
    text: str,
    *,
    due_at: datetime | None = None,
    share: Sequence[int] = (),
    with_name: bool = False,
    with_data: bool = False,
) -> Question:
    """``share``: the case's messages that go along. Personal data in them are masked, and so is the
    customer's name, unless the agent says otherwise. Without ``due_at`` the owner has their usual time."""
    allow(actor, May.WORK)
    case, now = lock(actor, case), clock.now()
    if department.brand_id != case.brand_id or not department.active:
        raise Refusal(_("There is no such department."), code="no_such_department", status=422)
    text = storable(text).strip()
    if not any(char.isalnum() for char in text):
        raise Refusal(_("Write the question."), code="empty", status=422)
    if len(text) > asking.LONGEST:
        most = {"most": asking.LONGEST}
        raise Refusal(_("A question holds at most %(most)d characters.") % most, code="too_long", status=422)
    mine = Question.objects.filter(brand_id=case.brand_id, case=case, state=State.OPEN)
    if mine.count() >= MOST_OPEN:
        raise Refusal(_("This case has too many open questions already."), code="too_many", status=422)
    first = line_of(department)[0]
    due = clock.aware(due_at) if due_at else _time(department, first, now)
    if not now < due <= now + FARTHEST:
        raise Refusal(_("Choose a time to come, within two months."), code="no_time", status=422)
    question = Question.objects.create(
        brand_id=case.brand_id,
        case=case,
        department=department,
        agent=actor,
        text=text,
        shared=_shared(case, share, with_name=with_name, with_data=with_data),
        about=str(case.identity)[:200] if with_name else "",
        asked_at=now,
        due_at=due,
        rung_due_at=due,
        next_at=asking.strikes_at(now, due),
        steps=[_step("asked", first.name, now, due)],
    )
    link = asking_links.make(question, 0, first.name, first.email, now)
    _mail(link, "asked")
    show(case)
    record("question.asked", case, actor, facts(question))
    return question


def line_of(department: Department) -> tuple[asking.Rung, ...]:
    return asking.ladder(department.ladder)


def _time(department: Department, rung: asking.Rung, since: datetime) -> datetime:
    return asking.time_of(rung, since, zone_of(department.brand), office=department.office_hours)


def zone_of(brand: Brand) -> ZoneInfo:
    return ZoneInfo(brand.time_zone)


def names_of(case: Case) -> list[str]:
    """How the customer is called, on every network."""
    theirs = Identity.objects.filter(brand_id=case.brand_id, person_id=case.person_id)
    found = [name for pair in theirs.values_list("name", "handle")[:50] for name in pair]
    called = Person.objects.filter(brand_id=case.brand_id, pk__in=everybody(case.person))
    return [*called.values_list("name", flat=True), *found]


def preview(case: Case, message: Message, names: Sequence[str]) -> str:
    """The words of a message as a department sees them when the agent chooses nothing else."""
    return masked(message.text, names)


def _shared(case: Case, share: Sequence[int], *, with_name: bool, with_data: bool) -> list[dict[str, object]]:
    said = Message.objects.filter(brand_id=case.brand_id, case=case, deleted_at=None, pk__in=list(share))
    names = [] if with_name else names_of(case)
    return [
        {
            "message": one.pk,
            "at": one.posted_at.isoformat(),
            "ours": one.direction == Message.Direction.OUT,
            "text": one.text[: asking.LONGEST] if with_data else masked(one.text, names)[: asking.LONGEST],
        }
        for one in said.order_by("posted_at", "pk")[: asking.MOST_SHARED]
    ]


def _step(kind: str, who: str, at: datetime, until: datetime | None = None) -> dict[str, str]:
    return {"kind": kind, "who": who, "at": at.isoformat(), "until": until.isoformat() if until else ""}


def note_step(question: Question, kind: str, who: str, at: datetime, until: datetime | None = None) -> None:
    question.steps = [*question.steps, _step(kind, who, at, until)][-asking.MOST_STEPS :]


def facts(question: Question) -> dict[str, object]:
    return {
        "question": question.pk,
        "department": question.department_id,
        "to": question.department.name,
        "due_at": question.due_at.isoformat(),
    }


def show(case: Case, now: datetime | None = None) -> None:
    """Keep on the case what its row says of its questions."""
    theirs = Question.objects.filter(brand_id=case.brand_id, case=case)
    found = [(q.state, q.rung_due_at if q.rung == 0 else q.due_at, q.seen_at is not None) for q in theirs]
    inside = asking.shows(found, now or clock.now())
    if inside != case.inside:
        case.inside = inside
        save(case, "inside")


def _mail(link: QuestionLink, why: str) -> None:
    from cortafuegos.inbox.jobs import mail_question  # jobs import the actions

    if link.email:
        mail_question.defer(link_id=link.pk, why=why)


def _held(actor: Agent, question: Question) -> tuple[Case, Question]:
    case = lock(actor, question.case)
    held = Question.objects.select_for_update(of=("self",)).select_related("department")
    found = held.filter(brand_id=actor.brand_id, case=case, pk=question.pk).first()
    if found is None:
        raise Refusal(_("There is no such question."), code="no_such_question", status=404)
    found.case = case
    return case, found


@transaction.atomic
def withdraw(actor: Agent, question: Question) -> Question:
    """It is no longer needed: its links say so to whoever opens them."""
    allow(actor, May.WORK)
    case, question = _held(actor, question)
    if question.state != State.OPEN:
        raise Refusal(_("This question is no longer open."), code="not_open")
    question.state, question.next_at = State.WITHDRAWN, None
    question.save(update_fields=["state", "next_at"])
    asking_links.revoke(question, clock.now())
    show(case)
    record("question.withdrawn", case, actor, facts(question))
    return question


@transaction.atomic
def see(actor: Agent, question: Question) -> Question:
    """Somebody has read the answer, or put it into a reply."""
    allow(actor, May.WRITE)
    case, question = _held(actor, question)
    if question.state in (State.ANSWERED, State.NOT_OURS) and question.seen_at is None:
        question.seen_at = clock.now()
        question.save(update_fields=["seen_at"])
        show(case)
        record("question.seen", case, actor, facts(question))
    return question


@transaction.atomic
def renew_link(actor: Agent, question: Question) -> QuestionLink:
    """The link went astray: the one of whoever is asked now stops working, and they get another."""
    allow(actor, May.WORK)
    case, question = _held(actor, question)
    if question.state != State.OPEN:
        raise Refusal(_("This question is no longer open."), code="not_open")
    now, line = clock.now(), line_of(question.department)
    rung = line[min(question.rung, len(line) - 1)]
    asking_links.revoke(question, now, question.rung)
    link = asking_links.make(question, question.rung, rung.name, rung.email, now)
    _mail(link, "asked")
    record("question.link_renewed", case, actor, facts(question))
    return link


# --- the clock ------------------------------------------------------------------------------

# As with deadlines: the case is held first, and one that somebody works on waits for the next round.
_DUE = """
WITH due AS (
  SELECT id, case_id FROM cortafuegos_question
   WHERE state = 'open' AND next_at <= %(now)s ORDER BY next_at LIMIT %(limit)s
), held AS (
  SELECT id FROM cortafuegos_case WHERE id IN (SELECT case_id FROM due)
   ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
)
SELECT q.id FROM cortafuegos_question q JOIN due ON due.id = q.id JOIN held ON held.id = q.case_id
 WHERE q.state = 'open' AND q.next_at <= %(now)s ORDER BY q.next_at, q.id FOR NO KEY UPDATE OF q SKIP LOCKED
"""


def strike(now: datetime, limit: int = 200) -> int:
    """Remind who was asked, and ask the next in line when their time is over. May run anywhere, any
    number of times at once; returns how many questions it handled."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_DUE, {"now": now, "limit": limit})
            ids = [row[0] for row in cursor.fetchall()]
        found = Question.objects.filter(pk__in=ids).select_related("case", "department__brand")
        for question in found.order_by("next_at", "pk"):
            _strike(question, now)
    return len(ids)


def _strike(question: Question, now: datetime) -> None:
    case = Case.objects.get(brand_id=question.brand_id, pk=question.case_id)
    line = line_of(question.department)
    tick = asking.tick(
        now,
        rung=question.rung,
        rung_due_at=question.rung_due_at,
        reminded=question.reminded,
        line=line,
        zone=zone_of(question.department.brand),
        office=question.department.office_hours,
    )
    was = line[min(question.rung, len(line) - 1)].name
    question.next_at = tick.next_at
    if tick.what == "remind":
        question.reminded = True
        note_step(question, "reminded", was, now)
        for link in _links(question).filter(rung=question.rung):
            _mail(link, "reminded")
    elif tick.what == "climb":
        rung = line[tick.rung]
        question.rung, question.rung_due_at, question.reminded = tick.rung, tick.rung_due_at, False
        note_step(question, "climbed", rung.name, now, tick.rung_due_at)
        _mail(asking_links.make(question, tick.rung, rung.name, rung.email, now), "climbed")
    else:
        note_step(question, "given_up", was, now)
    question.save(update_fields=["rung", "rung_due_at", "next_at", "reminded", "steps"])
    show(case, now)
    who = line[question.rung].name if question.rung < len(line) else was
    record(_KINDS[tick.what], case, None, {**facts(question), "who": who, "was": was})


_KINDS = {"remind": "question.reminded", "climb": "question.climbed", "give_up": "question.unanswered"}


def _links(question: Question) -> QuerySet[QuestionLink]:
    return QuestionLink.objects.filter(brand_id=question.brand_id, question=question, revoked_at=None)
