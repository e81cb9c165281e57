"""The page before the last resort: what there is to weigh, and the button that only a supervisor has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.guard.models import GuardPolicy
from cortafuegos.inbox.actions import drafts, relations
from cortafuegos.inbox.ending import last_words
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Draft, Message
from cortafuegos.inbox.views.common import page
from cortafuegos.inbox.views.tone import story
from cortafuegos.people.joined import face
from cortafuegos.people.models import Person
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

STRIP = 40  # messages whose tone is drawn
OFFERS = 5


@needs(May.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    person = _person(request, person_id)
    typed = {name: request.POST.get(name, "") for name in ("reason", "override")}
    if request.method == "POST":
        try:
            relations.end(request.agent, person, **typed)
        except Refusal as refusal:
            return _shown(request, person, refusal=refusal, typed=typed)
        messages.success(request, _("The relation is ended. What they write from now on is kept apart."))
        return redirect("inbox:ending", slug, person_id)
    return _shown(request, person, typed=typed)


@needs(May.END)
@require_POST
def resumption(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    person = _person(request, person_id)
    try:
        relations.resume(request.agent, person, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _shown(request, person, refusal=refusal, typed={})
    messages.success(request, _("The relation goes on. Their cases are back in the queues."))
    return redirect("inbox:ending", slug, person_id)


@needs(May.WORK)
@require_POST
def warning(request: BrandRequest, slug: str, person_id: int, message_id: int) -> HttpResponse:
    """Note that an answer of ours was a warning, or that it was none."""
    rows = Message.objects.filter(
        brand_id=request.brand.pk, case__person=_person(request, person_id), pk=message_id
    )
    said = get_object_or_404(rows.select_related("case__person"))
    verb = relations.warn if request.POST.get("stands") == "1" else relations.unwarn
    try:
        verb(request.agent, said)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Noted"))
    return redirect("inbox:tone", slug, person_id)


@needs(May.END)
@require_POST
def last(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    """Put the last words into the composer of their latest case, before whatever was begun there."""
    case = _latest(_person(request, person_id))
    if case is None:
        raise Http404
    begun = Draft.objects.filter(brand_id=request.brand.pk, case=case, agent=request.agent).first()
    text = _last_words(request, case)
    if begun:
        text = begun.text if text in begun.text else f"{text}\n\n{begun.text}"
    place: dict[str, Any] = {"mode": "public" if case.public else "private"}
    if begun:  # a note stays a note, and what hung on it stays
        place = {name: getattr(begun, name) for name in ("mode", "files", "target", "account")}
    drafts.keep(request.agent, case, text=text, **place)
    return redirect("inbox:case", slug, case.number)


def _person(request: BrandRequest, person_id: int) -> Person:
    person = face(request.brand.pk, person_id)
    if person is None:
        raise Http404
    return person


def _latest(person: Person) -> Case | None:
    cases = Case.objects.filter(brand_id=person.brand_id, person=person).exclude(state=Case.State.MERGED)
    return cases.order_by("-last_message_at").first()


def _last_words(request: BrandRequest, case: Case) -> str:
    formality = GuardPolicy.objects.filter(brand_id=request.brand.pk).values_list("formality", flat=True)
    return last_words(case.language or request.brand.language, formality.first() or "")


def _shown(
    request: BrandRequest, person: Person, *, typed: dict[str, str], refusal: Refusal | None = None
) -> HttpResponse:
    told, case = story(person), _latest(person)
    context: dict[str, Any] = {
        **told,
        "strip": list(reversed(told["said"][:STRIP])),
        "offers": [one for one in told["said"] if one["ours"]][:OFFERS],
        "last_words": _last_words(request, case) if case else "",
        "last_case": case.number if case else None,
        "may_end": request.may(May.END.value),
        "typed": typed,
        "refusal": str(refusal.sentence) if refusal else "",
    }
    response = page(request, "inbox/ending.html", context)
    response.status_code = refusal.status if refusal else 200
    return response
