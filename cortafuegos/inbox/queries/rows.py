"""Cases with what a row of a list shows."""

from __future__ import annotations

from collections.abc import Sequence

from cortafuegos.inbox.models import Case


def load(brand_id: int, ids: Sequence[int]) -> list[Case]:
    """These cases, in the given order; those of another brand are not there."""
    if not ids:
        return []
    rows = Case.objects.filter(brand_id=brand_id).select_related("person", "identity", "assignee__user")
    found = rows.in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]
