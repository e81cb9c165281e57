from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import translation

from cortafuegos.channels.contract import AccountView, Delivery, Outgoing, Post
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.telegram.connector import connector
from cortafuegos.channels.telegram.fake.network import Telegram
from cortafuegos.channels.telegram.fake.people import Bot, Chat, Person
from cortafuegos.channels.tests.replies import target_of


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences that the tests quote are those of the source."""
    with translation.override("en"):
        yield


@dataclass
class Clock:
    now: float = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class World:
    """Condor Air's bot, two people, and the desk's account for it."""

    network: Telegram
    clock: Clock
    address: str
    bot: Bot
    ana: Person
    luis: Person
    cursor: dict[str, Any] = field(default_factory=dict)

    @property
    def chat(self) -> Chat:
        return self.network.private(self.bot, self.ana)

    def account(self, **form: str) -> AccountView:
        found = connector.connect({"token": self.bot.token, "server": self.address, **form})
        names = {"network_id": found.network_id, "handle": found.handle}
        return AccountView(
            id=1,
            network="telegram",
            language="es",
            config=found.config,
            credentials=found.credentials,
            **names,
        )

    def heard(self, account: AccountView) -> list[Post]:
        """What a poll brings, going on where the last one ended."""
        polled = connector.poll(account, self.cursor)
        self.cursor = polled.cursor
        return [post for delivery in polled.deliveries for post in connector.read(account, delivery)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> Iterator[World]:
    network = Telegram(clock)
    bot = network.bot("Condor Air", "condor_air_bot")
    ana, luis = network.person("Ana Vidal", "ana_v"), network.person("Luis")
    with serving(network.app()) as address:
        yield World(network, clock, address, bot, ana, luis)


@pytest.fixture
def account(world: World) -> AccountView:
    return world.account()


def answer(post: Post, text: str = "Lo miramos ahora.", **changes: Any) -> Outgoing:
    values: dict[str, Any] = {"key": "k-1", "public": post.public, "first_attempt_at": post.posted_at}
    return Outgoing(text=text, target=target_of(post), **{**values, **changes})


def pushed(body: bytes, **headers: str) -> Delivery:
    return Delivery("", body, {name.replace("_", "-"): value for name, value in headers.items()})
