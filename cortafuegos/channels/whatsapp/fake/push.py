"""What WhatsApp pushes: signed, in batches, as often, as late and in what order a test wants."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx

from cortafuegos.channels.meta import signature

from .things import Json

if TYPE_CHECKING:
    from .network import WhatsApp


def bodies(network: WhatsApp, *, batch: int = 1, backwards: bool = False) -> list[bytes]:
    """Takes what waits. ``batch``: so many events in one push, whosever they are."""
    with network.lock:
        waiting, network.waiting = network.waiting, []
    if backwards:
        waiting.reverse()
    made = []
    for start in range(0, len(waiting), batch):
        changes = []
        for number, field, kind, what, contact in waiting[start : start + batch]:
            value: Json = {"messaging_product": "whatsapp", "metadata": number.metadata()}
            value |= {"contacts": [contact]} if contact else {}
            changes.append({"value": {**value, kind: [what]}, "field": field})
        whole = {"object": "whatsapp_business_account", "entry": [{"id": network.waba, "changes": changes}]}
        made.append(json.dumps(whole).encode())
    return made


def push(
    network: WhatsApp, address: str, *, batch: int = 1, times: int = 1, backwards: bool = False
) -> list[int]:
    """The statuses answered. What is not taken is repeated by WhatsApp for days; here the caller does."""
    return [
        deliver(network, address, body)
        for body in bodies(network, batch=batch, backwards=backwards)
        for _time in range(times)
    ]


def deliver(network: WhatsApp, address: str, body: bytes) -> int:
    headers = {
        "content-type": "application/json",
        "x-hub-signature-256": signature.sign(network.app_secret, body),
    }
    return httpx.post(address, content=body, headers=headers, timeout=10).status_code


def ask(address: str, token: str, challenge: str = "1158201444") -> httpx.Response:
    """The question by GET when somebody registers the address."""
    query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": token}
    return httpx.get(address, params=query, timeout=10)
