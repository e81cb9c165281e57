"""X and Telegram."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from cortafuegos.channels.telegram.fake.network import Telegram
from cortafuegos.channels.x.fake import XNetwork

from .plays import Play


class OnX(Play):
    network, sends = "x", "POST /2/tweets"

    def __init__(self) -> None:
        self.net = XNetwork()
        self.faults = self.net.faults
        for name in ("condor_air", "ana"):
            self.net.people.join(name)
        self.net.signed_in = "condor_air"
        reset = str(int(datetime.now(UTC).timestamp()) + 300)
        self.limited = {
            "status": 429,
            "headers": {"x-rate-limit-remaining": "0", "x-rate-limit-reset": reset},
        }

    def app(self) -> Any:
        return self.net.app()

    def form(self) -> dict[str, str]:
        app = self.net.world.app
        return {
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "consumer_secret": app.consumer_secret,
            "api": self.address,
            "authorize": f"{self.address}/i/oauth2/authorize",
            "web": "https://x.com",
        }

    def says(self, text: str) -> None:
        self.said = self.net.people.mention("ana", "condor_air", text)

    def skew(self, by: timedelta) -> None:
        self.net.people.later(by)

    def got(self) -> list[str]:
        return [post.text for post in self.net.people.reads("ana")]

    def revoke(self) -> None:
        self.net.people.revoke("condor_air")

    def mend(self) -> None:
        pass

    def edit(self, text: str) -> None:
        self.said = self.net.people.edit(self.said.id, f"@condor_air {text}")

    def block(self) -> None:
        self.net.people.block("ana", "condor_air")

    def delete(self) -> None:
        self.net.people.delete(self.said.id)


class OnTelegram(Play):
    network, public, can_look, sends, reads = "telegram", False, False, "POST /bot", "POST /bot"
    limited = {
        "status": 429,
        "body": json.dumps(
            {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 300}}
        ).encode(),
    }

    def __init__(self) -> None:
        self.net = Telegram()
        self.faults = self.net.faults
        self.bot = self.net.bot("Condor Air", "condor_air_bot")
        self.ana = self.net.person("Ana Vidal", "ana_v")

    def app(self) -> Any:
        return self.net.app()

    def form(self) -> dict[str, str]:
        return {"token": self.bot.token, "server": self.address}

    @property
    def chat(self) -> Any:
        return self.net.private(self.bot, self.ana)

    def says(self, text: str) -> None:
        self.said = self.net.says(self.ana, self.chat, text)

    def skew(self, by: timedelta) -> None:
        self.net.clock = lambda: time.time() + by.total_seconds()

    def got(self) -> list[str]:
        sent = [m for m in self.chat.messages.values() if m["from"]["id"] == self.bot.id]
        return [message["text"] for message in sent]

    def revoke(self) -> None:
        self.bot.revoked = True

    def mend(self) -> None:
        self.bot.revoked = False

    def edit(self, text: str) -> None:
        self.net.edits(self.chat, self.said, text)

    def block(self) -> None:
        self.net.blocks(self.ana, self.bot)

    def delete(self) -> None:
        self.net.deletes(self.chat, self.said)
