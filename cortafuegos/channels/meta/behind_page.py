"""What Facebook and Instagram answer alike: one app, one page's token, one way of pushing.

Each network's own connector adds who it is, how it reads and what it may say.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime

from cortafuegos.channels.capabilities import Begun, Permission
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    Delivery,
    Found,
    Health,
    Json,
    Outgoing,
    Post,
    Sent,
    Target,
)
from cortafuegos.channels.fetching import Fetched

from . import connecting, envelope, health, login, media, moderation, private, signature, windows
from .account import verify_tokens


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
    def heard(self, account: AccountView, delivery: Delivery) -> list[Post]:
        """What a delivery says."""

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
        return [media.held(account, post) for post in self.heard(account, delivery)]

    def fetch(self, account: AccountView, ref: Json, index: int) -> Fetched:
        return media.fetch(account, ref, index)

    def in_public(self, target: Target) -> Permission:
        return Permission() if target.public else windows.never_public()

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        if outgoing.public:
            return self.answer(account, outgoing)
        return private.send(account, outgoing, self.exchange)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
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
