"""What X pushes: proved to be X's, counted once, whatever the order; and what it fails to push."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cortafuegos.channels.contract import AccountView, Delivery, Forged, Kind, Unreadable
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake import XNetwork
from cortafuegos.channels.x.fake.problems import Problem

from .conftest import everything, named, posts_of, with_credentials


@dataclass
class Desk:
    """What stands at a webhook's address: the desk's edge in a few lines. Keeps one of each key."""

    account: AccountView
    kept: dict[str, Delivery] = field(default_factory=dict)
    refused: int = 0
    down: bool = False

    async def hear(self, request: Request) -> Response:
        if self.down:
            return Response(status_code=503)
        try:
            if request.method == "GET":
                return JSONResponse(connector.challenge(self.account, dict(request.query_params)))
            delivery = Delivery("", await request.body(), {k.lower(): v for k, v in request.headers.items()})
            connector.verify(self.account, delivery, datetime.now(UTC))
        except Forged:
            self.refused += 1
            return Response(status_code=401)
        key = connector.key(self.account, delivery)
        self.kept.setdefault(key, Delivery(key, delivery.body, delivery.headers))
        return Response(status_code=200)

    def posts(self):
        return posts_of(self.account, list(self.kept.values()))


@pytest.fixture
def desk(us: AccountView) -> Desk:
    return Desk(us)


@pytest.fixture
def hook(desk: Desk) -> Iterator[str]:
    with serving(Starlette(routes=[Route("/hook", desk.hear, methods=["GET", "POST"])])) as found:
        yield f"{found}/hook"


@pytest.mark.parametrize("style", ["activity", "account"])
def test_what_is_pushed_twice_late_and_in_reverse_counts_once(
    network: XNetwork, desk: Desk, hook: str, style: str
) -> None:
    network.pusher.style = style
    network.follow("condor_air", hook)
    network.pusher.holding, network.pusher.times = True, 2
    first = network.people.mention("ana", "condor_air", "¿hola? " + "¿hay alguien? " * 15)
    second = network.people.mention(
        "luis", "condor_air", "roto", media=(network.people.picture("luis", alt="x"),)
    )
    private = network.people.dm("ana", "condor_air", "en privado", media=(network.people.picture("ana"),))
    network.people.delete(network.people.say("condor_air", "errata").id)
    network.pusher.release(reverse=True)
    assert network.pusher.statuses == [200] * 8
    found = {post.network_id: post for post in desk.posts()}
    assert len(found) == 4
    assert found[named(first)].text == ("@condor_air ¿hola? " + "¿hay alguien? " * 15).strip()
    assert found[named(first)].ref["summoned"] is True
    assert (found[named(second)].text, len(found[named(second)].attachments)) == ("@condor_air roto", 1)
    told = found[f"x:message:{private.id}"]
    assert (told.text, told.public, len(told.attachments)) == ("en privado", False, 1)
    assert {post.kind for post in found.values()} == {Kind.POST, Kind.DELETE}
    everyone = {post.author.handle: post.author.followers for post in found.values()}
    assert everyone["ana"] == 48_210


@pytest.mark.parametrize("style", ["activity", "account"])
def test_a_push_and_a_poll_of_the_same_post_have_one_key_and_say_the_same(
    network: XNetwork, us: AccountView, desk: Desk, hook: str, style: str
) -> None:
    network.pusher.style = style
    network.follow("condor_air", hook)
    network.people.mention("ana", "condor_air", "mira https://condor.example/x?a=1&b=2 & dime")
    network.people.dm("luis", "condor_air", "hola & adiós")
    polled, _cursor = everything(us)
    assert {d.key for d in polled} == set(desk.kept)
    by_push = {post.network_id: post for post in desk.posts()}
    for post in posts_of(us, polled):
        pushed = by_push[post.network_id]
        for name in ("text", "conversation", "author", "public", "addressed", "url", "language"):
            assert getattr(pushed, name) == getattr(post, name), name


def test_an_outage_of_the_webhook_is_filled_by_polling(
    network: XNetwork, us: AccountView, desk: Desk, hook: str
) -> None:
    network.follow("condor_air", hook)
    _nothing, cursor = everything(us)
    heard = network.people.mention("ana", "condor_air", "antes")
    desk.down = True
    missed = [network.people.mention("ana", "condor_air", str(n)) for n in range(5)]
    desk.down = False
    after = network.people.mention("luis", "condor_air", "después")
    assert network.pusher.statuses == [200, *[503] * 5, 200]
    assert set(desk.kept) == {f"post:{heard.id}", f"post:{after.id}"}
    polled, _cursor = everything(us, cursor)
    fresh = [d.key for d in polled if d.key not in desk.kept]
    assert sorted(fresh) == sorted(f"post:{one.id}" for one in missed)


def test_x_registers_an_address_only_when_its_challenge_is_answered(
    network: XNetwork, us: AccountView, desk: Desk, hook: str
) -> None:
    network.follow("condor_air", hook)
    (registered,) = network.pusher.hooks.values()
    assert network.pusher.check(registered)
    desk.account = with_credentials(us, consumer_secret="another")
    assert not network.pusher.check(registered)
    network.people.mention("ana", "condor_air", "hola")  # an invalid webhook hears nothing
    assert desk.kept == {}
    with pytest.raises(Problem):
        network.pusher.register(hook)


def test_the_challenge_of_the_documentation() -> None:
    """HMAC-SHA256 of the token with the API secret key, in base64, worked out by hand with openssl."""
    account = AccountView(1, "x", "x:user:1", "a", "es", {}, {"consumer_secret": "clave"})
    assert connector.challenge(account, {"crc_token": "ficha"}) == {
        "response_token": "sha256=Hm3gk/6lYOdViXVbPo3dBFg1K4iqGXYmC3NBVUDd5Pc="
    }


@pytest.mark.parametrize(
    ("secret", "query"),
    [
        ("clave", {}),
        ("clave", {"crc_token": ""}),
        ("", {"crc_token": "x"}),
        ("clave", {"crc_token": "x" * 501}),
    ],
)
def test_other_questions_are_not_answered(secret: str, query: dict[str, str]) -> None:
    account = AccountView(1, "x", "x:user:1", "a", "es", {}, {"consumer_secret": secret})
    with pytest.raises(Forged):
        connector.challenge(account, query)


def test_a_forged_push_is_refused_and_an_old_one_is_known_by_its_key(
    network: XNetwork, us: AccountView, desk: Desk, hook: str
) -> None:
    """X signs no time, so that clocks cannot differ: a replay is a repetition."""
    network.follow("condor_air", hook)
    network.people.mention("ana", "condor_air", "hola")
    (delivery,) = desk.kept.values()
    for when in (timedelta(0), timedelta(days=3), timedelta(days=-3)):
        connector.verify(us, delivery, datetime.now(UTC) + when)
    for body in (delivery.body + b" ", b"", delivery.body.replace(b"hola", b"Hola")):
        with pytest.raises(Forged):
            connector.verify(us, Delivery("", body, delivery.headers), datetime.now(UTC))
    with pytest.raises(Forged):
        connector.verify(with_credentials(us, consumer_secret=""), delivery, datetime.now(UTC))
    assert connector.key(us, Delivery("again", delivery.body, {})) == delivery.key


def test_one_address_for_many_accounts(network: XNetwork, us: AccountView, desk: Desk, hook: str) -> None:
    network.follow("condor_air", hook)
    network.follow("luis", hook)
    network.people.say("ana", "@condor_air @luis hola a los dos")
    network.pusher.style = "account"
    network.people.dm("ana", "luis", "solo a ti")
    owners = [connector.split(us, delivery) for delivery in desk.kept.values()]
    luis = network.world.user("luis")
    assert owners[-1] == [(f"x:user:{luis.id}", [*desk.kept.values()][-1])]
    with pytest.raises(Unreadable, match="another account"):
        connector.read(us, [*desk.kept.values()][-1])
    assert connector.split(us, Delivery("", b"[]")) == connector.split(us, Delivery("", b"{")) == []
