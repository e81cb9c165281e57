"""The accounts of one person: what suggests another, joining it by hand, and taking it apart again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cortafuegos.inbox import grounds, harmless, words
from cortafuegos.inbox.actions import joining as verbs
from cortafuegos.inbox.actions import separating
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Joining, Message
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries import joinings
from cortafuegos.inbox.queries.likeness import Suggestion, between, suggestions
from cortafuegos.inbox.views.common import ids, page
from cortafuegos.kit import clock
from cortafuegos.people import search
from cortafuegos.people.joined import everybody, face, noted_before
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

SAID = 3  # messages of each that are laid side by side


@needs(May.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    """``with``: whom to lay beside them; posted, whom to join."""
    person = _face(request, person_id)
    if request.method != "POST":
        other = _other(request, person, request.GET)
        return _shown(request, person, other)
    other = _other(request, person, request.POST)
    if other is None:
        return redirect("inbox:joining", slug, person.pk)
    found = between(person, other)
    try:
        verbs.join(request.agent, person, other, grounds=[one.kept() for one in found])
    except Refusal as refusal:
        return _shown(request, person, other, refusal=refusal)
    messages.success(request, _("They are one person now. You can separate them at any time."))
    return redirect("inbox:joining", slug, person.pk)


@needs(May.WORK)
@require_POST
def telling_apart(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    person = _face(request, person_id)
    other = _other(request, person, request.POST)
    if other is None:
        return redirect("inbox:joining", slug, person.pk)
    try:
        verbs.tell_apart(request.agent, person, other)
    except Refusal as refusal:
        return _shown(request, person, other, refusal=refusal)
    messages.success(request, _("Noted: they are two people. It is not suggested again."))
    return redirect("inbox:joining", slug, person.pk)


@needs(May.WORK)
@require_POST
def separation(request: BrandRequest, slug: str, person_id: int, joining_id: int) -> HttpResponse:
    person = _face(request, person_id)
    ties = Joining.objects.filter(brand_id=request.brand.pk)
    who = everybody(person)
    tie = get_object_or_404(ties.filter(Q(one__in=who) | Q(other__in=who)), pk=joining_id)
    try:
        separating.separate(request.agent, tie)
    except Refusal as refusal:
        return _shown(request, person, None, refusal=refusal)
    messages.success(request, _("They are two people again. What each wrote is with whoever wrote it."))
    return redirect("inbox:joining", slug, person_id)


@needs(May.READ)
@require_safe
def likeness(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    """What a page asks for once it is there: nothing, most of the time."""
    person = _face(request, person_id)
    response = render(request, "inbox/_likeness.html", {"person": person, "offers": _offers(person)})
    response["Cache-Control"] = "no-store"
    return response


def _face(request: BrandRequest, person_id: int) -> Person:
    found = face(request.brand.pk, person_id)
    if found is None:
        raise Http404
    return found


def _other(request: BrandRequest, person: Person, sent: Any) -> Person | None:
    asked = ids([sent.get("with", "")])
    found = face(request.brand.pk, asked[0]) if asked else None
    return None if found is None or found.pk == person.pk else found


def _offers(person: Person) -> list[dict[str, Any]]:
    return [_offer(one) for one in suggestions(person)]


def _offer(one: Suggestion) -> dict[str, Any]:
    return {
        "id": one.person.pk,
        "name": _name(one.person, one.accounts),
        "accounts": [_account(account) for account in one.accounts],
        "grounds": [grounds.told(ground) for ground in one.grounds],
    }


def _account(one: Identity) -> dict[str, Any]:
    return {"look": look(one.network), "handle": harmless.name(one.handle), "url": harmless.web(one.url)}


def _name(person: Person, accounts: list[Identity]) -> str:
    first = next((str(one) for one in accounts), "")
    return harmless.name(person.name) or harmless.name(first) or _("No name")


def _apart(person: Person, other: Person) -> dict[str, str] | None:
    """The last who said that they are two."""
    found = joinings.apart(person, other)
    return {"who": str(found[0]), "when": words.at(found[1], clock.now())} if found else None


def _side(person: Person) -> dict[str, Any]:
    """Enough of somebody to see whether they are who we think."""
    brand, now = person.brand_id, clock.now()
    accounts = list(Identity.objects.filter(brand_id=brand, person=person).order_by("pk"))
    cases = Case.objects.filter(brand_id=brand, person=person).exclude(state=Case.State.MERGED)
    said: list[Message] = []
    for one in accounts:
        rows = Message.objects.filter(brand_id=brand, identity=one, direction="in", deleted_at=None)
        said += rows.order_by("-posted_at")[:SAID]
    said = sorted(said, key=lambda message: message.posted_at, reverse=True)[:SAID]
    return {
        "id": person.pk,
        "name": _name(person, accounts),
        "accounts": [_account(one) for one in accounts],
        "place": harmless.name(person.place or next((one.place for one in accounts if one.place), "")),
        "since": words.day(person.created_at, now),
        "cases": cases.count(),
        "note": person.note,
        "ended": words.day(person.ended_at, now) if person.ended_at else "",
        "said": [
            {
                "text": harmless.line(one.text[:300]),
                "look": look(one.network),
                "public": one.public,
                "when": words.moment(one.posted_at, now),
            }
            for one in said
        ],
    }


def _ties(person: Person) -> list[dict[str, Any]]:
    now = clock.now()
    accounts: dict[int, list[Identity]] = {}
    for one in Identity.objects.filter(brand_id=person.brand_id, person=person).order_by("pk"):
        accounts.setdefault(one.home_id or one.person_id, []).append(one)
    return [
        {
            "id": tie.pk,
            "sides": [
                {"name": _name(end, mine), "accounts": [_account(one) for one in mine]}
                for end in (tie.one, tie.other)
                for mine in [accounts.get(end.pk, [])]
            ],
            "who": str(tie.agent),
            "when": words.at(tie.at, now),
        }
        for tie in joinings.standing(person)
    ]


def _shown(
    request: BrandRequest, person: Person, other: Person | None, *, refusal: Refusal | None = None
) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:100]
    short = bool(q) and len(q.lstrip("@")) < search.SHORTEST
    found = search.find(request.brand, q) if q and not short else []
    me = _side(person)
    context: dict[str, Any] = {
        "person": person,
        "title": me["name"],
        "sides": [me, _side(other)] if other else [],
        "other": other,
        "between": [grounds.told(one) for one in between(person, other)] if other else [],
        "apart": _apart(person, other) if other else None,
        "ended": bool(other and (person.ended_at or other.ended_at)),
        "ties": _ties(person),
        "notes": noted_before(person),
        "offers": [] if other else _offers(person),
        "q": q,
        "short": short,
        "found": [
            {"id": one.pk, "name": _name(one, mine), "accounts": [_account(account) for account in mine]}
            for one in found
            if one.pk != person.pk
            for mine in [list(one.identities.all())]
        ],
        "may_work": request.may(May.WORK.value),
        "may_end": request.may(May.END.value),
        "refusal": str(refusal.sentence) if refusal else "",
    }
    response = page(request, "inbox/joining.html", context)
    response.status_code = refusal.status if refusal else 200
    return response
