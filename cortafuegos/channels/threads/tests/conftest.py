from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from django.utils import translation

from cortafuegos.channels.contract import AccountView, Delivery, Post
from cortafuegos.channels.threads.connector import connector
from cortafuegos.channels.threads.fake import ThreadsNetwork

BACK, STATE = "https://desk.example/connect/threads/return", "st4te"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences that the tests quote are those of the source."""
    with translation.override("en"):
        yield


@dataclass
class World:
    network: ThreadsNetwork
    address: str

    def form(self, **changes: str) -> dict[str, str]:
        app = {"app_id": self.network.app_id, "app_secret": self.network.app_secret}
        places = {"api": self.address, "authorize": f"{self.address}/oauth/authorize"}
        return {**app, **places, **changes}

    def account(self, **changes: str) -> AccountView:
        """Through the consent page, as a browser would."""
        begun = connector.begin(self.form(**changes), BACK, STATE)
        back = httpx.get(begun.address).headers["location"]
        found = connector.finish(begun.kept, dict(parse_qsl(urlsplit(back).query)), BACK)
        return AccountView(
            1, "threads", found.network_id, found.handle, "en", found.config, found.credentials
        )

    def pushed(self, account: AccountView) -> list[Post]:
        found = []
        for body in self.network.bodies():
            delivery = Delivery("", body, self.network.signed(body))
            connector.verify(account, delivery, datetime.now(UTC))
            found += connector.read(account, delivery)
        return found


def polled(account: AccountView, cursor: dict[str, Any] | None = None) -> tuple[list[Post], dict[str, Any]]:
    """A whole round."""
    found, cursor = [], cursor or {}
    for _turn in range(50):
        one = connector.poll(account, cursor)
        found += [post for delivery in one.deliveries for post in connector.read(account, delivery)]
        cursor = one.cursor
        if not one.more:
            return found, cursor
    raise AssertionError("it never comes to an end")


@pytest.fixture
def world() -> Iterator[World]:
    network = ThreadsNetwork()
    for name in ("condor_air", "ana", "luis"):
        network.join(name)
    network.signed_in = "condor_air"
    with network.serving() as address:
        yield World(network, address)


@pytest.fixture
def us(world: World) -> AccountView:
    return world.account()
