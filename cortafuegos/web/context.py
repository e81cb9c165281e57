"""What every page of the desk shows around its content, computed only when a template asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels import health as account_health
from cortafuegos.inbox import postures
from cortafuegos.inbox.actions.posture import posture_of
from cortafuegos.inbox.queries import counts, goals, queues, shell
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent, Brand
from cortafuegos.team.rules import May, may

SHY = {"failed", "ended"}  # queues that show themselves only when there is something in them
LATE = {"promises": "late", "approval": "approval_late"}  # queues whose figure turns red, and when


@dataclass(frozen=True, slots=True)
class QueueLine:
    name: str
    title: Any
    icon: str
    key: str
    on_phone: bool
    count: str  # "", "7", "999+"
    late: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    url: str
    title: Any
    icon: str
    here: bool


class Desk:
    """``{{ desk.… }}`` in templates. Fragments that ask for nothing cost nothing."""

    def __init__(self, request: HttpRequest, brand: Brand, agent: Agent) -> None:
        self.request, self.brand, self.agent = request, brand, agent
        self.now: datetime = clock.now()

    @cached_property
    def posture(self) -> postures.Look:
        return postures.look(posture_of(self.brand.pk))

    @property
    def postures(self) -> tuple[postures.Look, ...]:
        return postures.LOOKS

    @cached_property
    def can(self) -> dict[str, bool]:
        return {what.value: may(self.agent.role, what) for what in May}

    @cached_property
    def teams(self) -> list[shell.TeamLine]:
        return shell.teams(self.brand.pk)

    @cached_property
    def counts(self) -> dict[str, int]:
        return counts.counts(self.brand.pk, self.agent.pk, [team.id for team in self.teams], self.now)

    @cached_property
    def queues(self) -> list[QueueLine]:
        return [
            QueueLine(
                queue.name,
                queue.title,
                queue.icon,
                queue.key,
                queue.on_phone,
                self._figure(queue.name) if queue.counted else "",
                late=self.counts.get(LATE.get(queue.name, ""), 0) > 0,
            )
            for queue in queues.QUEUES
            if queue.name not in SHY or self.counts[queue.name] or self.current_queue == queue.name
        ]

    @cached_property
    def team_queues(self) -> list[QueueLine]:
        return [
            QueueLine(f"team-{team.id}", team.name, "users-round", "", False, self._figure(f"team-{team.id}"))
            for team in self.teams
        ]

    @cached_property
    def views(self) -> list[shell.ViewLine]:
        return shell.views(self.brand.pk, self.agent.pk)

    @cached_property
    def agents(self) -> list[shell.AgentLine]:
        return shell.agents(self.brand.pk)

    @cached_property
    def tags(self) -> list[str]:
        return shell.tags(self.brand.pk)

    @cached_property
    def health(self) -> account_health.Overview:
        return account_health.overview(self.brand)

    @cached_property
    def goals(self) -> goals.Goals:
        return goals.today(self.brand, self.now)

    @cached_property
    def stream(self) -> str:
        """Where the page's script asks for a token of this browser's one stream of nudges."""
        return reverse("web:stream-token", args=[self.brand.slug])

    @cached_property
    def accounts_url(self) -> str:
        return reverse("channels:accounts", args=[self.brand.slug])

    @cached_property
    def rooms(self) -> list[Room]:
        """The parts of the desk that are installed."""
        found = [
            self._room("people:people", _("People"), "users"),
            self._room("training:home", _("Training"), "graduation-cap"),
            self._room("web:settings", _("Settings"), "settings"),
        ]
        return [room for room in found if room]

    @cached_property
    def person_links(self) -> list[Room]:
        found = [
            self._room("web:preferences", _("My preferences"), "sliders-horizontal"),
            self._room("training:home", _("My training"), "graduation-cap"),
        ]
        return [room for room in found if room]

    @cached_property
    def current_queue(self) -> str:
        """The queue beside the page; none where a saved view is shown."""
        if self.current_view:
            return ""
        here = f"/b/{self.brand.slug}/inbox/"
        path = self.request.path
        return path.removeprefix(here) if path.startswith(here) else self.request.GET.get("in", "")

    @cached_property
    def current_view(self) -> int:
        raw = self.request.GET.get("view", "")
        return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 19 else 0

    def _room(self, name: str, title: Any, icon: str) -> Room | None:
        try:
            url = reverse(name, args=[self.brand.slug])
        except NoReverseMatch:
            return None
        here = self.request.path == url or self.request.path.startswith(f"{url}/")
        return Room(url, title, icon, here)

    def _figure(self, name: str) -> str:
        number = self.counts[name]
        return "" if not number else "999+" if number >= counts.CAP else str(number)


def desk(request: HttpRequest) -> dict[str, Any]:
    """The context processor: nothing for a visitor without a brand."""
    brand, agent = getattr(request, "brand", None), getattr(request, "agent", None)
    return {"desk": Desk(request, brand, agent)} if brand and agent else {}
