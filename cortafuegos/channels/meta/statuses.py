"""What became of our private messages, as Messenger and Instagram push it. Pure.

Messenger tells up to when the other side has read, Instagram which message; both tell it of messages
that they had taken, none of failures.
"""

from __future__ import annotations

import msgspec

from cortafuegos.channels.capabilities import Status, Step
from cortafuegos.channels.contract import AccountView, Delivery, Unreadable

from .envelope import MESSAGING, Event, mine, moment, name_of, object_of, typed
from .messages import Who, conversation

MOST = 200  # messages told of in one event


class _Read(msgspec.Struct):
    watermark: int = 0  # milliseconds since 1970
    mid: str | None = None


class _Delivery(msgspec.Struct):
    mids: list[str] = []
    watermark: int = 0


class _Messaging(msgspec.Struct):
    sender: Who
    timestamp: int = 0
    read: _Read | None = None
    delivery: _Delivery | None = None


def statuses(account: AccountView, delivery: Delivery) -> list[Status]:
    return [
        status
        for event in mine(account, object_of(account), delivery.body)
        if event.field == MESSAGING
        for status in _of(account, event)
    ]


def _of(account: AccountView, event: Event) -> list[Status]:
    if "read" not in event.said and "delivery" not in event.said:
        return []
    said = typed(event.said, _Messaging)
    at = moment(said.timestamp, event.at)
    found = []
    if said.delivery is not None:
        # Messenger may leave the ids out of many at once, and a watermark of what merely arrived says
        # little: those that are named will do.
        named = [mid for mid in said.delivery.mids[:MOST] if mid.strip()]
        found += [Status(Step.DELIVERED, at, f"{account.network}:{mid}") for mid in named]
    if said.read is not None and said.read.mid:
        found.append(Status(Step.READ, at, f"{account.network}:{said.read.mid}"))
    elif said.read is not None and said.read.watermark:
        person = name_of(said.sender.id)
        if not person:
            raise Unreadable("something was read by nobody")
        until = moment(said.read.watermark)
        found.append(Status(Step.READ, until, conversation=conversation(account, person)))
    return found
