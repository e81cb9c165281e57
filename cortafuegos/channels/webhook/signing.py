"""The signature of the webhook channel, the same in both directions.

``Cortafuegos-Signature: t=<unix seconds>,v1=<hex>`` where hex is HMAC-SHA256 of ``t.body`` with the
shared secret. During a change of secret two are valid: we sign with both, and accept either.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

HEADER = "cortafuegos-signature"
WINDOW_SECONDS = 300
SHORTEST_SECRET = 24
_MOST_SIGNATURES = 8  # in one header; more is somebody making us count


def new_secret() -> str:
    return "whsec_" + secrets.token_urlsafe(32)


def valid_secrets(credentials: dict[str, Any]) -> list[str]:
    """The secrets that count now, the newest first."""
    found = (credentials.get("secret"), credentials.get("previous_secret"))
    return [s for s in found if isinstance(s, str) and s]


def rotate(credentials: dict[str, Any]) -> dict[str, Any]:
    """Credentials with a new secret; the one so far stays valid until the next change."""
    return {**credentials, "secret": new_secret(), "previous_secret": credentials.get("secret", "")}


def forget_previous(credentials: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in credentials.items() if k != "previous_secret"}


def sign(secret: str, timestamp: int, body: bytes) -> str:
    return hmac.new(secret.encode(), b"%d." % timestamp + body, hashlib.sha256).hexdigest()


def header(keys: Sequence[str], timestamp: int, body: bytes) -> str:
    return ",".join([f"t={timestamp}", *(f"v1={sign(key, timestamp, body)}" for key in keys)])


def holds(keys: Sequence[str], given: str, body: bytes, now: datetime) -> bool:
    """Whether the header proves that the body was signed with one of ``keys``, and lately."""
    stamp, signatures = "", []
    for part in given.split(",", _MOST_SIGNATURES + 1)[: _MOST_SIGNATURES + 1]:
        name, _, value = part.strip().partition("=")
        if name == "t":
            stamp = value
        elif name == "v1":
            signatures.append(value.lower().encode())
    # ASCII first: int() reads other scripts' digits too.
    if not (stamp.isascii() and stamp.isdecimal()) or len(stamp) > 12:
        return False
    if abs(now.timestamp() - int(stamp)) > WINDOW_SECONDS:
        return False
    # No early end: the time taken tells nothing about which secret or signature was near.
    matches = [
        hmac.compare_digest(sign(key, int(stamp), body).encode(), signature)
        for key in keys
        for signature in signatures
    ]
    return any(matches)
