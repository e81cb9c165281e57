"""Published by mistake: reported, made right step by step, and reviewed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cortafuegos.inbox import harmless, owning, words
from cortafuegos.inbox.actions import mistakes, withdrawing
from cortafuegos.inbox.causes import cause_words, causes
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Message, Mistake
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries import mistakes as queries
from cortafuegos.inbox.queries.cast import Cast, cast
from cortafuegos.inbox.views.common import done, tells, the_case
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

PERIODS = (7, 30, 90, 365)  # days
USUAL = 90


@needs(May.SEND)
@require_POST
@tells
def mistake(request: BrandRequest, slug: str, number: int, message_id: int) -> HttpResponse:
    """``cause``, ``what``, and ``take_off`` to have it off the network with the same press. What the
    network will not do does not undo the report: its steps say so."""
    case = the_case(request, number)
    message = Message.objects.filter(brand_id=case.brand_id, pk=message_id).first()
    if message is None:
        raise Http404
    cause, what = request.POST.get("cause", ""), request.POST.get("what", "")
    made = mistakes.report(request.agent, message, cause=cause, what=what)
    said = _("Noted in the case. Now make it right, step by step.")
    if request.POST.get("take_off") == "1":
        try:
            withdrawing.withdraw(request.agent, message, made.what)
        except Refusal as refusal:
            said = str(refusal.sentence)
        else:
            said = _("Noted, and being taken off %(network)s") % {"network": look(message.network).name}
    return done(request, said, [case])


@needs(May.SEND)
@require_POST
@tells
def removal(request: BrandRequest, slug: str, number: int, mistake_id: int) -> HttpResponse:
    """Somebody took it off in the network's own window."""
    case = the_case(request, number)
    mistakes.taken_off(request.agent, _mistake(request, mistake_id))
    return done(request, _("Noted"), [case])


@needs(May.SEND)
@require_POST
@tells
def omission(request: BrandRequest, slug: str, number: int, mistake_id: int, step: str) -> HttpResponse:
    """A step is left out: ``reason`` says why."""
    case = the_case(request, number)
    mistakes.leave_out(request.agent, _mistake(request, mistake_id), step, request.POST.get("reason", ""))
    return done(request, _("Noted"), [case])


@needs(May.REVIEW)
@require_POST
def closure(request: BrandRequest, slug: str, number: int, mistake_id: int) -> HttpResponse:
    """Reviewed, from the list: ``cause`` and what was ``learnt``."""
    held = _mistake(request, mistake_id)
    cause, learnt = request.POST.get("cause", ""), request.POST.get("learnt", "")
    try:
        mistakes.close(request.agent, held, cause=cause, learnt=learnt)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Reviewed."))
    back = reverse("inbox:mistake_review", args=[slug])
    days = _days(request.POST.get("days", ""))
    return redirect(f"{back}?days={days}")


@needs(May.REVIEW)
@require_safe
def review(request: BrandRequest, slug: str) -> HttpResponse:
    now, people = clock.now(), cast(request.brand.pk)
    days = _days(request.GET.get("days", ""))
    found = queries.review(request.brand.pk, now - timedelta(days=days))
    context: dict[str, Any] = {
        "review": found,
        "days": days,
        "periods": [(one, _("%(n)d days") % {"n": one}) for one in PERIODS],
        "by_cause": [(cause_words(cause), many) for cause, many in found.causes],
        "causes": causes(reviewing=True),
        "shown": [
            {
                "mistake": one,
                "cause": cause_words(one.cause),
                "said": harmless.text(one.message.text, 300),
                "network": look(one.message.network).name,
                "who": _name(people, one.message.agent_id),
                "reported_by": _name(people, one.agent_id),
                "when": words.at(one.reported_at, now),
                "steps": owning.settled(one),
                "closed_by": _name(people, one.closed_by_id),
                "closed": words.at(one.closed_at, now) if one.closed_at else "",
            }
            for one in found.listed
        ],
        "most": queries.SHOWN,
    }
    return render(request, "inbox/mistakes.html", context)


def _days(raw: str) -> int:
    return next((one for one in PERIODS if str(one) == raw), USUAL)


def _name(people: Cast, agent_id: int | None) -> str:
    found = people.agent(agent_id)
    return found.name if found else _("somebody")


def _mistake(request: BrandRequest, mistake_id: int) -> Mistake:
    """By its number alone: a merge may have moved it to another case than the page's."""
    found = Mistake.objects.filter(brand_id=request.brand.pk, pk=mistake_id).first()
    if found is None:
        raise Http404
    return found
