"""What a person learns: their certificates, the courses, the lessons."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cortafuegos.inbox.words import day
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.licence import Holding, Kind, Need, Place, covers
from cortafuegos.team.rules import May
from cortafuegos.training import queries, words
from cortafuegos.training.actions import courses, exams
from cortafuegos.training.markdown import html
from cortafuegos.training.models import Course
from cortafuegos.training.rules import next_try
from cortafuegos.training.views.common import language, page, progress, the_course


@needs(May.READ)
@require_safe
def home(request: BrandRequest, slug: str) -> HttpResponse:
    courses.adopt(request.brand)
    now, agent = clock.now(), request.agent
    lead = request.may(May.TRAIN.value)
    shown = [one for one in queries.courses_of(request.brand.pk) if lead or one.retired_at is None]
    found = [queries.progress(agent, one, language(), now) for one in shown]
    held = queries.valid(request.brand.pk, now).filter(agent=agent).order_by("expires_at")
    context = {
        "held": [
            {
                "words": words.certificate(one.kind, one.value),
                "until": day(one.expires_at, now),
                "soon": queries.ends_soon(one, now),
                "by_hand": not one.course,
            }
            for one in held
        ],
        "wanting": [
            {
                "words": words.need(need),
                "kind": need.kind,
                "value": "" if need.kind == Kind.CRISIS else need.value,
            }
            for need in queries.wanting(agent, now)
        ],
        "sends": request.may(May.SEND.value),
        "courses": [
            {
                "p": one,
                "gives": words.certificate(one.course.kind, one.course.value),
                "until": day(one.held.expires_at, now) if one.held else "",
            }
            for one in found
            if one
        ],
        "lead": lead,
    }
    return page(request, "home.html", context)


@needs(May.READ)
@require_safe
def way(request: BrandRequest, slug: str) -> HttpResponse:
    """From "you lack this certificate" to the course that gives it; to all of them where none does."""
    courses.adopt(request.brand)
    kind, value = request.GET.get("kind", ""), request.GET.get("value", "")
    offered = Course.objects.filter(brand=request.brand, retired_at=None).order_by("pk")
    fits = [one for one in offered if _gives(one, kind, value)]
    return redirect("training:course", slug, fits[0].slug) if fits else redirect("training:home", slug)


def _gives(course: Course, kind: str, value: str) -> bool:
    if kind not in set(Kind) or kind != course.kind:
        return False
    held = Holding(Kind(course.kind), course.value, course.created_at)
    return covers(held, Need(Kind(kind), value), Place(value, value))


@needs(May.READ)
@require_safe
def course(request: BrandRequest, slug: str, course: str) -> HttpResponse:
    now = clock.now()
    found = progress(request, the_course(request, course), now)
    finished = [one.finished_at for one in found.attempts if one.finished_at]
    context = {
        "p": found,
        "gives": words.certificate(found.course.kind, found.course.value),
        "until": day(found.held.expires_at, now) if found.held else "",
        "lessons": [
            {"number": n, "title": one.title, "read": one.digest in found.read}
            for n, one in enumerate(found.edition.lessons, 1)
        ],
        "next_try": next_try(finished, found.course.tries_per_day, now),
        "attempts": [(one, day(one.finished_at, now)) for one in found.attempts if one.finished_at],
        "lead": request.may(May.TRAIN.value),
    }
    return page(request, "course.html", context)


@needs(May.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: BrandRequest, slug: str, course: str, number: int) -> HttpResponse:
    """A page of the course; POST: I have read it, and on to the next."""
    found = progress(request, the_course(request, course), clock.now())
    lessons = found.edition.lessons
    if not 1 <= number <= len(lessons):
        raise Http404
    one = lessons[number - 1]
    if request.method == "POST":
        exams.read(request.agent, found.course, one)
        if number < len(lessons):
            return redirect("training:lesson", slug, course, number + 1)
        return redirect("training:course", slug, course)
    context = {
        "p": found,
        "number": number,
        "total": len(lessons),
        "lesson": one,
        "body": html(one.body),
        "read": one.digest in found.read,
        "onward": _("Read, and next") if number < len(lessons) else _("Read, and to the exam"),
        "previous": number - 1,
        "next": number + 1 if number < len(lessons) else 0,
    }
    return page(request, "lesson.html", context)
