"""How Meta proves that a push is its own: the same for pages, Instagram and WhatsApp.

``X-Hub-Signature-256: sha256=<hex>`` is HMAC-SHA256 of the raw body with the app's secret. No time is
signed: a replay is caught by its key, not by its age. When the address is registered, Meta first
asks by GET with the token that a person typed there (developers.facebook.com, 2026-11-20).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from cortafuegos.channels.contract import Delivery, Forged

HEADER = "x-hub-signature-256"
LONGEST_CHALLENGE = 200


def new_token() -> str:
    """A verify token: made by us, shown once, typed by a person on Meta's side."""
    return "cf_" + secrets.token_urlsafe(24)


def sign(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(secret: Any, delivery: Delivery) -> None:
    """Raise Forged unless the body was signed with the app's secret."""
    if not isinstance(secret, str) or not secret:
        raise Forged("the account has no app secret")
    given = delivery.headers.get(HEADER, "").encode("utf-8", "replace")
    if not hmac.compare_digest(sign(secret, delivery.body).encode(), given):
        raise Forged("the signature is missing or wrong")


def challenge(token: Any, query: Mapping[str, str]) -> str:
    """What Meta wants to hear back when it asks whether the address is ours. ``token``: ours, or
    several of which each will do, while one is being changed for another. Raises Forged."""
    told = query.get("hub.verify_token", "").encode("utf-8", "replace")
    asked = query.get("hub.challenge", "")
    if query.get("hub.mode") != "subscribe":
        raise Forged("not a subscription")
    held = token if isinstance(token, list) else [token]
    ours = [one.encode() for one in held if isinstance(one, str) and one]
    if not any(hmac.compare_digest(one, told) for one in ours):
        raise Forged("the challenge does not carry our token")
    if not asked or len(asked) > LONGEST_CHALLENGE:
        raise Forged("there is no challenge to answer")
    return asked


def proof(token: str, secret: str) -> str:
    """``appsecret_proof``: a stolen token is of no use without the app's secret."""
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
