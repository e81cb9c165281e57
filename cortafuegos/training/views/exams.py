"""The exam: begin it, answer it, see what was right and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.inbox.words import day
from cortafuegos.kit import clock
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May
from cortafuegos.training import queries, rules, words
from cortafuegos.training.actions import exams
from cortafuegos.training.models import Attempt
from cortafuegos.training.rules import Edition
from cortafuegos.training.views.common import language, number, page, the_course


@needs(May.READ)
@require_POST
def begin(request: BrandRequest, slug: str, course: str) -> HttpResponse:
    try:
        begun = exams.begin(request.agent, the_course(request, course), language())
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("training:course", slug, course)
    return redirect("training:attempt", slug, begun.pk)


@needs(May.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: BrandRequest, slug: str, pk: int) -> HttpResponse:
    """The paper while it is open, the marked paper afterwards. Only one's own."""
    mine = Attempt.objects.select_related("version", "course")
    found = get_object_or_404(mine, brand=request.brand, agent=request.agent, pk=pk)
    _language, edition = queries.edition_for(found.version, found.language)
    if found.finished_at:
        return page(request, "marked.html", _marked(found, edition))
    if request.method != "POST":
        return page(request, "paper.html", _paper(found, edition, {}))
    chosen = _chosen(request.POST, found, edition)
    missing = sum(one is None for one in chosen)
    if missing:
        sentence = ngettext(
            "%(n)d question has no answer yet. The others are kept below.",
            "%(n)d questions have no answer yet. The others are kept below.",
            missing,
        ) % {"n": missing}
        context = _paper(found, edition, dict(enumerate(chosen)), wrong=sentence)
        return page(request, "paper.html", context, status=422)
    try:
        exams.hand_in(request.agent, found, chosen)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    return redirect("training:attempt", slug, pk)


def _chosen(posted: Mapping[str, Any], found: Attempt, edition: Edition) -> list[int | None]:
    """The page knows only places on this paper; which option is which stays here."""
    chosen: list[int | None] = [None] * len(edition.questions)
    for place, slot in enumerate(rules.paper(edition.questions, found.seed), 1):
        at = number(str(posted.get(f"answer-{place}", "")))
        if 1 <= at <= len(slot.options):
            chosen[slot.question] = slot.options[at - 1]
    return chosen


def _paper(
    found: Attempt, edition: Edition, chosen: dict[int, int | None], wrong: str = ""
) -> dict[str, Any]:
    return {
        "attempt": found,
        "edition": edition,
        "wrong": wrong,
        "questions": [
            {
                "place": place,
                "text": edition.questions[slot.question].text,
                "missing": bool(wrong) and chosen.get(slot.question) is None,
                "options": [
                    (at, edition.questions[slot.question].options[one], chosen.get(slot.question) == one)
                    for at, one in enumerate(slot.options, 1)
                ],
            }
            for place, slot in enumerate(rules.paper(edition.questions, found.seed), 1)
        ],
    }


def _marked(found: Attempt, edition: Edition) -> dict[str, Any]:
    now = clock.now()
    paper = rules.paper(edition.questions, found.seed)
    given = found.chosen
    certificate = queries.valid(found.brand_id, now).filter(agent_id=found.agent_id, course=found.course.slug)
    newest = certificate.order_by("-expires_at").first()
    return {
        "attempt": found,
        "edition": edition,
        "percent": found.right * 100 // found.total,
        "gives": words.certificate(found.course.kind, found.course.value),
        "until": day(newest.expires_at, now) if newest and found.passed else "",
        "mistakes": found.total - found.right,
        "verdict": _("Passed") if found.passed else _("Not this time"),
        "questions": [
            {
                "place": place,
                "right": given[slot.question] == question.answer,
                "text": question.text,
                "yours": question.options[given[slot.question]],
                "answer": question.options[question.answer],
                "why": question.why,
            }
            for place, slot in enumerate(paper, 1)
            for question in [edition.questions[slot.question]]
        ],
    }
