"""What Meta pushes: a batch of entries, each of one page or account, each of several events. Pure.

Batches are cut into single events with a key of their own, since Meta may batch the same events
anew when it repeats them. What polling fetched lies in an envelope of ours (``polled``), as it came.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from cortafuegos.channels.contract import AccountView, Delivery, Json, Unreadable

LARGEST_BODY = 5_000_000  # bytes
MOST_EVENTS = 5_000
NETWORKS = {"page": "facebook", "instagram": "instagram"}
MESSAGING = "messaging"
Id = str | int | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``field``: the webhook field, ``messaging``, or ``polled:`` and what."""

    object: str  # page or instagram
    owner: str  # id of the page or account
    at: datetime  # when Meta told it
    field: str
    said: Json


class _Change(msgspec.Struct):
    field: str
    value: Json


class _Entry(msgspec.Struct):
    id: str | int
    time: int = 0
    changes: list[_Change] = []
    messaging: list[Json] = []
    standby: list[Json] = []  # said while another app holds the conversation
    field: str = ""  # some of Instagram's entries carry their only change themselves
    value: Json | None = None


class _Pushed(msgspec.Struct):
    object: str
    entry: list[_Entry]


class _Polled(msgspec.Struct):
    object: str
    owner: str
    polled: str
    at: int
    item: Json


_PUSHED = msgspec.json.Decoder(_Pushed)
_POLLED = msgspec.json.Decoder(_Polled)
_SHAPE = msgspec.json.Decoder(dict[str, msgspec.Raw])
T = TypeVar("T")


def events(body: bytes) -> list[Event]:
    """The events in a delivery's body. Raises Unreadable."""
    if len(body) > LARGEST_BODY:
        raise Unreadable(f"larger than {LARGEST_BODY} bytes")
    try:
        if "polled" in _SHAPE.decode(body):
            one = _POLLED.decode(body)
            return [Event(one.object, one.owner, moment(one.at), f"polled:{one.polled}", one.item)]
        pushed = _PUSHED.decode(body)
    except msgspec.MsgspecError as error:
        raise Unreadable(str(error)) from None  # names the place and the type, never the content
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None
    found = [event for entry in pushed.entry for event in _of(pushed.object, entry)]
    if len(found) > MOST_EVENTS:
        raise Unreadable(f"{len(found)} events in one delivery; the most is {MOST_EVENTS}")
    return found


def _of(object: str, entry: _Entry) -> list[Event]:
    at = moment(entry.time)
    told = [(change.field, change.value) for change in entry.changes]
    if entry.field and entry.value is not None:
        told.append((entry.field, entry.value))
    told += [(MESSAGING, message) for message in (*entry.messaging, *entry.standby)]
    return [Event(object, str(entry.id), at, field, said) for field, said in told]


def object_of(account: AccountView) -> str:
    """What Meta calls the sort of account that this is."""
    return next(name for name, network in NETWORKS.items() if network == account.network)


def mine(account: AccountView, object: str, body: bytes) -> list[Event]:
    """The events that concern this account; others in the batch are their own accounts' business."""
    return [
        event
        for event in events(body)
        if event.object == object and f"{NETWORKS[object]}:{event.owner}" == account.network_id
    ]


def key(delivery: Delivery) -> str:
    """Equal when Meta repeats itself, with another time on the envelope too."""
    keys = [_key(event) for event in events(delivery.body)]
    return keys[0] if len(keys) == 1 else "batch:" + _hash(sorted(keys))


def _key(event: Event) -> str:
    # A text edited back and forth says the same twice: then only the time tells the two apart.
    changed = str(event.said.get("verb", "")) in ("edit", "edited", "hide", "unhide")
    when = event.at.isoformat() if changed or not event.said else ""
    return f"{event.field}:{_hash([event.object, event.owner, event.field, event.said, when])}"


def _hash(value: Any) -> str:
    said = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()[:40]


def split(delivery: Delivery) -> Sequence[tuple[str, Delivery]]:
    """Each event as a delivery of its own, with the network_id of the account it concerns. Raises
    Unreadable when the envelope itself makes no sense."""
    parts = []
    for event in events(delivery.body):
        network = NETWORKS.get(event.object)
        if network is None:
            continue
        stamp = int(event.at.timestamp())
        inner: Json = (
            {"messaging": [event.said]}
            if event.field == MESSAGING
            else {"changes": [{"field": event.field, "value": event.said}]}
        )
        body = {"object": event.object, "entry": [{"id": event.owner, "time": stamp, **inner}]}
        part = Delivery(_key(event), json.dumps(body, ensure_ascii=True).encode(), delivery.headers)
        parts.append((f"{network}:{event.owner}", part))
    return parts


def polled(object: str, owner: str, what: str, item: Json, at: datetime) -> Delivery:
    """What polling found, as a delivery. The same object saying the same has the same key."""
    stamp = int(at.timestamp())
    body = {"object": object, "owner": owner, "polled": what, "at": stamp, "item": item}
    name = str(item.get("id") or item.get("open_graph_story", ""))[:200]
    return Delivery(f"polled:{what}:{_hash([name, item])}", json.dumps(body, ensure_ascii=True).encode())


def typed(said: Json, kind: type[T]) -> T:
    """``said`` as a struct. Raises Unreadable."""
    try:
        return msgspec.convert(said, kind)
    except msgspec.MsgspecError as error:
        raise Unreadable(str(error)) from None


def moment(told: int | str | None, otherwise: datetime | None = None) -> datetime:
    """A time as Meta tells it: seconds or milliseconds since 1970, or ISO 8601. Raises Unreadable."""
    if not told and otherwise is not None:
        return otherwise
    try:
        if isinstance(told, str) and not (told.isascii() and told.isdecimal()):
            found = datetime.fromisoformat(told)
            if found.tzinfo is None:
                raise Unreadable("a time without time zone")
            return found.astimezone(UTC)
        number = int(told or 0)
        return datetime.fromtimestamp(number / 1000 if abs(number) > 10**11 else number, UTC)
    except (ValueError, OverflowError, OSError):
        raise Unreadable("a time out of range") from None


def time_of(item: Json, name: str = "created_time") -> datetime:
    """When a fetched object was made; the oldest time there is where it does not tell."""
    try:
        return moment(item.get(name))
    except (Unreadable, TypeError):
        return moment(0)


def link(told: str | None) -> str:
    """An address that is safe to follow, or nothing."""
    return told if told and told.lower().startswith(("http://", "https://")) else ""


def name_of(told: Id) -> str:
    return "" if told is None else str(told).strip()
