"""How often each rule of the guard spoke on replies that were sent, and why it was passed over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from cortafuegos.inbox.models import Event, Reply

MOST = 5000  # replies looked at, the newest
SHOWN = 5  # reasons of a rule


@dataclass(slots=True)
class Record:
    fired: int = 0
    overridden: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def common(self) -> list[tuple[str, int]]:
        return self.reasons.most_common(SHOWN)


def records(brand_id: int, since: datetime) -> dict[str, Record]:
    """By rule. The replies are found through the log of events, whose index begins with brand and kind."""
    found: dict[str, Record] = {}
    queued = Event.objects.filter(brand_id=brand_id, kind="reply.queued", at__gt=since).order_by("-at")
    pks = list(queued.values_list("data__reply", flat=True)[:MOST])
    for guard in Reply.objects.filter(brand_id=brand_id, pk__in=pks).values_list("guard", flat=True):
        for rule in {one.get("rule", "") for one in guard.get("findings", ())}:
            found.setdefault(rule, Record()).fired += 1
        override = guard.get("override") or {}
        for rule in override.get("rules", ()):
            record = found.setdefault(rule, Record())
            record.overridden += 1
            record.reasons[override.get("reason", "")] += 1
    return found
