"""Promises of a case, and how a brand keeps its word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cortafuegos.inbox import promising, words
from cortafuegos.inbox.actions import promises
from cortafuegos.inbox.models import Case, Promise
from cortafuegos.inbox.queries import kept
from cortafuegos.inbox.queries.cast import cast
from cortafuegos.inbox.views.common import done, tells, the_case
from cortafuegos.inbox.views.verbs import until_of
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.WORK)
@require_POST
@tells
def promise(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """``writing`` is what stands in the composer: the customer hears of the promise with it."""
    case = the_case(request, number)
    writing = request.POST.get("writing", "")
    due_at = until_of(request, promising.until)
    made = promises.make(
        request.agent,
        case,
        due_at=due_at,
        text=request.POST.get("text", "").strip() or promising.words_of(writing),
        with_next=bool(writing.strip()),
    )
    url = reverse("inbox:promise_withdrawal", args=[slug, number, made.pk])
    back = {"method": "POST", "url": url, "body": {"reason": _("taken back at once")}}
    said = _("Promised. The case is back %(moment)s.") % {"moment": words.at(made.back_at, clock.now())}
    return done(request, said, [case], undo=[back])


@needs(May.WORK)
@require_POST
@tells
def withdrawal(request: BrandRequest, slug: str, number: int, promise_id: int) -> HttpResponse:
    case = the_case(request, number)
    promises.withdraw(request.agent, _promise(case, promise_id), request.POST.get("reason", ""))
    return done(request, _("The promise is withdrawn"), [case])


@needs(May.WORK)
@require_POST
@tells
def explanation(request: BrandRequest, slug: str, number: int, promise_id: int) -> HttpResponse:
    case = the_case(request, number)
    promises.explain(request.agent, _promise(case, promise_id), request.POST.get("reason", ""))
    if "HX-Request" in request.headers:
        return done(request, _("Noted"), [case])
    messages.success(request, _("Noted"))
    return redirect("inbox:promise_report", slug)


@needs(May.PLAYBOOKS)
@require_safe
def report(request: BrandRequest, slug: str) -> HttpResponse:
    now = clock.now()
    people = cast(request.brand.pk)
    record = kept.record(request.brand, now)
    context: dict[str, Any] = {
        "weeks": [(words.day(week, now), tally) for week, tally in record.weeks],
        "agents": sorted(
            ((_name(people, agent), tally) for agent, tally in record.agents.items()), key=lambda one: one[0]
        ),
        "all": record.all,
        "since": kept.WEEKS,
        "broken": [
            {
                "promise": one,
                "who": _name(people, one.agent_id),
                "due": words.at(one.due_at, now),
                "answered": words.at(one.done_at, now) if one.done_at else "",
            }
            for one in kept.broken(request.brand.pk, now)
        ],
    }
    return render(request, "inbox/promises.html", context)


def _name(people: Any, agent_id: int | None) -> str:
    found = people.agent(agent_id)
    return found.name if found else _("somebody")


def _promise(case: Case, promise_id: int) -> Promise:
    found = (
        Promise.objects.filter(brand_id=case.brand_id, case=case, pk=promise_id)
        .select_related("case")
        .first()
    )
    if found is None:
        raise Http404
    return found
