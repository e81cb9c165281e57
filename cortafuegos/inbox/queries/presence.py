"""Who is in which case right now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from cortafuegos.inbox.models import Presence
from cortafuegos.kit.compiled import compiled

STAYS = timedelta(seconds=40)  # a heartbeat comes every 15 s


@dataclass(frozen=True, slots=True)
class Here:
    name: str
    initials: str
    typing: bool


def here(brand_id: int, case_ids: Sequence[int], agent_id: int, now: datetime) -> dict[int, list[Here]]:
    """Colleagues in these cases, oneself left out, those who type first."""
    found: defaultdict[int, list[Here]] = defaultdict(list)
    if not case_ids:
        return {}
    for row in _others(brand_id, list(case_ids), agent_id, now - STAYS):
        user = row.agent.user
        found[row.case_id].append(
            Here(user.name.split()[0] if user.name else user.email, user.initials, row.typing)
        )
    return dict(found)


@compiled
def _others(brand_id: Any, case_ids: Any, agent_id: Any, since: Any) -> QuerySet[Presence]:
    rows = Presence.objects.filter(brand_id=brand_id, case_id__any=case_ids, seen_at__gt=since)
    rows = rows.exclude(agent_id=agent_id).select_related("agent__user")
    return rows.order_by("-typing", "agent__user__name")
