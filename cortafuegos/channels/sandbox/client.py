"""The desk's calls to a sandbox server, with every way they can fail told apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from cortafuegos.channels.contract import AccountView, Refused, SendError

TIMEOUT_SECONDS = 8.0
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def call(
    account: AccountView,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    query: Mapping[str, Any] | None = None,
    key: str = "",
) -> httpx.Response:
    """The network's answer whatever its status; raises SendError when none came."""
    address = str(account.config.get("address", "")).rstrip("/")
    headers = {"Authorization": f"Bearer {account.credentials.get('token', '')}"}
    if key:
        headers["Idempotency-Key"] = key
    try:
        return httpx.request(
            method,
            f"{address}{path}",
            json=body,
            params=query,
            headers=headers,
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
        )
    except _NEVER_LEFT:
        raise SendError("the network cannot be reached", permanent=False) from None
    except (httpx.InvalidURL, UnicodeError):
        raise SendError("the network's address is not valid", permanent=True) from None
    except httpx.HTTPError as error:
        reason = f"the network's answer was lost ({type(error).__name__})"
        raise SendError(reason, permanent=False, lost=True) from None


def judge(answer: httpx.Response) -> dict[str, Any]:
    """The JSON of a good answer; Refused or SendError for every other one."""
    status = answer.status_code
    if status == 401:
        raise Refused("the network no longer accepts the token")
    if status == 429:
        wait = answer.headers.get("retry-after", "")
        seconds = float(wait) if wait.isascii() and wait.isdecimal() else None
        raise SendError("the network asks us to wait", permanent=False, retry_after=seconds)
    if status >= 500:
        # It may have failed after doing what we asked: look before sending again.
        raise SendError(f"the network answered {status}", permanent=False, lost=True)
    if not answer.is_success:
        raise SendError(_sentence(answer), permanent=True)
    said = _json(answer)
    if said is None:
        raise SendError("the network's answer made no sense", permanent=False, lost=True)
    return said


def _json(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        said = answer.json()
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _sentence(answer: httpx.Response) -> str:
    said = (_json(answer) or {}).get("error")
    detail = said[:200] if isinstance(said, str) else ""
    return f"the network refused the reply ({answer.status_code}): {detail}".rstrip(": ")
