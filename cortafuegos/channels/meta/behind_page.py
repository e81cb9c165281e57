"""What Facebook and Instagram answer alike: one app, one page's token, one way of pushing.

Each network's own connector adds who it is, how it reads and what it may say.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime

from cortafuegos.channels.capabilities import Begun, Exchange, Permission, Status
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    Delivery,
    Found,
    Health,
    Json,
    Outgoing,
    Partly,
    Post,
    Sent,
    Target,
)
from cortafuegos.channels.fetching import Fetched

from . import (
    connecting,
    envelope,
    health,
    login,
    media,
    messages,
    moderation,
    private,
    signature,
    statuses,
    windows,
)
from .account import verify_tokens
from .envelope import Event


class BehindPage(ABC):
    """needed: the permissions of the token; wished: those that are asked for as well. wanted: the fields of
    the page's webhook. exchange: the graph's name of where private messages are. hidden_by: the graph's
    field that hides a comment."""

    fields = connecting.FIELDS
    poll_seconds = 120.0  # back-fill only: what is new is pushed
    needed: Sequence[str]
    wished: Sequence[str] = ()
    wanted: Sequence[str]
    exchange: str
    hidden_by: str

    @abstractmethod
    def connect(self, form: Mapping[str, str]) -> Connected: ...

    @abstractmethod
    def heard(self, account: AccountView, event: Event) -> list[Post]:
        """What an event says that is no private message."""

    @abstractmethod
    def from_public(self, target: Target, exchange: Exchange) -> Permission:
        """May something public be answered in private?"""

    @abstractmethod
    def answer(self, account: AccountView, outgoing: Outgoing) -> Sent:
        """Send a public answer."""

    @abstractmethod
    def look_for(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        """A public answer of unknown fate."""

    def begin(self, form: Mapping[str, str], return_to: str, state: str) -> Begun:
        return login.begin(form, return_to, state, (*self.needed, *self.wished))

    def finish(self, kept: Json, query: Mapping[str, str], return_to: str) -> Connected:
        return self.connect(login.finish(kept, query, return_to))

    def challenge(self, account: AccountView, query: Mapping[str, str]) -> str:
        return signature.challenge(verify_tokens(account), query)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        signature.verify(account.credentials.get("app_secret"), delivery)

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return envelope.key(delivery)

    def split(self, account: AccountView, delivery: Delivery) -> Sequence[tuple[str, Delivery]]:
        return envelope.split(delivery)

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        object = envelope.object_of(account)
        events = envelope.mine(account, object, delivery.body)
        return [media.held(account, post) for event in events for post in self._read(account, event)]

    def _read(self, account: AccountView, event: Event) -> list[Post]:
        if event.field == envelope.MESSAGING:
            return messages.read(account, event)
        if event.field == "polled:message":
            return [messages.read_polled(account, event.said)]
        return self.heard(account, event)

    def statuses(self, account: AccountView, delivery: Delivery) -> Sequence[Status]:
        return statuses.statuses(account, delivery)

    def fetch(self, account: AccountView, ref: Json, index: int) -> Fetched:
        return media.fetch(account, ref, index)

    def permission(
        self, account: AccountView, target: Target, exchange: Exchange, *, public: bool
    ) -> Permission:
        if public:
            return Permission() if target.public else windows.never_public()
        return self.from_public(target, exchange) if target.public else windows.private(account, exchange)

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        if outgoing.public:
            return self.answer(account, outgoing)
        return private.send(account, outgoing, self.exchange)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Partly | Found:
        if outgoing.public:
            return self.look_for(account, outgoing)
        return private.find(account, outgoing, self.exchange)

    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        moderation.withdraw(account, ref, public=public)

    def hide(self, account: AccountView, target: Target, *, hidden: bool) -> None:
        moderation.hide(account, target, name=self.hidden_by, hidden=hidden)

    def set_profile(self, account: AccountView, text: str) -> bool:
        return False  # there is no interface for it that a page's token may use

    def health(self, account: AccountView) -> Health:
        return health.check(account, self.needed, self.wanted)
