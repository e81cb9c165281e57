"""What the verbs of training share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.models import Event
from cortafuegos.kit import log
from cortafuegos.kit.refusal import Refusal
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent

LONGEST_REASON = 300


def record(kind: str, actor: Agent | None, brand_id: int, data: Mapping[str, Any]) -> None:
    """Call inside the verb's transaction."""
    Event.objects.create(brand_id=brand_id, kind=kind, agent=actor, data=dict(data))
    log.get(__name__).info(kind, brand=brand_id, agent=actor.pk if actor else None)


def reasoned(reason: str) -> str:
    """One line that says something."""
    why = " ".join(storable(reason).split())[:LONGEST_REASON].strip()
    if not any(char.isalnum() for char in why):
        raise Refusal(_("Say why in a few words: it stays on record."), code="needs_reason", status=422)
    return why
