from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import translation
from starlette.types import ASGIApp, Receive, Scope, Send

from cortafuegos.channels.contract import AccountView, Delivery, Outgoing, Post
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.tests.replies import target_of
from cortafuegos.channels.x import media, vocabulary
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake import XNetwork
from cortafuegos.channels.x.fake.world import Post as FakePost
from cortafuegos.channels.x.wire import http

BACK = "https://desk.example/channels/x/return"
STATE = "a-state-nobody-guesses"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences that the tests quote are those of the source."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    vocabulary.forget()
    media.forget()
    yield


@pytest.fixture
def network() -> XNetwork:
    made = XNetwork()
    made.people.join("condor_air", name="Cóndor Air", followers=120_400, verified_type="business")
    made.people.join("ana", name="Ana Rojas", followers=48_210, verified_type="blue", location="Lima")
    made.people.join("luis", name="Luis Pinto", followers=87)
    made.signed_in = "condor_air"
    return made


class Line:
    """One server for all tests; behind it stands the network of the test that runs."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self.address = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.app is not None:
            await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def line() -> Iterator[Line]:
    found = Line()
    with serving(found) as found.address:
        yield found


@pytest.fixture
def address(line: Line, network: XNetwork) -> str:
    line.app = network.app()
    return line.address


@pytest.fixture
def form(network: XNetwork, address: str) -> dict[str, str]:
    app = network.world.app
    return {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "consumer_secret": app.consumer_secret,
        "api": address,
        "authorize": f"{address}/i/oauth2/authorize",
        "web": "https://x.com",
    }


@pytest.fixture
def us(form: dict[str, str]) -> AccountView:
    return connected(form)


def consent(form: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Through X's page as a browser would: what was kept, and what it came back with."""
    begun = connector.begin(form, BACK, STATE)
    answer = http().get(begun.address)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["location"])
    assert back.geturl().startswith(BACK)
    return begun.kept, dict(parse_qsl(back.query))


def connected(form: dict[str, str]) -> AccountView:
    kept, query = consent(form)
    found = connector.finish(kept, query, BACK)
    return AccountView(1, "x", found.network_id, found.handle, "es", found.config, found.credentials)


def with_credentials(account: AccountView, **changes: Any) -> AccountView:
    return replace(account, credentials={**account.credentials, **changes})


def configured(account: AccountView, **changes: Any) -> AccountView:
    return replace(account, config={**account.config, **changes})


def answer_to(post: Post, text: str, **changes: Any) -> Outgoing:
    values: dict[str, Any] = {"key": "k-1", "public": post.public, "first_attempt_at": post.posted_at}
    return Outgoing(text=text, target=target_of(post), **{**values, **changes})


def everything(
    account: AccountView, cursor: dict[str, Any] | None = None
) -> tuple[list[Delivery], dict[str, Any]]:
    """Polls in a row while there is more, as the desk does; at most 60."""
    found: list[Delivery] = []
    cursor = cursor or {}
    for _turn in range(60):
        polled = connector.poll(account, cursor)
        found += polled.deliveries
        cursor = dict(polled.cursor)
        if not polled.more:
            return found, cursor
    raise AssertionError("it never comes to an end")


def posts_of(account: AccountView, deliveries: list[Delivery]) -> list[Post]:
    return [post for delivery in deliveries for post in connector.read(account, delivery)]


def heard(account: AccountView) -> list[Post]:
    return posts_of(account, everything(account)[0])


def named(post: FakePost) -> str:
    return f"x:post:{post.history[0]}"
