"""The people who write to a brand: find one, see all of one, write down what is worth knowing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cortafuegos.kit import clock
from cortafuegos.kit.access import DeskRequest, needs
from cortafuegos.people import actions, search
from cortafuegos.people.forms import PersonForm
from cortafuegos.people.joined import noted_before
from cortafuegos.people.models import Person

MESSAGES = 20
CASES = 50


@needs("read")
def people(request: DeskRequest, slug: str) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    short = bool(words) and len(words.lstrip("@")) < search.SHORTEST
    looking = bool(words) and not short
    found = search.find(request.brand, words) if looking else search.latest(request.brand)
    context = {"people": found, "q": words, "short": short, "looking": looking, "most": search.MOST}
    return render(request, "people/people.html", context)


@needs("read")
def person(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk, brand=request.brand)
    if found.joined_into_id is not None and request.method != "POST":
        return redirect("people:person", slug, found.joined_into_id)
    initial = {name: getattr(found, name) for name in ("name", "place", "time_zone", "note")}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        if not request.may("write"):
            raise PermissionDenied
        if form.is_valid():
            actions.describe(found, by=request.agent.pk, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("people:person", slug, pk)
    identities = list(found.identities.filter(brand=request.brand).order_by("-seen_at"))
    cases: Any = found.cases  # the inbox's, by its related name
    context = {
        "person": found,
        "title": found.name or (str(identities[0]) if identities else ""),
        "identities": identities,
        "noted_before": noted_before(found),
        "form": form,
        "may_write": request.may("write"),
        "cases": cases.filter(brand=request.brand)
        .exclude(state="merged")
        .select_related("assignee__user")
        .order_by("-last_message_at")[:CASES],
        "latest": _latest(identities),
        "now": clock.now(),
    }
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


def _latest(identities: list[Any]) -> list[Any]:
    """Their last messages on any network, in one order. A few per identity: the index gives those."""
    found: list[Any] = []
    for identity in identities:
        found += (
            identity.messages.filter(brand_id=identity.brand_id, deleted_at=None)
            .select_related("case")
            .order_by("-posted_at")[:MESSAGES]
        )
    return sorted(found, key=lambda message: message.posted_at, reverse=True)[:MESSAGES]
