"""The sandbox, if it could do all that some networks can: send what concerns many accounts to one
address ({"entries": [{"for", ...}]}), ask people on a page of its own, rotate its tokens."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Begun
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    ConnectError,
    Delivery,
    Forged,
    Json,
    Outgoing,
    Polled,
    Post,
    Refused,
    SendError,
    Sent,
    Target,
    Unreadable,
)
from cortafuegos.channels.sandbox.connector import Sandbox
from cortafuegos.kit import clock


class Tokens:
    """What the network believes: each refresh token is good once, and gives the next."""

    def __init__(self) -> None:
        self.number, self.given = 0, 0
        self.gives = ""  # whose access, if not that of who asks
        self.error: Exception | None = None
        self.asked = threading.Event()
        self.answer = threading.Event()
        self.answer.set()

    def exchange(self, number: int) -> int:
        self.asked.set()
        self.answer.wait(30)
        if self.error:
            raise self.error
        if number != self.number:
            raise Refused("This refresh token was used before.")
        self.number, self.given = self.number + 1, self.given + 1
        return self.number


class Hall(Sandbox):
    network = "hall"
    name = "Hall"
    mark = "H"
    currency = "USD"
    steps = (_("Make an app."), _("Copy its key."))
    by_hand_steps = (_("Pin the notice."), _("Switch on the bell."))

    def __init__(self) -> None:
        self.tokens = Tokens()
        self.spent: Decimal | None = None  # by each poll
        self.rest = 0.0  # seconds it wants nothing more, after each thing said or asked

    def price(self, account: AccountView, outgoing: Outgoing) -> Decimal:
        return Decimal("0.25") if "https://" in outgoing.text else Decimal("0.01")

    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        """Under a post of our own."""
        if not (pinned := account.config.get("pinned")):
            raise SendError("Pin a post first.", permanent=True)
        ref = {"uri": pinned, "author": account.network_id}
        return Target(pinned, account.network_id, account.handle, pinned, "", True, "", ref, ref), True

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return replace(super().send(account, outgoing), rest=self.rest)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return replace(super().poll(account, cursor), rest=self.rest, spent=self.spent)

    def begin(self, form: Mapping[str, str], return_to: str, state: str) -> Begun:
        if not form.get("address"):
            raise ConnectError("Where is it?", "address")
        query = urlencode({"state": state, "redirect_uri": return_to})
        return Begun(f"https://hall.example/authorise?{query}", {"address": form["address"], "pkce": "v1"})

    def finish(self, kept: Json, query: Mapping[str, str], return_to: str) -> Connected:
        if kept["pkce"] != "v1" or not return_to.endswith("/connect/hall/return"):
            raise ConnectError("Not what was begun.")
        return self.connect({"address": kept["address"], "token": query.get("code", "")})

    def renew(self, account: AccountView) -> Connected | None:
        end = account.config.get("ends")
        if not end or clock.now().timestamp() < end - 600:
            return None
        number = self.tokens.exchange(account.credentials["refresh"])
        ends = clock.now() + timedelta(hours=2)
        return Connected(
            self.tokens.gives or account.network_id,
            account.handle,
            "",
            {"ends": ends.timestamp()},
            {**account.credentials, "refresh": number},
            expires_at=ends,
        )

    def challenge(self, account: AccountView, query: Mapping[str, str]) -> Json:
        if query.get("token") != account.config.get("asks"):
            raise Forged("not our token")
        return {"response_token": query.get("crc_token", "")}

    def split(self, account: AccountView, delivery: Delivery) -> Sequence[tuple[str, Delivery]]:
        entries = json.loads(delivery.body)["entries"]
        # Under the key of the whole, as a careless connector would leave it.
        return [
            (one["for"], Delivery(delivery.key, json.dumps({"entries": [one]}).encode())) for one in entries
        ]

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return ",".join(str(one["event"]) for one in json.loads(delivery.body)["entries"])

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        posts: list[Post] = []
        for one in json.loads(delivery.body)["entries"]:
            if one["for"] != account.network_id:
                raise Unreadable("for somebody else")
            posts += super().read(account, Delivery("", json.dumps(one).encode()))
        return posts


connector = Hall()
