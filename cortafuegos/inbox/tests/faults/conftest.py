from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import pytest
from django.utils import translation

from cortafuegos.channels import actions, polling, registry
from cortafuegos.channels.capabilities import Shared
from cortafuegos.channels.contract import Delivery
from cortafuegos.channels.models import Account
from cortafuegos.channels.receipts import postgres as receipts
from cortafuegos.inbox import delivery, intake
from cortafuegos.inbox.actions import replies
from cortafuegos.inbox.fate import Fate, fate
from cortafuegos.inbox.models import Message, Reply
from cortafuegos.inbox.tests.people import a_brand, ago, an_agent
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent

from .on_meta import OnFacebook, OnInstagram, OnThreads, OnWhatsApp
from .on_others import OnTelegram, OnX
from .plays import Play

PLAYS: tuple[type[Play], ...] = (OnX, OnFacebook, OnInstagram, OnWhatsApp, OnTelegram, OnThreads)


@dataclass
class Stage:
    """The desk's side of a play: it hears, answers, tries again when the time has come."""

    play: Play
    agent: Agent
    account: Account

    def fresh(self) -> Account:
        self.account.refresh_from_db()
        return self.account

    def hear(self, *, times: int = 1, backwards: bool = False) -> list[Message]:
        """Asked for or pushed, whichever the network does; gives the customer's messages."""
        if self.play.polled:
            polling.poll(self.fresh())
        else:
            self.take(self.play.pushes(), times=times, backwards=backwards)
        intake.take()
        return self.messages()

    def take(self, pushed: list[Delivery], *, times: int = 1, backwards: bool = False) -> None:
        """As the door for pushes does: checked, taken apart, each with the key the network gives it."""
        connector, view, now = registry.connector(self.play.network), self.fresh().view(), clock.now()
        parts = []
        for whole in pushed[::-1] if backwards else pushed:
            connector.verify(view, whole, datetime.now(UTC))
            shared = isinstance(connector, Shared)
            mine = cast("Shared", connector).split(view, whole) if shared else [(view.network_id, whole)]
            parts += [part for owner, part in mine if owner == view.network_id] * times
        keyed = [Delivery(connector.key(view, p), p.body, p.headers) for p in parts]
        cursor = self.account.cursor
        receipts.store_polled(
            self.account.pk, self.account.brand_id, keyed, cursor, now=now, next_poll_at=now
        )

    def messages(self) -> list[Message]:
        mine = Message.objects.filter(brand_id=self.account.brand_id, direction=Message.Direction.IN)
        return list(mine.order_by("posted_at", "pk"))

    def answers(self, said: Message, text: str = "Lo miramos ahora, Ana.") -> Reply:
        assert said.case is not None
        place = {"public": said.public, "target": said, "account": self.account}
        # These plays are of networks: whatever the guard thinks of the words, there is a reason.
        return replies.send(self.agent, said.case, text=text, reason="Una prueba", **place)

    def deliver(self, reply: Reply) -> Reply:
        """One attempt, at once, whatever pause was asked for."""
        brand = self.account.brand_id
        Reply.objects.filter(brand_id=brand, pk=reply.pk, state="queued").update(
            next_attempt_at=ago(seconds=1)
        )
        Account.objects.filter(brand_id=brand).exclude(rests_until=None).update(rests_until=ago(seconds=1))
        delivery.deliver(reply.pk)
        return Reply.objects.get(brand_id=brand, pk=reply.pk)

    def fate(self, reply: Reply) -> Fate:
        with translation.override("es"):
            return fate(reply, self.fresh(), clock.now(), may_send=True)


@pytest.fixture(params=PLAYS, ids=lambda play: play.network)
def play(request: pytest.FixtureRequest) -> Iterator[Play]:
    made: Play = request.param()
    with made.on() as playing:
        yield playing


@pytest.fixture
def stage(db: None, play: Play) -> Stage:
    brand = a_brand()
    agent = an_agent(brand)
    account = actions.keep(agent.pk, brand, play.network, play.connected())
    return Stage(play, agent, account)
