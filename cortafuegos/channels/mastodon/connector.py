"""Mastodon and the servers that speak its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    Delivery,
    Forged,
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
from cortafuegos.channels.files import Files

from . import connect, measure, media, poll, reader, rehearsing, sender
from .wire import Gone, speaking, wire


class Mastodon:
    network = "mastodon"
    name = gettext_lazy("Mastodon")
    mark = "M"
    fields = connect.FIELDS
    poll_seconds = 15.0  # 20 of the 300 requests that a server allows in five minutes

    def connect(self, form: Mapping[str, str]) -> Connected:
        return connect.connect(form)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        raise Forged("Mastodon does not push")

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return delivery.key

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return reader.read(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return poll.poll(account, cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        line = wire(account)
        try:
            return poll.thread(account, sender.local_id(account, line, target))
        except Gone:
            return []

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return sender.send(account, outgoing)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        return sender.find(account, outgoing)

    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        rehearsing.withdraw(account, network_id, ref)

    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        return rehearsing.rehearsal(account)

    def measure(self, text: str, *, public: bool) -> int:
        return measure.measure(text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        note = "" if public else _("A private message can be read by the administrators of both servers.")
        return Limits(
            length=measure.allowed(account.config.get("max_characters")), unit="graphemes", note=note
        )

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return media.files(account)

    def set_profile(self, account: AccountView, text: str) -> bool:
        line = wire(account)
        with speaking(line):
            line.api.account_update_credentials(note=text)
        return True

    def health(self, account: AccountView) -> Health:
        line = wire(account)
        try:
            with speaking(line):
                line.api.account_verify_credentials()
        except Refused as refused:
            return Health(HealthState.REFUSED, str(refused))
        except SendError as trouble:
            return Health(HealthState.DEGRADED, trouble.reason)
        return Health(HealthState.OK)


connector = Mastodon()
