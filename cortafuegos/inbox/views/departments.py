"""The brand's directory of departments, and how they answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cortafuegos.inbox import asking, harmless, words
from cortafuegos.inbox.actions import departments
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Department
from cortafuegos.inbox.queries import asked
from cortafuegos.inbox.queries.cast import cast
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.accounts import mail_works
from cortafuegos.team.rules import May

USUAL_HOURS = (4, 8, 24)  # offered for a new line: the owner, who is above, who is above them


@needs(May.INVITE)
@require_safe
def index(request: BrandRequest, slug: str) -> HttpResponse:
    now = clock.now()
    found, people = asked.figures(request.brand.pk, now), cast(request.brand.pk)
    rows = Department.objects.filter(brand_id=request.brand.pk).order_by("-active", "name")
    context = {
        "departments": [_row(one, found.get(one.pk, asked.Figures())) for one in rows],
        "open": [
            {
                "question": one,
                "text": harmless.line(one.text[:160]),
                "who": people.agents[one.agent_id].name,
                "due": words.due(one.due_at, now),
                "climbed": one.rung > 0,
            }
            for one in asked.open_ones(request.brand.pk)
        ],
        "weeks": asked.WEEKS,
        "mail_works": mail_works(),
    }
    return render(request, "inbox/departments.html", context)


def _row(department: Department, figures: asked.Figures) -> dict[str, Any]:
    return {
        "department": department,
        "line": [rung.name for rung in asking.ladder(department.ladder)],
        "figures": figures,
        "median": words.span(figures.median) if figures.median is not None else "",
    }


@needs(May.INVITE)
def department(request: BrandRequest, slug: str, pk: int | None = None) -> HttpResponse:
    found = Department.objects.filter(brand_id=request.brand.pk, pk=pk).first() if pk else None
    if pk and found is None:
        raise Http404
    error: Any = ""
    status = 200
    if request.method == "POST":
        try:
            departments.save(
                request.agent,
                found,
                name=request.POST.get("name", ""),
                language=request.POST.get("language", ""),
                office_hours=request.POST.get("office_hours") == "1",
                ladder=_typed(request),
            )
            messages.success(request, _("Saved."))
            return redirect("inbox:departments", slug)
        except Refusal as refusal:
            error, status = refusal.sentence, refusal.status
    context = {"department": found, "error": error, **_fields(request, found)}
    return render(request, "inbox/department.html", context, status=status)


def _typed(request: BrandRequest) -> list[dict[str, str]]:
    names, emails = request.POST.getlist("person"), request.POST.getlist("email")
    hours = request.POST.getlist("hours")
    return [
        {"name": name, "email": email, "hours": left}
        for name, email, left in zip(names[:20], emails, hours, strict=False)
    ]


def _fields(request: BrandRequest, found: Department | None) -> dict[str, Any]:
    """What the form shows: what was typed, else what is kept, else what is usual."""
    if request.method == "POST":
        line = _typed(request)
        name, language = request.POST.get("name", ""), request.POST.get("language", "")
        office = request.POST.get("office_hours") == "1"
    else:
        line = [dict(rung) for rung in found.ladder] if found else []
        name = found.name if found else ""
        language = found.language if found else request.brand.language
        office = found.office_hours if found else True
    while len(line) < asking.MOST_RUNGS:
        usual = USUAL_HOURS[min(len(line), len(USUAL_HOURS) - 1)]
        line.append({"name": "", "email": "", "hours": str(usual)})
    return {"name": name, "language": language, "office_hours": office, "line": line}


@needs(May.INVITE)
@require_POST
def switch(request: BrandRequest, slug: str, pk: int) -> HttpResponse:
    found = Department.objects.filter(brand_id=request.brand.pk, pk=pk).first()
    if found is None:
        raise Http404
    on = request.POST.get("on") == "1"
    departments.switch(request.agent, found, on=on)
    said = _("It can be asked again.") if on else _("Nobody can ask it anything new. What was asked stays.")
    messages.success(request, said)
    return redirect("inbox:departments", slug)
