"""Who and what a brand's pages speak of by id: colleagues, teams, accounts. Read once a page, in
three small statements, instead of joined to every message, note and event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cortafuegos.channels.models import Account
from cortafuegos.kit.compiled import compiled
from cortafuegos.team.models import Agent, Team, User


@dataclass(frozen=True, slots=True)
class Colleague:
    name: str
    first: str
    initials: str
    active: bool


@dataclass(frozen=True, slots=True)
class Cast:
    agents: dict[int, Colleague]  # also those who left: what they wrote keeps its author
    teams: dict[int, str]
    accounts: dict[int, Account]  # also removed ones

    def agent(self, agent_id: int | None) -> Colleague | None:
        return self.agents.get(agent_id) if agent_id else None

    def live(self) -> list[Account]:
        return [account for account in self.accounts.values() if account.removed_at is None]


def cast(brand_id: int) -> Cast:
    return Cast(
        {pk: _colleague(name, email, active) for pk, active, name, email in _agents(brand_id)},
        dict(_teams(brand_id)),
        {account.pk: account for account in _accounts(brand_id)},
    )


@compiled
def _agents(brand_id: Any) -> QuerySet[Agent, tuple[int, bool, str, str]]:
    return Agent.objects.filter(brand_id=brand_id).values_list("pk", "active", "user__name", "user__email")


@compiled
def _teams(brand_id: Any) -> QuerySet[Team, tuple[int, str]]:
    return Team.objects.filter(brand_id=brand_id).values_list("pk", "name")


@compiled
def _accounts(brand_id: Any) -> QuerySet[Account]:
    return Account.objects.filter(brand_id=brand_id).defer("cursor", "profile_text").order_by("pk")


def _colleague(name: str, email: str, active: bool) -> Colleague:
    user = User(name=name, email=email)
    return Colleague(str(user), str(user).split()[0], user.initials, active)
