from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from cortafuegos.channels.contract import AccountView, Outgoing, Post
from cortafuegos.channels.mastodon import roots
from cortafuegos.channels.mastodon.connector import connector
from cortafuegos.channels.tests.replies import target_of
from e2e.networks.mastodon import MastodonServer, mastodon_server


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences that the tests quote are those of the source."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def running() -> Iterator[MastodonServer]:
    with mastodon_server() as server:
        yield server


@pytest.fixture
def server(running: MastodonServer) -> MastodonServer:
    roots.forget()
    running.reset()
    return running


@pytest.fixture
def marca(server: MastodonServer) -> AccountView:
    return account_on(server, "marca")


def account_on(server: MastodonServer, person: str, port: int | None = None) -> AccountView:
    url = f"http://127.0.0.1:{port}" if port else server.url
    found = connector.connect({"server": url, "token": server.token(person)})
    return AccountView(
        id=1,
        network="mastodon",
        network_id=found.network_id,
        handle=found.handle,
        language="es",
        config=found.config,
        credentials=found.credentials,
    )


def answer(post: Post, text: str, **changes: Any) -> Outgoing:
    values: dict[str, Any] = {"key": "k-1", "public": post.public, "first_attempt_at": post.posted_at}
    return Outgoing(text=text, target=target_of(post), **{**values, **changes})


def poll_posts(account: AccountView, cursor: dict[str, Any] | None = None) -> list[Post]:
    polled = connector.poll(account, cursor or {})
    return [post for delivery in polled.deliveries for post in connector.read(account, delivery)]
