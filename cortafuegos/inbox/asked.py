"""Questions inside as the case shows them: a line where each was asked and answered, and a card beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from cortafuegos.inbox import asking_story, harmless, words
from cortafuegos.inbox.actions import asking_links
from cortafuegos.inbox.models import Case, Question, QuestionLink
from cortafuegos.inbox.queries.cast import Cast
from cortafuegos.kit.compiled import compiled

DONE = (Question.State.ANSWERED, Question.State.NOT_OURS)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two moments of a question that stand in the thread."""

    question: Question
    answered: bool


@dataclass(frozen=True, slots=True)
class Shown:
    key: str
    who: str
    to: str
    when: str
    text: SafeString
    answered: bool
    not_ours: bool = False
    late: bool = False


def parts(questions: Iterable[Question]) -> list[tuple[datetime, Part]]:
    found: list[tuple[datetime, Part]] = []
    for question in questions:
        found.append((question.asked_at, Part(question, answered=False)))
        if question.answered_at and question.state in DONE:
            found.append((question.answered_at, Part(question, answered=True)))
    return found


def shown(part: Part, cast: Cast, now: datetime) -> Shown:
    question, answered = part.question, part.answered
    at = question.answered_at if answered and question.answered_at else question.asked_at
    asker = cast.agent(question.agent_id)
    return Shown(
        key=f"{'qa' if answered else 'q'}{question.pk}",
        who=harmless.name(question.answered_by) if answered else (asker.name if asker else ""),
        to=harmless.name(question.department.name),
        when=words.moment(at, now),
        text=harmless.text(question.answer if answered else question.text),
        answered=answered,
        not_ours=answered and question.state == Question.State.NOT_OURS,
        late=answered and at > question.due_at,
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A question that still wants something of us: an answer to come, or one nobody has seen."""

    id: int
    to: str
    text: str
    open: bool
    not_ours: bool
    answer: str
    by: str
    when: str
    late: bool
    due: words.Due | None
    due_at: datetime
    turn: str  # whose turn it is
    unanswered: bool  # nobody is left to ask
    mailed: bool
    mail_failed: bool
    path: str  # of the link, for whoever may pass it on
    story: list[str] = field(default_factory=list)


def beside(case: Case, questions: Iterable[Question], now: datetime) -> list[Card]:
    theirs = [q for q in questions if q.state == "open" or (q.state in DONE and q.seen_at is None)]
    if not theirs:
        return []
    links: dict[int, QuestionLink] = {}
    rows = QuestionLink.objects.filter(brand_id=case.brand_id, question__in=theirs, revoked_at=None)
    for link in rows.order_by("pk"):
        links[link.question_id] = link
    return [_card(one, links.get(one.pk), now) for one in sorted(theirs, key=lambda q: (q.state, q.asked_at))]


def _card(question: Question, link: QuestionLink | None, now: datetime) -> Card:
    waits = question.state == Question.State.OPEN
    return Card(
        id=question.pk,
        to=harmless.name(question.department.name),
        text=harmless.line(question.text[:300]),
        open=waits,
        not_ours=question.state == Question.State.NOT_OURS,
        answer=question.answer,
        by=harmless.name(question.answered_by),
        when=words.ago(question.answered_at, now) if question.answered_at else "",
        late=question.due_at < (question.answered_at or now),
        due=words.due(question.rung_due_at, now) if waits else None,
        due_at=question.rung_due_at,
        turn=harmless.name(link.name) if link else "",
        unanswered=waits and question.next_at is None,
        mailed=bool(link and link.mailed_at),
        mail_failed=bool(link and (link.mail_failed or not link.email)),
        path=reverse("inbox:inside", args=[asking_links.token(link)]) if waits and link else "",
        story=asking_story.told(question, now),
    )


def of(case: Case) -> list[Question]:
    return _latest(case.brand_id, case.pk)[::-1]


@compiled
def _latest(brand_id: Any, case_id: Any) -> QuerySet[Question]:
    rows = Question.objects.filter(brand_id=brand_id, case_id=case_id).select_related("department")
    return rows.order_by("-asked_at")[:50]
