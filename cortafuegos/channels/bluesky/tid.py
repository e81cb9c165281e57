"""Timestamp identifiers (TID), the names of records: 53 bits of microseconds and 10 bits of
clock number, written in 13 characters that sort by time.

A reply gets its name before it is sent, from its idempotency key, so that a second attempt can
look for the first one, and can never make a second post.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def encode(microseconds: int, clock: int) -> str:
    number = (microseconds & ((1 << 53) - 1)) << 10 | clock & 1023
    return "".join(_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def for_key(key: str, at: datetime) -> str:
    """The same name for the same key and time. Keys within one second share no name: 20 bits of the
    key's digest stand for the fraction of the second and 10 for the clock (1 in a thousand million).
    """
    if at.tzinfo is None:
        raise ValueError("a naive time names no instant")
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    seconds = (at - _EPOCH) // timedelta(seconds=1)
    return encode(seconds * 1_000_000 + digest % 1_000_000, digest >> 20)


def time_of(tid: str) -> datetime | None:
    """When the record was made, by its name; nothing for a name that is not a TID."""
    if len(tid) != 13 or tid[0] not in "234567abcdefghij" or any(c not in _DIGITS for c in tid):
        return None
    number = 0
    for character in tid:
        number = number << 5 | _DIGITS.index(character)
    return _EPOCH + timedelta(microseconds=number >> 10)
