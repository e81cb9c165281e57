"""The events of a batch of arrivals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cortafuegos.inbox.receive.arrival import Arrival, NewCase
from cortafuegos.kit.sql import rows

_EVENTS = """
INSERT INTO cortafuegos_event (brand_id, at, kind, case_id, data, correlation)
SELECT %(brand)s, %(now)s, kind, case_id, data, correlation FROM {batch} ORDER BY n
"""


def tell(brand_id: int, arrivals: Sequence[Arrival], before: dict[int, str], now: datetime) -> None:
    events: list[tuple[str, int | None, dict[str, object], object]] = []
    announced: set[int] = set()
    for a in arrivals:
        if not a.message_id:
            continue
        if a.case_id is not None and a.case_id not in announced and a.case_id in before:
            announced.add(a.case_id)
            if isinstance(a.case, NewCase):
                events.append(("case.opened", a.case_id, {"account": a.account.id}, a.correlation))
            elif before[a.case_id] == "closed" and not a.ours:
                events.append(("case.reopened", a.case_id, {"message": a.message_id}, a.correlation))
            elif before[a.case_id] == "snoozed" and not a.ours:
                events.append(("case.woken", a.case_id, {"message": a.message_id}, a.correlation))
        if a.case_id is not None:
            kind = "message.sent_elsewhere" if a.ours else "message.received"
            facts = {
                "message": a.message_id,
                "account": a.account.id,
                "public": a.post.public,
                "posted_at": a.post.posted_at.isoformat(),
            }
            events.append((kind, a.case_id, facts, a.correlation))
    rows(
        _EVENTS,
        {
            "kind": ("text", [e[0] for e in events]),
            "case_id": ("bigint", [e[1] for e in events]),
            "data": ("jsonb", [e[2] for e in events]),
            "correlation": ("uuid", [e[3] for e in events]),
        },
        brand=brand_id,
        now=now,
    )
