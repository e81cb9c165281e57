"""How things have gone with a person: their tone over time, and what we offered. For whoever judges."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cortafuegos.guard.regret import regrets
from cortafuegos.inbox import harmless, tone, words
from cortafuegos.inbox.labels.words import words as label
from cortafuegos.inbox.models import Message, Promise, RelationStep
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries import relations
from cortafuegos.inbox.queries.tone import SHOWN, between
from cortafuegos.inbox.views.common import page
from cortafuegos.kit import clock
from cortafuegos.people.joined import face
from cortafuegos.people.models import Person
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

_LEVELS = {"negative": ("frown", "danger"), "positive": ("smile", "ok"), "neutral": ("meh", "")}
_STATES = {"open": "clock", "kept": "check", "broken": "triangle-alert", "withdrawn": "minus"}


@needs(May.READ)
@require_safe
def history(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    person = face(request.brand.pk, person_id)
    if person is None:
        raise Http404
    return page(request, "inbox/tone.html", story(person))


def story(person: Person) -> dict[str, Any]:
    """What a template needs to tell how it has gone with somebody."""
    found, now = between(person), clock.now()
    sorry = {one.pk: one.direction == "out" and regrets(one.text, one.language) for one in found.said}
    turns = [
        tone.Turn(ours=True, sorry=sorry[one.pk])
        if one.direction == "out"
        else tone.Turn(ours=False, sentiment=str(one.labels.get("sentiment", "")))
        for one in reversed(found.said)
    ]
    first = person.identities.filter(brand_id=person.brand_id).first()
    warned = {step.message_id: step for step in relations.warnings(person)}
    said = [_said(one, now, sorry=sorry[one.pk], warning=one.pk in warned) for one in found.said]
    return {
        "person": person,
        "title": harmless.name(person.name) or (harmless.name(str(first)) if first else ""),
        "account": tone.account(turns),
        "said": said,
        "more": found.more,
        "most": SHOWN,
        "warnings": [_warned(step, now) for step in warned.values()],
        "promises": [_promise(one, now) for one in found.promises],
        "kept": sum(one.state == "kept" for one in found.promises),
        "broken": sum(one.state == "broken" for one in found.promises),
        "steps": [_step(step, now) for step in relations.steps(person)],
        "ended": words.at(person.ended_at, now) if person.ended_at else "",
    }


def _said(one: Message, now: Any, *, sorry: bool, warning: bool) -> dict[str, Any]:
    ours = one.direction == "out"
    sentiment = "" if ours else str(one.labels.get("sentiment", ""))
    icon, level = _LEVELS.get(sentiment, ("", ""))
    told = [label("intent", one.labels.get("intent")), label("urgency", one.labels.get("urgency"))]
    return {
        "id": one.pk,
        "ours": ours,
        "sorry": sorry,
        "warning": warning,
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


def _warned(step: RelationStep, now: Any) -> dict[str, Any]:
    message = step.message
    return {
        "who": str(step.agent),
        "when": words.at(step.at, now),
        "text": harmless.line(message.text[:400]) if message else "",
        "number": message.case.number if message and message.case else None,
        "id": message.pk if message else None,
    }


_DONE = {"warned": "octagon-alert", "unwarned": "undo-2", "ended": "door-closed", "resumed": "door-open"}


def _step(step: RelationStep, now: Any) -> dict[str, Any]:
    who = {"who": step.agent}
    said = {
        "warned": _("%(who)s noted a warning") % who,
        "unwarned": _("%(who)s took a warning back: noted by mistake") % who,
        "ended": _("%(who)s ended the relation") % who,
        "resumed": _("%(who)s took the relation up again") % who,
    }
    return {
        "icon": _DONE[step.kind],
        "said": said[step.kind],
        "at": step.at,
        "when": words.at(step.at, now),
        "reason": harmless.line(step.reason),
        "override": harmless.line(step.override),
    }
