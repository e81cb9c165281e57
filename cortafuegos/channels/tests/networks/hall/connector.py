"""The sandbox, if it sent what concerns many accounts to one address: {"entries": [{"for", ...}]}."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from cortafuegos.channels.contract import AccountView, Delivery, Forged, Json, Post, Unreadable
from cortafuegos.channels.sandbox.connector import Sandbox


class Hall(Sandbox):
    network = "hall"
    name = "Hall"
    mark = "H"

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
