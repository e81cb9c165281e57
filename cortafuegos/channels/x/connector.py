"""X, through the second version of its interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Begun, Exchange, Permission
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    ConnectError,
    Delivery,
    Found,
    Health,
    HealthState,
    Json,
    Limits,
    Outgoing,
    Polled,
    Post,
    Refused,
    SendError,
    Sent,
    Target,
)
from cortafuegos.channels.fetching import Fetched
from cortafuegos.channels.files import Files

from . import (
    byhand,
    connecting,
    fetching,
    form,
    poll,
    prices,
    reader,
    rehearsing,
    rules,
    sender,
    webhook,
    weight,
)
from . import permission as permissions
from .refusals import Gone, NoCredit
from .rules import MESSAGE_LENGTH, POST_LENGTH
from .values import number_id
from .wire import call


class X:
    network = "x"
    name = _("X")
    mark = "X"
    fields = form.FIELDS
    only_authorises = True
    poll_seconds = 30.0  # 30 of the 300 requests that X allows in a quarter of an hour
    currency = prices.CURRENCY
    steps = form.STEPS
    by_hand_steps = form.BY_HAND_STEPS

    def connect(self, form: Mapping[str, str]) -> Connected:
        raise ConnectError(_("X is connected on its own page: continue there, and agree."))

    def begin(self, form: Mapping[str, str], return_to: str, state: str) -> Begun:
        return connecting.begin(form, return_to, state)

    def finish(self, kept: Json, query: Mapping[str, str], return_to: str) -> Connected:
        return connecting.finish(kept, query, return_to)

    def renew(self, account: AccountView) -> Connected | None:
        return connecting.renew(account)

    def challenge(self, account: AccountView, query: Mapping[str, str]) -> dict[str, str]:
        return webhook.challenge(account, query)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        webhook.verify(account, delivery)  # X signs no time: only the key tells an old delivery

    def key(self, account: AccountView, delivery: Delivery) -> str:
        body = reader.parsed(delivery.body)
        return delivery.key if "type" in body else webhook.key(body, delivery.body)

    def split(self, account: AccountView, delivery: Delivery) -> Sequence[tuple[str, Delivery]]:
        return webhook.split(delivery)

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return [fetching.held(account, post) for post in reader.read(account, delivery)]

    def fetch(self, account: AccountView, ref: Json, index: int) -> Fetched:
        return fetching.fetch(account, ref, index)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return poll.poll(account, cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        conversation = number_id(target.ref.get("conversation"))
        return poll.thread(account, conversation) if target.public and conversation else []

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return sender.send(account, outgoing)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        return sender.look(account, outgoing)

    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        number = number_id(ref.get("id" if public else "event")) or network_id.rpartition(":")[2]
        try:
            call(account, "DELETE", f"/2/{'tweets' if public else 'dm_events'}/{number}")
        except Gone:
            return

    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        return rehearsing.rehearsal(account)

    def hide(self, account: AccountView, target: Target, *, hidden: bool) -> None:
        number = number_id(target.ref.get("id"))
        call(account, "PUT", f"/2/tweets/{number}/hidden", body={"hidden": hidden})

    def permission(
        self, account: AccountView, target: Target, exchange: Exchange, *, public: bool
    ) -> Permission:
        return permissions.permission(account, target, public=public)

    def compose_address(self, account: AccountView, target: Target, text: str) -> str:
        return byhand.compose_address(account, target, text)

    def recognise(self, account: AccountView, link: str) -> Sent | None:
        return byhand.recognise(account, link)

    def price(self, account: AccountView, outgoing: Outgoing) -> Decimal:
        return sender.price(account, outgoing)

    def measure(self, text: str, *, public: bool) -> int:
        return weight.measure(text) if public else len(text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        if public:
            return Limits(POST_LENGTH, "weighted")
        return Limits(MESSAGE_LENGTH, "characters", private=bool(account.config.get("messages", True)))

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return rules.files(public=public)

    def set_profile(self, account: AccountView, text: str) -> bool:
        return False

    def health(self, account: AccountView) -> Health:
        try:
            call(account, "GET", "/2/users/me")
        except (Refused, NoCredit) as refused:
            return Health(HealthState.REFUSED, str(refused))
        except SendError as trouble:
            return Health(HealthState.DEGRADED, trouble.reason)
        return Health(HealthState.OK)


connector = X()
