"""The customer as the pane beside the conversation shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cortafuegos.inbox import harmless, words
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries.person import History
from cortafuegos.people.joined import noted_before
from cortafuegos.people.models import Identity


def beside(case: Case, past: History, now: datetime) -> dict[str, Any]:
    person = past.person
    place = person.place or next((i.place for i in past.identities if i.place), "")
    followers = max((i.followers or 0 for i in past.identities), default=0)
    name = harmless.name(person.name) or harmless.name(str(case.identity))
    return {
        "id": person.pk,
        "name": name,
        "initials": harmless.initials(name),
        "place": harmless.name(place),
        "there": words.there(person.time_zone, now) if person.time_zone else "",
        "reach": words.number(followers) if followers else "",
        "verified": any(i.verified for i in past.identities),
        "bio": harmless.name(next((i.bio for i in past.identities if i.bio), ""))[:200],
        "note": person.note,
        "noted_before": noted_before(person),
        "joined": len(past.identities) > 1,
        "ended": words.day(person.ended_at, now) if person.ended_at else "",
        "identities": [_identity(one) for one in past.identities],
        "before": [_case(one, now) for one in past.before],
        "said": [_said(one, now) for one in past.said],
        "promises": [{"deadline": d, "due": words.due(d.due_at, now)} for d in past.promises],
        "kept": past.kept,
        "missed": past.missed,
        "merged": past.merged,
    }


def _identity(one: Identity) -> dict[str, Any]:
    return {"look": look(one.network), "handle": harmless.name(one.handle), "url": harmless.web(one.url)}


def _case(one: Case, now: datetime) -> dict[str, Any]:
    return {
        "look": look(one.network),
        "public": one.public,
        "number": one.number,
        "title": harmless.name(one.subject),
        "when": words.day(one.last_message_at, now, whole=False),
        "open": one.state == "open",
    }


def _said(one: Message, now: datetime) -> dict[str, Any]:
    return {
        "id": one.pk,
        "look": look(one.network),
        "public": one.public,
        "text": harmless.name(one.text[:200]),
        "when": words.day(one.posted_at, now, whole=False),
        "number": one.case.number if one.case else None,
    }
