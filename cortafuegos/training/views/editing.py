"""A course in the brand's own words: its text, its exam, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.inbox.words import day
from cortafuegos.kit import clock
from cortafuegos.kit.language_names import language_name
from cortafuegos.kit.refusal import Refusal
from cortafuegos.kit.text import storable
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.licence import Kind
from cortafuegos.team.rules import May
from cortafuegos.training import words, writing
from cortafuegos.training.actions import courses
from cortafuegos.training.models import Course, CourseVersion
from cortafuegos.training.rules import Edition
from cortafuegos.training.views.common import LANGUAGES, language, number, page, purpose, purposes, the_course

LONGEST = 400_000  # characters of a course in one language


@needs(May.TRAIN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: BrandRequest, slug: str) -> HttpResponse:
    if request.method != "POST":
        chosen = {"language": language(), "purpose": f"{Kind.CHANNEL}:"}
        return page(request, "edition.html", _form(chosen))
    try:
        kind, value = purpose(request.POST.get("purpose", ""))
        spoken = request.POST.get("language", "")
        made = courses.create(request.agent, spoken, _typed(request.POST), kind, value)
    except (writing.Unreadable, Refusal) as wrong:
        return page(request, "edition.html", _form(request.POST, wrong=_sentence(wrong)), status=422)
    messages.success(request, _("The course is ready."))
    return redirect("training:course", slug, made.slug)


@needs(May.TRAIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: BrandRequest, slug: str, course: str) -> HttpResponse:
    found = the_course(request, course)
    if request.method != "POST":
        spoken = request.GET.get("language", language())
        return page(request, "edition.html", {**_form(_kept(found, spoken)), **_around(found)})
    try:
        spoken = request.POST.get("language", "")
        version = courses.revise(request.agent, found, spoken, _typed(request.POST))
    except (writing.Unreadable, Refusal) as wrong:
        context = {**_form(request.POST, wrong=_sentence(wrong)), **_around(found)}
        return page(request, "edition.html", context, status=422)
    said = _("Saved. This is version %(number)d. Certificates already earned hold until they expire.")
    messages.success(request, said % {"number": version.number})
    return redirect("training:course", slug, course)


@needs(May.TRAIN)
@require_POST
def terms(request: BrandRequest, slug: str, course: str) -> HttpResponse:
    kind, value = purpose(request.POST.get("purpose", ""))
    figures = {
        name: number(request.POST.get(name, "")) for name in ("months", "pass_percent", "tries_per_day")
    }
    offered = request.POST.get("offered") == "on"
    try:
        courses.set_terms(
            request.agent, the_course(request, course), kind=kind, value=value, offered=offered, **figures
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Saved. It holds for whoever passes from now on."))
    return redirect("training:edition", slug, course)


def _typed(posted: Mapping[str, Any]) -> Edition:
    lessons, exam = (storable(str(posted.get(name, "")))[:LONGEST] for name in ("lessons", "exam"))
    return Edition(
        title=" ".join(storable(str(posted.get("title", ""))).split()),
        summary=" ".join(storable(str(posted.get("summary", ""))).split())[:600],
        lessons=writing.read_lessons(lessons),
        questions=writing.read_exam(exam),
    )


def _sentence(wrong: Exception) -> str:
    return words.unreadable(wrong) if isinstance(wrong, writing.Unreadable) else str(wrong.sentence)  # type: ignore[attr-defined]


def _form(values: Mapping[str, Any], wrong: str = "") -> dict[str, Any]:
    names = ("title", "summary", "lessons", "exam", "language", "purpose")
    return {
        "typed": {name: values.get(name, "") for name in names},
        "wrong": wrong,
        "languages": [(code, language_name(code)) for code in LANGUAGES],
        "purposes": purposes(),
    }


def _kept(course: Course, spoken: str) -> dict[str, Any]:
    """The newest words in that language; empty where there are none yet."""
    latest = courses.newest(course)
    kept = latest.content.get(spoken) if latest else None
    if kept is None:
        return {"language": spoken}
    found = writing.restored(kept)
    return {
        "language": spoken,
        "title": found.title,
        "summary": found.summary,
        "lessons": writing.write_lessons(found.lessons),
        "exam": writing.write_exam(found.questions),
    }


def _around(course: Course) -> dict[str, Any]:
    now = clock.now()
    versions = CourseVersion.objects.filter(brand_id=course.brand_id, course=course)
    made = versions.select_related("made_by__user").order_by("-number")[:20]
    return {
        "course": course,
        "gives": f"{course.kind}:{course.value}",
        "versions": [(one, day(one.created_at, now)) for one in made],
        "spoken": [(code, language_name(code)) for code in sorted(made[0].content)] if made else [],
    }
