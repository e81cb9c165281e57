"""The courses of a brand: those that come with the desk, and what the brand makes of them."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.models import Event
from cortafuegos.kit import clock
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.access import require
from cortafuegos.team.licence import Kind
from cortafuegos.team.models import Agent, Brand
from cortafuegos.team.rules import May
from cortafuegos.training import writing
from cortafuegos.training.actions.record import record
from cortafuegos.training.models import Course, CourseVersion
from cortafuegos.training.rules import Edition
from cortafuegos.training.shipped import Shipped, shipped

MOST_COURSES = 50


@transaction.atomic
def adopt(brand: Brand) -> None:
    """Give a brand the courses that come with the desk. Newer words of ours become a new version only
    where the brand has not written its own. Any number of times, by anybody, at once."""
    for one in shipped():
        course, _made = Course.objects.get_or_create(
            brand=brand,
            slug=one.slug,
            defaults={
                "kind": one.kind,
                "value": one.value,
                "months": one.months,
                "pass_percent": one.pass_percent,
                "tries_per_day": one.tries_per_day,
            },
        )
        latest = newest(course)
        if latest is None or (latest.made_by_id is None and latest.content != _content(one)):
            _adopt(course, one)


def _adopt(course: Course, one: Shipped) -> None:
    course = _lock(course)
    latest = newest(course)  # somebody else may have been first
    if latest is None or (latest.made_by_id is None and latest.content != _content(one)):
        _next_version(course, _content(one), None)


def _content(one: Shipped) -> dict[str, object]:
    return {language: writing.stored(edition) for language, edition in one.editions.items()}


@transaction.atomic
def create(actor: Agent, language: str, edition: Edition, kind: str, value: str) -> Course:
    require(actor, May.TRAIN)
    _check_edition(edition, language)
    kind, value = _purpose(kind, value)
    slug = slugify(edition.title)[:50].strip("-") or "curso"
    taken = set(Course.objects.filter(brand=actor.brand).values_list("slug", flat=True))
    if len(taken) >= MOST_COURSES:
        raise Refusal(_("These are too many courses."), code="too_many", status=422)
    names = [slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))]
    course = Course.objects.create(
        brand=actor.brand, slug=next(name for name in names if name not in taken), kind=kind, value=value
    )
    version = _next_version(course, {language: writing.stored(edition)}, actor)
    record("course.made", actor, actor.brand_id, {"course": course.slug, "version": version.number})
    return course


@transaction.atomic
def revise(actor: Agent, course: Course, language: str, edition: Edition) -> CourseVersion:
    """The course in new words, as the next version. The same words again make none. Certificates
    earned with an older version hold until they expire."""
    require(actor, May.TRAIN)
    _check_edition(edition, language)
    course = _lock(_own(actor, course))
    latest = newest(course)
    content = dict(latest.content) if latest else {}
    if latest and content.get(language) == writing.stored(edition):
        return latest
    version = _next_version(course, {**content, language: writing.stored(edition)}, actor)
    data = {"course": course.slug, "version": version.number, "language": language}
    record("course.revised", actor, actor.brand_id, data)
    return version


@transaction.atomic
def set_terms(
    actor: Agent,
    course: Course,
    *,
    kind: str,
    value: str,
    months: int,
    pass_percent: int,
    tries_per_day: int,
    offered: bool,
) -> Course:
    """What passing gives from now on. What was given already stays as it was given."""
    require(actor, May.TRAIN)
    kind, value = _purpose(kind, value)
    for number, most in ((months, 60), (pass_percent, 100), (tries_per_day, 20)):
        if not 1 <= number <= most:
            raise Refusal(_("One of the figures is out of bounds."), code="out_of_bounds", status=422)
    course = _lock(_own(actor, course))
    course.kind, course.value, course.months = kind, value, months
    course.pass_percent, course.tries_per_day = pass_percent, tries_per_day
    course.retired_at = None if offered else course.retired_at or clock.now()
    course.save()
    terms = {"kind": kind, "value": value, "months": months, "pass_percent": pass_percent}
    data = {"course": course.slug, **terms, "tries_per_day": tries_per_day, "offered": offered}
    record("course.terms", actor, actor.brand_id, data)
    return course


def newest(course: Course) -> CourseVersion | None:
    mine = CourseVersion.objects.filter(brand_id=course.brand_id, course=course)
    return mine.select_related("course").order_by("-number").first()


def _next_version(course: Course, content: dict[str, object], actor: Agent | None) -> CourseVersion:
    latest = newest(course)
    version = CourseVersion.objects.create(
        brand_id=course.brand_id,
        course=course,
        number=latest.number + 1 if latest else 1,
        content=content,
        made_by=actor,
    )
    if actor is None:
        data = {"course": course.slug, "version": version.number}
        Event.objects.create(brand_id=course.brand_id, kind="course.adopted", data=data)
    return version


def _lock(course: Course) -> Course:
    return Course.objects.select_for_update().get(brand_id=course.brand_id, pk=course.pk)


def _own(actor: Agent, course: Course) -> Course:
    if course.brand_id != actor.brand_id:
        raise Refusal(_("There is no such course."), code="no_such_course", status=404)
    return course


def _purpose(kind: str, value: str) -> tuple[str, str]:
    if kind not in set(Kind) or len(value) > 32 or (kind == Kind.LANGUAGE and not value):
        raise Refusal(_("There is no such certificate."), code="no_such_certificate", status=422)
    return kind, "" if kind == Kind.CRISIS else value


def _check_edition(edition: Edition, language: str) -> None:
    if not edition.title.strip() or len(edition.title) > 120:
        raise Refusal(_("Give the course a title."), code="title_missing", status=422)
    if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
        raise Refusal(_("There is no such language."), code="no_such_language", status=422)
    if not edition.lessons or not edition.questions:
        raise Refusal(_("A course has lessons and an exam."), code="incomplete", status=422)
