"""A network that neither knows keys nor can be asked what became of a reply."""

from __future__ import annotations

from dataclasses import replace

from cortafuegos.channels.contract import AccountView, Found, Limits, Outgoing, Sent
from cortafuegos.channels.sandbox.connector import Sandbox


class Mute(Sandbox):
    network = "mute"
    name = "Mute"
    mark = "M"
    poll_seconds = 0

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return super().send(account, replace(outgoing, key=""))

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        return Found.UNKNOWN

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(300, "graphemes", private=False)


connector = Mute()
