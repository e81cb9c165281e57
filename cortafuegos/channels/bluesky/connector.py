"""Bluesky, as the desk sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import contract
from ..contract import AccountView, Delivery, Health, HealthState, Json, Outgoing, Polled, Post, Target
from ..files import Files
from . import (
    connecting,
    files,
    limits,
    messages,
    polling,
    private,
    profile,
    reader,
    rehearsing,
    sender,
    threads,
)
from .session import Sessions
from .xrpc import NoAnswer, XrpcError


class Bluesky:
    network = "bluesky"
    name = gettext_lazy("Bluesky")
    mark = "B"
    fields = connecting.FIELDS
    poll_seconds = 15.0

    def __init__(self) -> None:
        self._sessions = Sessions()

    def connect(self, form: Mapping[str, str]) -> contract.Connected:
        return connecting.connect(form)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        raise contract.Forged("Bluesky pushes nothing.")

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return delivery.key

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return reader.read(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        try:
            return polling.poll(self._sessions, account, cursor)
        except (XrpcError, NoAnswer) as error:
            raise sender.failure(error, wrote=False) from None

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        try:
            return threads.thread(self._sessions, account, target)
        except (XrpcError, NoAnswer) as error:
            raise sender.failure(error, wrote=False) from None

    def send(self, account: AccountView, outgoing: Outgoing) -> contract.Sent:
        way = sender.send if outgoing.public else private.send
        return way(self._sessions, account, outgoing)

    def find(self, account: AccountView, outgoing: Outgoing) -> contract.Sent | contract.Found:
        way = sender.find if outgoing.public else private.find
        try:
            return way(self._sessions, account, outgoing)
        except (XrpcError, NoAnswer):
            raise contract.SendError(_("Bluesky does not answer."), permanent=False, lost=True) from None

    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        rehearsing.withdraw(self._sessions, account, network_id, public=public)

    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        return rehearsing.rehearsal(self._sessions, account)

    def measure(self, text: str, *, public: bool) -> int:
        return limits.measure(text, limits.POST if public else limits.DIRECT_MESSAGE)

    def limits(self, account: AccountView, *, public: bool) -> contract.Limits:
        size = limits.POST if public else limits.DIRECT_MESSAGE
        allowed = messages.permitted(account)
        return contract.Limits(
            size.graphemes, "graphemes", private=allowed, note="" if allowed else _no_messages()
        )

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return files.files(public=public)

    def set_profile(self, account: AccountView, text: str) -> bool:
        return profile.set_profile(self._sessions, account, text)

    def health(self, account: AccountView) -> Health:
        try:
            self._sessions.renewed(account)
        except contract.Refused as error:
            return Health(HealthState.REFUSED, str(error))
        except (XrpcError, NoAnswer):
            return Health(HealthState.DEGRADED, _("Bluesky does not answer."))
        if not messages.permitted(account):
            return Health(HealthState.OK, _no_messages())
        try:
            messages.ask(self._sessions, account, "listConvos", {"limit": 1})
        except contract.Refused as error:
            return Health(HealthState.REFUSED, str(error))
        except (XrpcError, NoAnswer):
            reason = _("Direct messages do not arrive: their service does not answer. Public posts do.")
            return Health(HealthState.DEGRADED, reason)
        return Health(HealthState.OK)


def _no_messages() -> str:
    return _("Direct messages are not read: the app password does not allow it.")


connector = Bluesky()
