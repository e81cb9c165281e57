"""What a durable log of arrivals does. PostgreSQL is one; a replicated stream may be another.

The promise to a network: what was stored is on disk before the network hears 200, and the same
key stored again is not a second receipt.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cortafuegos.channels.contract import Delivery, Json
from cortafuegos.kit.text import storable

KEY_LIMIT = 500
HEADERS_LIMIT = 8_000  # characters in all
# Ours alone, never taken from a caller: for which account, by its name on the network, a part of a
# delivery is meant that was addressed to a sister of it.
ADDRESSEE = "x-cortafuegos-addressee"
# They let in, and nobody who reads a stored payload needs them.
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """One delivery on its way into the log."""

    brand_id: int
    account_id: int
    delivery: Delivery
    correlation: uuid.UUID
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """One receipt in the hands of a worker."""

    id: int
    brand_id: int
    account_id: int
    delivery: Delivery
    correlation: uuid.UUID
    received_at: datetime
    attempts: int


class Log(Protocol):
    def store_polled(
        self,
        account_id: int,
        brand_id: int,
        deliveries: Sequence[Delivery],
        cursor: Json,
        *,
        now: datetime,
        next_poll_at: datetime,
    ) -> int:
        """Keep what a poll brought, and how far it got, in one step. Returns how many were new."""
        ...

    def claim(self, limit: int) -> list[Claimed]:
        """The oldest new receipts that no other worker holds, held until the transaction ends."""
        ...

    def done(self, ids: Sequence[int], now: datetime) -> None: ...

    def quarantine(self, receipt_id: int, reason: str) -> None:
        """Put a receipt aside, whole, with the reason a person will read."""
        ...

    def replay(self, ids: Sequence[int]) -> int:
        """Quarantined receipts are new again. Returns how many."""
        ...


def stored_key(key: str) -> str:
    """A key the log can hold, equal for equal keys."""
    kept = storable(key)
    if len(kept) <= KEY_LIMIT and kept == key:
        return kept
    return "sha256:" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def stored_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """What is kept beside a payload: no credentials, and not more than ``HEADERS_LIMIT``."""
    kept: dict[str, str] = {}
    room = HEADERS_LIMIT
    for name, value in headers.items():
        room -= len(name) + len(value)
        if name.lower() not in SECRET_HEADERS and room >= 0:
            kept[storable(name.lower())] = storable(value)
    return kept
