"""Who is in which case right now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cortafuegos.inbox.models import Presence

STAYS = timedelta(seconds=40)  # a heartbeat comes every 15 s


@dataclass(frozen=True, slots=True)
class Here:
    name: str
    initials: str
    typing: bool


def here(brand_id: int, case_ids: Sequence[int], agent_id: int, now: datetime) -> dict[int, list[Here]]:
    """Colleagues in these cases, oneself left out, those who type first."""
    rows = Presence.objects.filter(brand_id=brand_id, case_id__in=case_ids, seen_at__gt=now - STAYS)
    rows = (
        rows.exclude(agent_id=agent_id).select_related("agent__user").order_by("-typing", "agent__user__name")
    )
    found: defaultdict[int, list[Here]] = defaultdict(list)
    for row in rows:
        user = row.agent.user
        found[row.case_id].append(
            Here(user.name.split()[0] if user.name else user.email, user.initials, row.typing)
        )
    return dict(found)
