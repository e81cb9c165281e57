"""Takes a push apart: one holds what concerns several of an app's numbers, several events at once.

A part has the shape of a whole push, with one event in it, so that ``read`` and ``key`` need know only
one shape, and the same event has the same key in whatever company it came.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from cortafuegos.channels.contract import Delivery, Json, Unreadable

from .values import account_id, child, children, text

OBJECT = "whatsapp_business_account"
LISTS = ("messages", "message_echoes", "statuses", "user_id_update")


@dataclass(frozen=True, slots=True)
class Event:
    """``kind`` is the list it came in; ``value`` what surrounds it."""

    waba: str
    field: str
    kind: str
    value: Json
    what: Json

    @property
    def number(self) -> str:
        return text(child(self.value, "metadata"), "phone_number_id")

    @property
    def key(self) -> str:
        """Equal when WhatsApp repeats itself; a message passes through several statuses."""
        what = self.what
        match self.kind:
            case "statuses":
                parts = [text(what, "id"), text(what, "status")]
            case "user_id_update":
                parts = [text(child(what, "user_id"), name) for name in ("previous", "current")]
            case _:
                parts = [text(what, "id")]
        named = ":".join([self.kind, *parts])
        return named if len(named) < 300 else "sha256:" + hashlib.sha256(named.encode()).hexdigest()


def decode(body: bytes) -> Json:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable(f"not a push: {type(wrong).__name__}") from None
    if not isinstance(found, dict) or found.get("object") != OBJECT:
        raise Unreadable("not a push of WhatsApp's")
    return found


def events(body: bytes) -> list[Event]:
    return list(_events(decode(body)))


def _events(found: Json) -> Iterator[Event]:
    for entry in children(found, "entry"):
        for change in children(entry, "changes"):
            value = child(change, "value")
            for kind in LISTS:
                for what in children(value, kind):
                    yield Event(text(entry, "id"), text(change, "field"), kind, value, what)


def alone(event: Event) -> bytes:
    value = {name: part for name, part in event.value.items() if name not in LISTS}
    if event.kind == "messages":
        value["contacts"] = _about(event)
    value[event.kind] = [event.what]
    change = {"field": event.field, "value": value}
    whole = {"object": OBJECT, "entry": [{"id": event.waba, "changes": [change]}]}
    return json.dumps(whole, separators=(",", ":")).encode()


def _about(event: Event) -> list[Json]:
    """Of the people of a batch, the one who speaks."""
    contacts = children(event.value, "contacts")
    if len(contacts) < 2:
        return contacts
    names = {text(event.what, "from_user_id"), text(event.what, "from")} - {""}
    return [c for c in contacts if names & {text(c, "user_id"), text(c, "wa_id")}]


def split(delivery: Delivery) -> list[tuple[str, Delivery]]:
    """What names no number concerns nobody's conversations (templates reviewed, an account's own news)."""
    return [
        (account_id(event.number), Delivery(event.key, alone(event), delivery.headers))
        for event in events(delivery.body)
        if event.number
    ]


def key(body: bytes) -> str:
    found = events(body)
    if len(found) == 1:
        return found[0].key
    return "sha256:" + hashlib.sha256(body).hexdigest()
