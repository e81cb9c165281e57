"""How things have gone with a person: their tone over time, and what we offered. For whoever judges."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cortafuegos.guard.regret import regrets
from cortafuegos.inbox import harmless, tone, words
from cortafuegos.inbox.labels.words import words as label
from cortafuegos.inbox.models import Message, Promise
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries.tone import SHOWN, between
from cortafuegos.inbox.views.common import page
from cortafuegos.kit import clock
from cortafuegos.people.models import Person
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

_LEVELS = {"negative": ("frown", "danger"), "positive": ("smile", "ok"), "neutral": ("meh", "")}
_STATES = {"open": "clock", "kept": "check", "broken": "triangle-alert", "withdrawn": "minus"}


@needs(May.READ)
@require_safe
def history(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=person_id, brand_id=request.brand.pk)
    found, now = between(person), clock.now()
    sorry = {one.pk: one.direction == "out" and regrets(one.text, one.language) for one in found.said}
    turns = [
        tone.Turn(ours=True, sorry=sorry[one.pk])
        if one.direction == "out"
        else tone.Turn(ours=False, sentiment=str(one.labels.get("sentiment", "")))
        for one in reversed(found.said)
    ]
    first = person.identities.filter(brand_id=request.brand.pk).first()
    promises = [_promise(one, now) for one in found.promises]
    context = {
        "person": person,
        "title": harmless.name(person.name) or (harmless.name(str(first)) if first else ""),
        "account": tone.account(turns),
        "said": [_said(one, now, sorry=sorry[one.pk]) for one in found.said],
        "more": found.more,
        "most": SHOWN,
        "promises": promises,
        "kept": sum(one.state == "kept" for one in found.promises),
        "broken": sum(one.state == "broken" for one in found.promises),
    }
    return page(request, "inbox/tone.html", context)


def _said(one: Message, now: Any, *, sorry: bool) -> dict[str, Any]:
    ours = one.direction == "out"
    sentiment = "" if ours else str(one.labels.get("sentiment", ""))
    icon, level = _LEVELS.get(sentiment, ("", ""))
    told = [label("intent", one.labels.get("intent")), label("urgency", one.labels.get("urgency"))]
    return {
        "id": one.pk,
        "ours": ours,
        "sorry": sorry,
        "look": look(one.network),
        "public": one.public,
        "when": words.moment(one.posted_at, now),
        "at": one.posted_at,
        "text": harmless.line(one.text[:400]),
        "number": one.case.number if one.case else None,
        "icon": icon,
        "level": level,
        "sentiment": label("sentiment", sentiment),
        "labels": [] if ours else [words_ for words_ in told if words_],
        "leaving": not ours and bool(one.labels.get("churn")),
    }


def _promise(one: Promise, now: Any) -> dict[str, Any]:
    states = {"open": _("pending"), "kept": _("kept"), "broken": _("broken"), "withdrawn": _("withdrawn")}
    return {
        "text": harmless.line(one.text),
        "due": words.at(one.due_at, now),
        "state": states[one.state],
        "icon": _STATES[one.state],
    }
