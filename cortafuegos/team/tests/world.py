"""A small named world: a brand with one person of each role, and an outsider with a brand of hers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from cortafuegos.team import actions
from cortafuegos.team.models import Agent, Brand, User

PASSWORD = "faro rojo en la niebla"


def a_user(name: str, email: str) -> User:
    return User.objects.create_user(email, PASSWORD, name=name)


@dataclass
class World:
    brand: Brand
    lucia: Agent  # owner
    pilar: Agent  # supervisor
    bruno: Agent  # agent
    delia: Agent  # drafter
    elsewhere: Brand
    olga: Agent  # owner of another brand

    def client(self, agent: Agent, **options: bool) -> Client:
        client = Client(**options)
        client.force_login(agent.user)
        return client

    def url(self, rest: str = "") -> str:
        return f"/b/{self.brand.slug}/{rest}"


@pytest.fixture
def world(db: None) -> World:
    lucia = a_user("Lucía Fontán", "lucia@condor.example")
    brand = actions.create_brand(name="Cóndor Azul", owner=lucia)
    olga = a_user("Olga Prieto", "olga@faro.example")
    elsewhere = actions.create_brand(name="Faro Norte", owner=olga)

    def member(name: str, email: str, role: str) -> Agent:
        return Agent.objects.create(brand=brand, user=a_user(name, email), role=role)

    return World(
        brand=brand,
        lucia=brand.agents.get(user=lucia),
        pilar=member("Pilar Otxoa", "pilar@condor.example", "supervisor"),
        bruno=member("Bruno Silva", "bruno@condor.example", "agent"),
        delia=member("Delia Ruiz", "delia@condor.example", "drafter"),
        elsewhere=elsewhere,
        olga=elsewhere.agents.get(user=olga),
    )
