"""How the sandbox signs what it pushes: HMAC-SHA256 over "timestamp.body"."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

SIGNATURE = "x-sandbox-signature"
TIMESTAMP = "x-sandbox-timestamp"
SKEW_SECONDS = 300


def sign(secret: str, timestamp: int, body: bytes) -> str:
    message = str(timestamp).encode() + b"." + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def headers(secret: str, timestamp: int, body: bytes) -> dict[str, str]:
    return {SIGNATURE: sign(secret, timestamp, body), TIMESTAMP: str(timestamp)}


def holds(secret: str, given: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Whether the headers (lower-cased names) prove that the body is theirs and fresh."""
    stamp = given.get(TIMESTAMP, "")
    # ASCII first: compare_digest refuses other text, and int() reads other scripts' digits.
    if not secret or not (stamp.isascii() and stamp.isdecimal()) or len(stamp) > 12:
        return False
    if abs(now.timestamp() - int(stamp)) > SKEW_SECONDS:
        return False
    expected = sign(secret, int(stamp), body)
    return hmac.compare_digest(expected.encode(), given.get(SIGNATURE, "").lower().encode())
