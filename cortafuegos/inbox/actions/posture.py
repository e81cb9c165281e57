"""The posture of a brand's desk. The inbox owns it; the crisis package sets it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Posture
from cortafuegos.kit import clock
from cortafuegos.kit.compiled import compiled, first
from cortafuegos.kit.nudge import nudge
from cortafuegos.team.licence import POSTURES
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May


def posture_of(brand_id: int) -> str:
    """calm, watch or crisis."""
    return first(_levels(brand_id)) or "calm"


@compiled
def _levels(brand_id: Any) -> QuerySet[Posture, str]:
    return Posture.objects.filter(brand_id=brand_id).values_list("level", flat=True)


@transaction.atomic
def set_posture(actor: Agent, level: str) -> Posture:
    """The same posture again changes nothing and writes no event."""
    allow(actor, May.POSTURE)
    if level not in POSTURES:
        raise Refusal(_("There is no such posture."), code="no_such_posture", status=422)
    posture, _made = Posture.objects.select_for_update().get_or_create(brand_id=actor.brand_id)
    before = posture.level
    if level != before:
        posture.level, posture.since, posture.set_by = level, clock.now(), actor
        posture.save(update_fields=["level", "since", "set_by"])
        Event.objects.create(
            brand_id=actor.brand_id, kind="posture.set", agent=actor, data={"from": before, "to": level}
        )
        nudge(actor.brand_id, kind="posture")
    return posture
