"""Whoever leaves gives back what they had: a case must not wait for somebody who never comes."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from cortafuegos.inbox.actions.record import record, save
from cortafuegos.inbox.models import Case
from cortafuegos.team.models import Agent
from cortafuegos.team.signals import agent_left


@receiver(agent_left)
def give_back(actor: Agent, agent: Agent, **_: Any) -> None:
    """Open and put-off cases go back to their team, or to nobody. One event each, so it can be seen."""
    cases = Case.objects.select_for_update().filter(brand_id=agent.brand_id, assignee=agent)
    for case in cases.filter(state__in=[Case.State.OPEN, Case.State.SNOOZED]).order_by("pk"):
        before = {"assignee": agent.pk, "team": case.team_id}
        case.assignee = None
        save(case, "assignee")
        record("case.assigned", case, actor, {"from": before, "to": {**before, "assignee": None}})
