"""How each step of a playbook fares: how often it was followed, left out, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from cortafuegos.inbox.models import Event

MOST = 20_000  # events looked at, the newest
SHOWN = 5  # reasons of a step


@dataclass(slots=True)
class Fate:
    done: int = 0
    left_out: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def common(self) -> list[tuple[str, int]]:
        return self.reasons.most_common(SHOWN)


@dataclass(slots=True)
class Use:
    begun: int = 0
    steps: dict[str, Fate] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        return sum(fate.left_out for fate in self.steps.values())


def use(brand_id: int, since: datetime, slug: str = "") -> dict[str, Use]:
    """By playbook, of all its versions; of one only where ``slug`` is given."""
    kinds = ("playbook.begun", "playbook.step_done", "playbook.step_left_out")
    events = Event.objects.filter(brand_id=brand_id, kind__in=kinds, at__gt=since)
    if slug:
        events = events.filter(data__playbook=slug)
    found: dict[str, Use] = {}
    for kind, data in events.order_by("-at").values_list("kind", "data")[:MOST]:
        one = found.setdefault(str(data.get("playbook", "")), Use())
        if kind == "playbook.begun":
            one.begun += 1
            continue
        fate = one.steps.setdefault(str(data.get("step", "")), Fate())
        if kind == "playbook.step_done":
            fate.done += 1
        else:
            fate.left_out += 1
            fate.reasons[str(data.get("reason", ""))] += 1
    return found
