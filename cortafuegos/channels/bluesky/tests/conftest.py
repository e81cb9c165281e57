from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from django.utils import translation

from cortafuegos.channels.bluesky.connector import Bluesky
from cortafuegos.channels.contract import AccountView, Connected, Outgoing, Post
from cortafuegos.channels.tests.replies import target_of
from e2e.networks.bluesky import BlueskyAccount, BlueskyNetwork

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared as they are written in the source."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def network() -> Iterator[BlueskyNetwork]:
    with BlueskyNetwork() as running:
        yield running


def view_of(connected: Connected) -> AccountView:
    return AccountView(
        id=1,
        network="bluesky",
        network_id=connected.network_id,
        handle=connected.handle,
        language="es",
        config=connected.config,
        credentials=connected.credentials,
    )


@dataclass
class Desk:
    """A brand's account on the network, connected, with the cursor that a worker would keep."""

    network: BlueskyNetwork
    person: BlueskyAccount
    connector: Bluesky
    account: AccountView
    cursor: dict[str, Any] = field(default_factory=dict)

    def poll(self) -> list[Post]:
        posts: list[Post] = []
        more = True
        while more:
            polled = self.connector.poll(self.account, self.cursor)
            self.cursor, more = dict(polled.cursor), polled.more
            for delivery in polled.deliveries:
                posts += self.connector.read(self.account, delivery)
        return posts

    def next_post(self, wanted: Callable[[Post], bool] = lambda post: True) -> Post:
        """The first post that is wanted, once it arrives."""
        found = self.network.eventually(lambda: [post for post in self.poll() if wanted(post)])
        return found[0]


@pytest.fixture(scope="session")
def customers(network: BlueskyNetwork) -> Callable[[str], Any]:
    """The customer of that name, as the official SDK's client. They write to every test's brand."""
    return cache(lambda name: network.client(network.account(name)))


@pytest.fixture
def desk(network: BlueskyNetwork) -> Desk:
    person = network.account(f"lumbre{next(_numbers)}")
    connector = Bluesky()
    return Desk(network, person, connector, view_of(connector.connect(network.connect_form(person))))


def mention(desk: Desk, text: str) -> Any:
    """Text for the SDK that names the brand."""
    from atproto import client_utils

    return client_utils.TextBuilder().mention(f"@{desk.person.handle}", desk.person.did).text(f" {text}")


def answer(post: Post, text: str, *, key: str = "reply-1", public: bool | None = None) -> Outgoing:
    return Outgoing(
        key=key,
        text=text,
        public=post.public if public is None else public,
        target=target_of(post),
        first_attempt_at=datetime.now(UTC),
        language="es",
    )


def own_posts(desk: Desk) -> list[str]:
    client = desk.network.client(desk.person)
    where = {"repo": desk.person.did, "collection": "app.bsky.feed.post"}
    return [record.value.text for record in client.com.atproto.repo.list_records(where).records]
