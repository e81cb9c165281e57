"""Reading lessons, taking the exam, and what passing it gives."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.kit import clock
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.access import require
from cortafuegos.team.certificates import Certificate
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May
from cortafuegos.training import queries, rules
from cortafuegos.training.actions.courses import newest
from cortafuegos.training.actions.record import record
from cortafuegos.training.models import Attempt, Course, Reading


def read(actor: Agent, course: Course, lesson: rules.Lesson) -> None:
    """Somebody has come to the end of a lesson. Twice is once."""
    require(actor, May.READ)
    Reading.objects.get_or_create(
        brand_id=actor.brand_id, agent=actor, course=_own(actor, course), digest=lesson.digest
    )


@transaction.atomic
def begin(actor: Agent, course: Course, language: str) -> Attempt:
    """A paper of one's own; the one already begun, if there is one."""
    require(actor, May.READ)
    _own(actor, course)
    Agent.objects.select_for_update().get(brand_id=actor.brand_id, pk=actor.pk)  # two tabs, one paper
    mine = Attempt.objects.filter(brand_id=actor.brand_id, agent=actor, course=course)
    if begun := mine.filter(finished_at=None).first():
        return begun
    version = newest(course)
    if version is None or course.retired_at is not None:
        raise Refusal(_("This course is not offered now."), code="not_offered")
    language, edition = queries.edition_for(version, language)
    unread = queries.unread(actor, course, edition)
    if unread:
        raise Refusal(_("Read the lessons first: the exam asks about them."), code="unread")
    finished = list(mine.exclude(finished_at=None).values_list("finished_at", flat=True))
    if rules.next_try([at for at in finished if at], course.tries_per_day, clock.now()):
        raise Refusal(
            _("You have used up today's tries. Read the explanations and come back tomorrow."),
            code="too_many_tries",
            status=429,
        )
    return Attempt.objects.create(
        brand_id=actor.brand_id,
        agent=actor,
        course=course,
        version=version,
        language=language,
        seed=secrets.token_hex(8),
        total=len(edition.questions),
    )


@transaction.atomic
def hand_in(actor: Agent, attempt: Attempt, chosen: Sequence[int | None]) -> Attempt:
    """Mark the paper, here and once. ``chosen``: an option per question, in the course's order.

    Passing gives the certificate that the course gives now, for the months it gives now.
    """
    require(actor, May.READ)
    mine = Attempt.objects.select_for_update(of=("self",)).select_related("version", "course")
    held = mine.filter(brand_id=actor.brand_id, agent=actor, pk=attempt.pk).first()
    if held is None:
        raise Refusal(_("There is no such exam."), code="no_such_exam", status=404)
    if held.finished_at is not None:
        raise Refusal(_("This exam is handed in already."), code="handed_in")
    _language, edition = queries.edition_for(held.version, held.language)
    if len(chosen) != len(edition.questions) or any(one is None for one in chosen):
        raise Refusal(_("Some questions have no answer yet."), code="unanswered", status=422)
    course, now = held.course, clock.now()
    mark = rules.mark(edition.questions, chosen, course.pass_percent)
    held.finished_at, held.chosen = now, list(chosen)
    held.right, held.total, held.passed = mark.right, mark.total, mark.passed
    held.save(update_fields=["finished_at", "chosen", "right", "total", "passed"])
    facts = {"course": course.slug, "version": held.version.number, "attempt": held.pk}
    marks = {"right": mark.right, "total": mark.total, "passed": mark.passed}
    record("exam.finished", actor, actor.brand_id, {**facts, **marks})
    if mark.passed:
        certificate = Certificate.objects.create(
            brand_id=actor.brand_id,
            agent=actor,
            kind=course.kind,
            value=course.value,
            course=course.slug,
            course_version=held.version.number,
            issued_at=now,
            expires_at=rules.expiry(now, course.months),
        )
        record("certificate.earned", actor, actor.brand_id, {**facts, "certificate": certificate.pk})
    return held


def _own(actor: Agent, course: Course) -> Course:
    if course.brand_id != actor.brand_id:
        raise Refusal(_("There is no such course."), code="no_such_course", status=404)
    return course
