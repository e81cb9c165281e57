"""The way in to ``/stream``, the one event stream a browser holds open.

For the page:

- ``GET /b/<slug>/stream-token`` answers ``{"token": "..."}`` to a member of the brand; it is good for
  an hour.
- ``new EventSource("/stream?token=" + token)`` then brings events named ``nudge`` whose data is JSON:
  ``{"brand": 1, "cases": [7, 9], "kind": "case" | "presence" | "draft" | "account"}``, or
  ``{"brand": 1, "all": true}`` when anything may have changed. The first event after every
  (re)connection is of the second sort: what was said in between was not heard.
- Before the token ends comes one event named ``renew`` and the server closes: fetch a new token and
  open a new stream. An EventSource whose ``readyState`` is CLOSED (2) in its ``error`` event was turned
  away (the token is no longer good, the database is away): wait some seconds, fetch a new token, open
  a new one. With ``readyState`` CONNECTING (0) the browser is already coming back by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpRequest, JsonResponse

from cortafuegos.kit import clock

if TYPE_CHECKING:
    from cortafuegos.team.models import Agent

LIFE = timedelta(hours=1)
_SALT = "cortafuegos.stream"


@dataclass(frozen=True, slots=True)
class Ticket:
    agent_id: int
    brand_id: int
    ends_at: datetime


def token(agent: Agent, now: datetime | None = None) -> str:
    ends_at = (now or clock.now()) + LIFE
    return signing.Signer(salt=_SALT).sign_object([agent.pk, agent.brand_id, int(ends_at.timestamp())])


def read_token(token: str, now: datetime) -> Ticket | None:
    """None for what we did not sign, and for what has ended."""
    try:
        agent_id, brand_id, ends = signing.Signer(salt=_SALT).unsign_object(token)
        ticket = Ticket(int(agent_id), int(brand_id), datetime.fromtimestamp(ends, now.tzinfo))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return ticket if now < ticket.ends_at else None


def stream_token(request: HttpRequest, slug: str) -> JsonResponse:
    """The middleware of brands has already sent away whoever is not a member."""
    agent: Agent = request.agent  # type: ignore[attr-defined]
    response = JsonResponse({"token": token(agent)})
    response["Cache-Control"] = "no-store"
    return response
