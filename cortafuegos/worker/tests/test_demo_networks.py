"""The demo plays every network that has a stand-in: connected, heard, answered, and nothing leaves."""

from __future__ import annotations

import socket
import threading
import uuid
from datetime import UTC, datetime

import pytest

from cortafuegos.channels import demo, registry
from cortafuegos.channels.contract import Delivery, Outgoing, Post
from cortafuegos.channels.fakes.stage import stages
from cortafuegos.channels.models import Account
from cortafuegos.inbox.intake import front_of
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.receive import Arrival, receive
from cortafuegos.inbox.targets import target_of
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent, Brand, User
from cortafuegos.worker.demo import networks

NETWORKS = {"facebook", "instagram", "telegram", "whatsapp", "x"}


@pytest.fixture
def brand(db, settings) -> Brand:
    settings.PUBLIC_URL = "http://127.0.0.1:9"  # nobody listens: what is pushed is lost
    brand = Brand.objects.create(slug="marnalba", name="Marnalba", is_demo=True)
    user = User.objects.create_user("lucia@marnalba.invalid", None, name="Lucía Ferrer")
    Agent.objects.create(brand=brand, user=user, role="owner")
    return brand


@pytest.fixture
def called(monkeypatch) -> set[str]:
    """Every host that anything connected to."""
    seen: set[str] = set()
    real = socket.socket.connect

    def connect(self, address, *more):
        if isinstance(address, tuple):
            seen.add(str(address[0]))
        return real(self, address, *more)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return seen


def polled(account: Account) -> list[Post]:
    connector, view = registry.connector(account.network), account.view()
    found: list[Post] = []
    cursor: dict = {}
    for _turn in range(30):
        one = connector.poll(view, cursor)
        found += [post for delivery in one.deliveries for post in demo.read(connector, view, delivery)]
        cursor = dict(one.cursor)
        if not one.more:
            return found
    raise AssertionError("it never ends")


def pushed_by_whatsapp(stage, account: Account) -> list[Post]:
    from cortafuegos.channels.whatsapp.fake.push import bodies

    connector = registry.connector("whatsapp")
    deliveries = [Delivery("", body) for body in bodies(stage.network)]
    return [post for one in deliveries for post in demo.read(connector, account.view(), one)]


def test_every_network_is_played_here_and_answered(brand, called):
    met = set()
    with networks._served(stages()) as served:
        for stage, address in served:
            for network, scenes in stage.scenes.items():
                assert networks.connect(brand, network, stage, address)
                account = Account.objects.get(brand=brand, network=network)
                assert demo.is_demo(account.config)
                assert not account.url
                for act in scenes:
                    act()
                pushes = network == "whatsapp"
                posts = pushed_by_whatsapp(stage, account) if pushes else polled(account)
                theirs = [p for p in posts if p.author.network_id != account.network_id]
                assert len({p.network_id for p in theirs}) >= len(scenes) - 1, network
                links = {link for p in posts for link in (p.url, p.author.url, p.author.avatar)}
                assert all(demo.here(link) for link in links if link)
                _answer(account, theirs)
                met.add(network)
    assert met == NETWORKS
    assert called <= {"127.0.0.1", "localhost"}


def _answer(account: Account, theirs: list[Post]) -> None:
    receive([Arrival(front_of(account), post) for post in theirs], clock.now())
    first = theirs[0]
    message = Message.objects.get(brand=account.brand, network=account.network, network_id=first.network_id)
    target = target_of(message)
    sent = registry.connector(account.network).send(
        account.view(),
        Outgoing(
            key=str(uuid.uuid4()),
            text="Ya lo miramos.",
            public=message.public,
            target=target,
            first_attempt_at=datetime.now(UTC),
        ),
    )
    assert sent.network_id


def test_begun_again_the_same_accounts_stand_at_new_addresses(brand):
    """The stand-ins have forgotten everything; numbers given before are not given to something else."""
    known: dict[str, str] = {}
    posts: dict[str, set[str]] = {network: set() for network in NETWORKS - {"whatsapp"}}
    for turn in range(2):
        with networks._served(stages()) as served:
            for stage, address in served:
                for network, scenes in stage.scenes.items():
                    assert networks.connect(brand, network, stage, address)
                    account = Account.objects.get(brand=brand, network=network)
                    assert known.setdefault(network, account.network_id) == account.network_id
                    if network in posts:
                        scenes[turn]()
                        theirs = {p.network_id for p in polled(account) if p.addressed}
                        assert theirs
                        assert not theirs & posts[network], network
                        posts[network] |= theirs
    assert Account.objects.filter(brand=brand).count() == len(NETWORKS)


def test_what_a_person_took_away_stays_away(brand):
    with networks._served(stages()) as served:
        stage, address = next((s, a) for s, a in served if "telegram" in s.scenes)
        assert networks.connect(brand, "telegram", stage, address)
        for fields in ({"state": "paused"}, {"state": "ok", "removed_at": clock.now()}):
            Account.objects.filter(brand=brand, network="telegram").update(**fields)
            assert not networks.connect(brand, "telegram", stage, address)


@pytest.mark.parametrize("url", ["https://desk.example", "http://10.1.2.3:8000"])
def test_a_desk_that_others_reach_plays_nothing(brand, settings, url):
    settings.PUBLIC_URL = url
    stop = threading.Event()
    networks.Theatre(stop).perform()
    assert not Account.objects.filter(brand=brand).exists()
