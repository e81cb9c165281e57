"""Facebook, Instagram, WhatsApp and Threads."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from cortafuegos.channels.contract import Delivery
from cortafuegos.channels.meta import signature
from cortafuegos.channels.meta.fake import MetaNetwork
from cortafuegos.channels.threads.fake import ThreadsNetwork
from cortafuegos.channels.whatsapp.fake import push
from cortafuegos.channels.whatsapp.fake.network import WhatsApp

from .plays import Play


class OnMeta(Play):
    sends = "POST /v"
    limited = {
        "status": 429,
        "headers": {
            "x-business-use-case-usage": json.dumps(
                {"1": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 5}]}
            )
        },
    }

    def __init__(self) -> None:
        self.net = MetaNetwork()
        self.faults = self.net.faults
        self.page = self.net.page("Condor Air", instagram="condor.air")
        self.ana = self.net.person("Ana Vidal")
        self.token = self.net.token(self.page)
        self.ahead = timedelta(0)

    def skew(self, by: timedelta) -> None:
        self.ahead = by

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def app(self) -> Any:
        return self.net.app()

    def form(self) -> dict[str, str]:
        self.net.address = self.address
        return self.net.form(self.page, token=self.token)

    def got(self) -> list[str]:
        ours = (self.page.id, self.page.ig_id)
        return [t.text for t in self.net.things.values() if t.author in ours and t.parent]

    def revoke(self) -> None:
        self.net.tokens[self.token].valid = False

    def mend(self) -> None:
        self.token = self.net.token(self.page)

    def edit(self, text: str) -> None:
        self.net.edit(self.said, text)

    def delete(self) -> None:
        self.net.delete(self.said)

    def pushes(self) -> list[Delivery]:
        return self.net.pushes(together=False)


class OnFacebook(OnMeta):
    network = "facebook"

    def says(self, text: str) -> None:
        self.said = self.net.comment(self.ana, self.net.post(self.page, "Abrimos"), text, at=self.now())

    def block(self) -> None:
        self.net.things.pop(self.said.id)  # a page no longer sees what a person who blocks it wrote


class OnInstagram(OnMeta):
    network = "instagram"

    def says(self, text: str) -> None:
        self.said = self.net.comment(self.ana, self.net.medium(self.page, "Abrimos"), text, at=self.now())

    def block(self) -> None:
        self.net.things.pop(self.said.id)


class OnWhatsApp(Play):
    network, sends, public, can_look, polled = "whatsapp", "POST /v", False, False, False
    limited = OnMeta.limited

    def __init__(self) -> None:
        self.net = WhatsApp()
        self.net.late_refusals = False
        self.faults = self.net.faults
        self.number = self.net.number("+34 600 000 001", "Condor Air")
        self.ana = self.net.person("Ana Vidal", "34600000002")

    def app(self) -> Any:
        return self.net.app()

    def form(self) -> dict[str, str]:
        net = self.net
        app = {"app_id": net.app_id, "app_secret": net.app_secret, "token": net.token, "waba_id": net.waba}
        ours = {"phone_number_id": self.number.id, "verify_token": "una-palabra-larga"}
        return {**app, **ours, "address": self.address}

    def says(self, text: str) -> None:
        self.said = self.net.says(self.ana, self.number, text)

    def skew(self, by: timedelta) -> None:
        self.net.clock = lambda: time.time() + by.total_seconds()

    def got(self) -> list[str]:
        return [out.what.get("body", "") for out in self.net.out.values() if out.status != "failed"]

    def revoke(self) -> None:
        self.net.revoked = True

    def mend(self) -> None:
        self.net.revoked, self.net.token = False, "EAAfresh"

    def edit(self, text: str) -> None:
        self.net.edits(self.ana, self.number, self.said, text)

    def block(self) -> None:
        self.ana.unreachable = True

    def delete(self) -> None:
        self.net.takes_back(self.ana, self.number, self.said)

    def pushes(self) -> list[Delivery]:
        secret = self.net.app_secret
        return [
            Delivery("", body, {signature.HEADER: signature.sign(secret, body)})
            for body in push.bodies(self.net)
        ]


class OnThreads(Play):
    network = "threads"
    limited = {"status": 429, "headers": {"retry-after": "300"}}

    def __init__(self) -> None:
        self.net = ThreadsNetwork()
        self.faults = self.net.faults
        self.net.signed_in = self.net.join("condor_air")
        self.ahead = timedelta(0)
        self.sends = f"POST /v1.0/{self.net.users['condor_air']}/threads_publish"

    def app(self) -> Any:
        return self.net.app()

    def form(self) -> dict[str, str]:
        app = {"app_id": self.net.app_id, "app_secret": self.net.app_secret}
        return {**app, "api": self.address, "authorize": f"{self.address}/oauth/authorize"}

    def says(self, text: str) -> None:
        self.said = self.net.say("ana", f"@condor_air {text}", at=datetime.now(UTC) + self.ahead)

    def skew(self, by: timedelta) -> None:
        self.ahead = by

    def got(self) -> list[str]:
        return [p.text for p in self.net.posts.values() if p.username == "condor_air"]

    def revoke(self) -> None:
        self.net.revoke("condor_air")

    def mend(self) -> None:
        pass

    def edit(self, text: str) -> None:
        self.said.text = f"@condor_air {text}"

    def block(self) -> None:
        self.net.blocked.add("ana")

    def delete(self) -> None:
        self.net.delete(self.said)
