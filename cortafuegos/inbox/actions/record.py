"""What every verb ends with, and the refusals they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Event
from cortafuegos.kit import log
from cortafuegos.kit.nudge import nudge
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may


def allow(actor: Agent, what: May) -> None:
    """Refuse unless the person is at work in the brand and their role may do it."""
    if not actor.active or not may(actor.role, what):
        raise Refusal(_("Your role does not allow this."), code="not_allowed", status=403)


def lock(actor: Agent, case: Case) -> Case:
    """The case as it is now, held until the transaction ends; only within the actor's brand."""
    held = Case.objects.select_for_update(of=("self",), no_key=True).filter(
        brand_id=actor.brand_id, pk=case.pk
    )
    try:
        fresh = held.get()
    except Case.DoesNotExist:
        raise Refusal(_("There is no such case."), code="no_such_case", status=404) from None
    if fresh.state == Case.State.MERGED:
        raise Refusal(_("This case was merged into another one. Work goes on there."), code="merged")
    return fresh


def record(
    kind: str,
    case: Case,
    actor: Agent | None = None,
    data: Mapping[str, Any] | None = None,
    *,
    brand_id: int | None = None,
    correlation: Any = None,
) -> None:
    """Write the event and nudge the browsers. Call inside the verb's transaction."""
    Event.objects.create(
        brand_id=brand_id or case.brand_id,
        kind=kind,
        case=case,
        agent=actor,
        data=dict(data or {}),
        correlation=correlation,
    )
    nudge(case.brand_id, [case.pk])
    log.get(__name__).info(kind, case=case.pk, brand=case.brand_id, agent=actor.pk if actor else None)


def save(case: Case, *fields: str) -> None:
    """Write the fields and one more version."""
    case.version += 1
    case.save(update_fields=[*fields, "version"])
