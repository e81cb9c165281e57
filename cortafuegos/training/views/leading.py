"""For those who lead: who holds which certificate, and where one is asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.inbox.words import day
from cortafuegos.kit import clock
from cortafuegos.kit.language_names import language_name
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.access import BrandRequest
from cortafuegos.team.access import needs as needs_right
from cortafuegos.team.certificates import Certificate, needs_of
from cortafuegos.team.licence import Kind, Need
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may_grant
from cortafuegos.training import queries, words
from cortafuegos.training.actions import certificates as verbs
from cortafuegos.training.views.common import LANGUAGES, networks, number, page, purpose, purposes

MOST_PAST = 50  # certificates that no longer hold, shown below


@needs_right(May.TRAIN)
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: BrandRequest, slug: str) -> HttpResponse:
    """Who holds what, what ends soon; POST grants one by hand."""
    wrong, typed, status = "", request.POST, 200
    if request.method == "POST":
        kind, value = purpose(request.POST.get("purpose", ""))
        agents = Agent.objects.filter(brand=request.brand).select_related("user")
        agent = get_object_or_404(agents, pk=number(request.POST.get("agent", "")))
        months, reason = number(request.POST.get("months", "")), request.POST.get("reason", "")
        try:
            verbs.grant(request.agent, agent, kind=kind, value=value, months=months, reason=reason)
        except Refusal as refusal:
            wrong, status = str(refusal.sentence), refusal.status
        else:
            messages.success(request, _("Granted, and on record."))
            return redirect("training:certificates", slug)
    return page(request, "certificates.html", {**_people(request), "wrong": wrong, "typed": typed}, status)


def _people(request: BrandRequest) -> dict[str, Any]:
    now = clock.now()
    asked = needs_of(request.brand.pk)
    everything = Certificate.objects.filter(brand=request.brand)
    rows = everything.select_related("agent__user", "granted_by__user", "withdrawn_by__user")
    holding: dict[int, list[Any]] = {}
    past: list[Any] = []
    for one in rows.order_by("expires_at"):
        over = one.withdrawn_at is not None or one.expires_at <= now
        (past if over else holding.setdefault(one.agent_id, [])).append(_certificate(one, now))
    held = queries.holdings_by_agent(request.brand.pk, now)
    agents = Agent.objects.filter(brand=request.brand, active=True).select_related("user")
    sends = {one.pk for one in queries.senders(request.brand.pk)}
    people = [
        {
            "agent": one,
            "certificates": holding.get(one.pk, []),
            "lacks": [words.need(need) for need in queries.lacks_of(asked, held.get(one.pk, []), now)]
            if one.pk in sends
            else [],
            "sends": one.pk in sends,
            "below": may_grant(request.agent.role, one.role),
        }
        for one in agents.order_by("user__name", "pk")
    ]
    soon = [one for some in holding.values() for one in some if one["soon"] and one["one"].agent.active]
    return {
        "people": people,
        "soon": sorted(soon, key=lambda one: one["one"].expires_at),
        "past": sorted(past, key=lambda one: one["ended"], reverse=True)[:MOST_PAST],
        "purposes": purposes(),
    }


def _certificate(one: Certificate, now: Any) -> dict[str, Any]:
    return {
        "one": one,
        "words": words.certificate(one.kind, one.value),
        "since": day(one.issued_at, now),
        "until": day(one.expires_at, now),
        "soon": queries.ends_soon(one, now),
        "ended": one.withdrawn_at or one.expires_at,
        "ended_words": day(one.withdrawn_at or one.expires_at, now),
    }


@needs_right(May.TRAIN)
@require_POST
def withdrawal(request: BrandRequest, slug: str, pk: int) -> HttpResponse:
    found = get_object_or_404(Certificate, brand=request.brand, pk=pk)
    try:
        taken = verbs.withdraw(request.agent, found, request.POST.get("reason", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Withdrawn from %(name)s, and on record.") % {"name": taken.agent})
    return redirect("training:certificates", slug)


@needs_right(May.TRAIN)
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: BrandRequest, slug: str) -> HttpResponse:
    """Networks, languages and postures: a box each."""
    if request.method == "POST":
        kinds = [purpose(raw) for raw in request.POST.getlist("need")]
        crisis = request.POST.get("crisis", "")
        wanted = [Need(Kind(kind), value) for kind, value in kinds if kind in set(Kind)]
        try:
            verbs.ask_for(request.agent, [*wanted, *([Need(Kind.CRISIS, crisis)] if crisis else [])])
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, _("Saved. It holds from now on."))
        return redirect("training:needs", slug)
    return page(request, "needs.html", _needs(request))


def _needs(request: BrandRequest) -> dict[str, Any]:
    now = clock.now()
    asked = set(needs_of(request.brand.pk))
    held = queries.holdings_by_agent(request.brand.pk, now)
    senders = queries.senders(request.brand.pk)

    def box(need: Need, title: str) -> dict[str, Any]:
        able = sum(not queries.lacks_of([need], held.get(one.pk, []), now) for one in senders)
        return {"value": f"{need.kind}:{need.value}", "title": title, "on": need in asked, "able": able}

    channels = [("", _("Every network")), *networks()]
    codes = sorted({*LANGUAGES[:2], *(need.value for need in asked if need.kind == Kind.LANGUAGE)})
    crisis = next((need.value for need in asked if need.kind == Kind.CRISIS), "")
    blocked = [one for one in senders if queries.lacks_of(list(asked), held.get(one.pk, []), now)]
    return {
        "channels": [box(Need(Kind.CHANNEL, value), str(title)) for value, title in channels],
        "languages": [box(Need(Kind.LANGUAGE, code), language_name(code)) for code in codes],
        "crisis": crisis,
        "crises": [
            ("", _("No certificate")),
            ("crisis", _("Only in a crisis")),
            ("watch", _("As soon as the desk is on alert")),
        ],
        "crisis_able": box(Need(Kind.CRISIS, "crisis"), "")["able"],
        "senders": len(senders),
        "blocked": [str(one) for one in blocked],
    }
