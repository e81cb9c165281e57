"""Updates that Telegram brings: the secret, what is doubled, late or out of order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cortafuegos.channels.contract import AccountView, Delivery, Forged, HealthState, Unreadable
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.telegram.connector import SECRET, connector
from cortafuegos.channels.telegram.fake.push import push

from .conftest import World, pushed

NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Desk:
    """Takes what is pushed as the edge does: checked, then kept under its key."""

    def __init__(self) -> None:
        self.account: AccountView | None = None
        self.kept: dict[str, Delivery] = {}
        self.down = False

    async def take(self, request: Request) -> Response:
        delivery = Delivery("", await request.body(), dict(request.headers))
        if self.down or self.account is None:
            return Response(status_code=503)
        try:
            connector.verify(self.account, delivery, NOW)
        except Forged:
            return Response(status_code=401)
        self.kept.setdefault(connector.key(self.account, delivery), delivery)
        return Response()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def hook(desk: Desk) -> Iterator[str]:
    with serving(Starlette(routes=[Route("/in/a", desk.take, methods=["POST"])])) as address:
        yield f"{address}/in/a"


@pytest.fixture
def linked(world: World, desk: Desk, hook: str) -> AccountView:
    desk.account = world.account(webhook=hook)
    return desk.account


def test_pushed_twice_and_backwards_is_kept_once_each(world: World, desk: Desk, linked: AccountView) -> None:
    for text in ("uno", "dos", "tres"):
        world.network.says(world.ana, world.chat, text)
    assert push(world.network, world.bot, times=2, backwards=True) == [200] * 6
    posts = [connector.read(linked, delivery)[0] for delivery in desk.kept.values()]
    assert sorted(post.text for post in posts) == ["dos", "tres", "uno"]
    assert connector.poll(linked, {"offset": 3}).deliveries == []


def test_polled_or_pushed_it_is_the_same(world: World, desk: Desk, hook: str) -> None:
    polling = world.account()
    world.network.says(world.ana, world.chat, "hola")
    (delivery,) = connector.poll(polling, {}).deliveries
    desk.account = world.account(webhook=hook)  # nothing that waits is dropped
    push(world.network, world.bot)
    ((key, other),) = desk.kept.items()
    assert key == delivery.key
    assert connector.read(desk.account, other) == connector.read(polling, delivery)


def test_what_the_desk_cannot_take_waits(world: World, desk: Desk, linked: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    desk.down = True
    assert push(world.network, world.bot) == [503]
    health = connector.health(linked)
    assert (health.state, "503" in health.detail) == (HealthState.DEGRADED, True)
    desk.down = False
    assert push(world.network, world.bot) == [200]
    assert connector.health(linked).state is HealthState.OK


def test_another_secret_is_refused(world: World, desk: Desk, linked: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    world.bot.secret = "guessed"
    assert push(world.network, world.bot) == [401]
    assert not desk.kept


@pytest.mark.parametrize("said", ["", "x", "é", "\udcff", "0" * 43])
def test_a_wrong_secret_is_forged(world: World, said: str) -> None:
    account = world.account()
    delivery = Delivery("", b"{}", {SECRET: said})
    with pytest.raises(Forged):
        connector.verify(account, delivery, NOW)
    account.credentials["webhook_secret"] = ""
    for empty in (delivery, pushed(b"{}")):
        with pytest.raises(Forged):
            connector.verify(account, empty, NOW)


def test_each_connection_has_a_secret_of_its_own(world: World, hook: str) -> None:
    first, second = world.account(webhook=hook), world.account(webhook=hook)
    old = Delivery("", b"{}", {SECRET: first.credentials["webhook_secret"]})
    connector.verify(first, old, NOW)
    with pytest.raises(Forged):
        connector.verify(second, old, NOW)
    assert world.bot.secret == second.credentials["webhook_secret"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"update_id":"7"}', b"\xff", b'{"update_id":true}'])
def test_what_is_no_update_has_no_key(account: AccountView, body: bytes) -> None:
    with pytest.raises(Unreadable):
        connector.key(account, pushed(body))
