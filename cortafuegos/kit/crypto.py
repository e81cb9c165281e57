"""Credentials at rest: sealed with keys derived from the installation's secret.

Fernet (AES-128-CBC with HMAC-SHA256) from ``cryptography``. CORTAFUEGOS_SECRET may hold several
secrets separated by commas: the first seals, all of them open, so a secret can be rotated.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from cortafuegos.kit import home


class Unsealable(Exception):
    """The secret of this installation is not the one that sealed the value."""


@cache
def _box(installation_secrets: str) -> MultiFernet:
    keys = (
        hashlib.scrypt(part.strip().encode(), salt=b"cortafuegos credentials", n=2**14, r=8, p=1, dklen=32)
        for part in installation_secrets.split(",")
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(value: dict[str, Any]) -> bytes:
    return _box(home.secret()).encrypt(json.dumps(value).encode())


def unseal(sealed: bytes) -> dict[str, Any]:
    try:
        opened: dict[str, Any] = json.loads(_box(home.secret()).decrypt(sealed))
    except InvalidToken:
        raise Unsealable("credentials were sealed with another secret") from None
    return opened


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token that only its holder may know."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign(key: bytes | str, *parts: bytes | str) -> str:
    """Hex HMAC-SHA256 over the parts joined by a full stop."""
    raw = b".".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    return hmac.new(key if isinstance(key, bytes) else key.encode(), raw, hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare without telling by time where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
