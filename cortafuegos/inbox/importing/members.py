"""The people and teams of a restored brand. Whoever is here already stays who they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cortafuegos.team.models import Agent, Brand, Team, User
from cortafuegos.team.rules import Role

Line = dict[str, Any]
_ABOUT = ("name", "language", "time_zone", "theme", "after_send")


class Members:
    """Knows which agent and team each id of the file became."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self._ids: dict[tuple[str, int], int] = {}

    def find(self, table: str, given: Any) -> int:
        """Raises KeyError for one the file has not introduced."""
        return self._ids[table, given]

    def brand_is(self, line: Line) -> None:
        """Its address and name stay as they are here; its numbers go on."""
        Brand.objects.filter(pk=self.brand.pk).update(
            language=str(line["language"])[:8],
            time_zone=str(line["time_zone"])[:64],
            next_case_number=int(line["next_case_number"]),
        )

    def agents(self, lines: Sequence[Line]) -> None:
        """They come without passwords: who is new here needs a link to sign in."""
        for line in lines:
            email = str(line["email"]).strip().lower()
            user = User.objects.filter(email=email).first()
            if user is None:
                fields = {
                    name: line[name] for name in ("name", "language", "time_zone", "theme", "after_send")
                }
                user = User.objects.create_user(email, **fields)
            agent, _ = Agent.objects.get_or_create(
                brand=self.brand,
                user=user,
                defaults={
                    "role": Role(line["role"]).value,
                    "signature": str(line["signature"])[:40],
                    "active": bool(line["active"]),
                    "created_at": datetime.fromisoformat(line["created_at"]),
                },
            )
            self._ids["Agent", line["id"]] = agent.pk

    def teams(self, lines: Sequence[Line]) -> None:
        for line in lines:
            team, _ = Team.objects.get_or_create(brand=self.brand, name=str(line["name"])[:80])
            team.members.add(*(self.find("Agent", member) for member in line["members"]))
            self._ids["Team", line["id"]] = team.pk
