from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from cortafuegos.channels.capabilities import Status
from cortafuegos.channels.contract import AccountView, Delivery, Outgoing, Post
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.meta import signature
from cortafuegos.channels.tests.replies import target_of
from cortafuegos.channels.whatsapp.connector import connector
from cortafuegos.channels.whatsapp.fake.network import WhatsApp
from cortafuegos.channels.whatsapp.fake.push import bodies
from cortafuegos.channels.whatsapp.fake.things import Number, Person


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
    """Condor Air's number, two people (one hides her number), and the desk's account for it."""

    network: WhatsApp
    clock: Clock
    address: str
    number: Number
    ana: Person
    eva: Person

    def form(self, **changes: str) -> dict[str, str]:
        net = self.network
        known = {"app_id": net.app_id, "app_secret": net.app_secret, "token": net.token, "waba_id": net.waba}
        ours = {
            "phone_number_id": self.number.id,
            "verify_token": "una-palabra-larga",
            "address": self.address,
        }
        return {**known, **ours, **changes}

    def account(self, **changes: str) -> AccountView:
        found = connector.connect(self.form(**changes))
        return AccountView(
            id=1,
            network="whatsapp",
            network_id=found.network_id,
            handle=found.handle,
            language="en",
            config=found.config,
            credentials=found.credentials,
        )

    def pushed(self, **how: Any) -> list[Delivery]:
        """What waits, as it would arrive."""
        secret = self.network.app_secret
        return [
            Delivery("", body, {signature.HEADER: signature.sign(secret, body)})
            for body in bodies(self.network, **how)
        ]

    def heard(self, account: AccountView, **how: Any) -> list[Post]:
        found: list[Post] = []
        for delivery in self.pushed(**how):
            connector.verify(account, delivery, datetime.now(UTC))
            found += connector.read(account, delivery)
        return found

    def told(self, account: AccountView, **how: Any) -> list[Status]:
        """What became of our own messages, of which ``read`` says nothing."""
        found: list[Status] = []
        for delivery in self.pushed(**how):
            assert connector.read(account, delivery) == []
            found += connector.statuses(account, delivery)
        return found

    def asked(self, account: AccountView, text: str = "¿Y mi maleta?") -> Post:
        self.network.says(self.ana, self.number, text)
        return self.heard(account)[-1]


@pytest.fixture
def world() -> Iterator[World]:
    clock = Clock()
    network = WhatsApp(clock)
    number = network.number("+34 600 000 001", "Condor Air")
    ana = network.person("Ana Vidal", "34600000002", "@ana_v")
    eva = network.person("Eva", "34600000003", hides_number=True)
    with serving(network.app()) as address:
        yield World(network, clock, address, number, ana, eva)


@pytest.fixture
def account(world: World) -> AccountView:
    return world.account()


def answer(post: Post, text: str = "Lo miramos ahora.", **changes: Any) -> Outgoing:
    values: dict[str, Any] = {"key": "k-1", "public": False, "first_attempt_at": post.posted_at}
    return Outgoing(text=text, target=target_of(post), **{**values, **changes})
