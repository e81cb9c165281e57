"""Cases with what a row of a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from cortafuegos.inbox.models import Case
from cortafuegos.kit.compiled import compiled

# Every column less is time saved on each of a page's rows.
_SHOWN = (
    *("number", "state", "subject", "snippet", "network", "public", "tags", "language"),
    *("awaits_us", "proposed", "approve_by", "returned", "failed", "inside", "quiet"),
    *("person_id", "assignee_id", "team_id"),
    *("last_message_at", "due_at", "snoozed_until", "closed_at", "version"),
    *("intent", "urgency", "churn", "needs_reply", "topics", "waiting_since", "unanswered"),
    *("priority", "crowd", "crowd_of", "crowd_size"),
    *("identity__name", "identity__handle", "identity__followers", "identity__verified"),
    *("assignee__user__name", "assignee__user__email"),
)


def load(brand_id: int, ids: Sequence[int]) -> list[Case]:
    """These cases, in the given order; those of another brand are not there."""
    if not ids:
        return []
    found = {case.pk: case for case in _shown(brand_id, list(ids))}
    return [found[pk] for pk in ids if pk in found]


@compiled
def _shown(brand_id: Any, ids: Any) -> QuerySet[Case]:
    rows = Case.objects.filter(brand_id=brand_id, pk__any=ids)
    return rows.select_related("identity", "assignee__user").only(*_SHOWN)
