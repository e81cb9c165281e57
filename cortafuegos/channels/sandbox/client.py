"""The desk's calls to a sandbox server, with every way they can fail told apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from django.utils.translation import gettext_noop as _

from cortafuegos.channels.contract import AccountView, Refused, SendError

TIMEOUT_SECONDS = 6.0  # a fast refusal to connect, then this for each part of the exchange
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

NONSENSE = _("The network's answer made no sense.")
REFUSED = _("The network refused the reply.")
_FINAL = {
    403: _("The author does not accept answers from us."),
    404: _("The post is no longer there."),
    410: _("The post is no longer there."),
    422: _("The network does not take this text: it is too long, or empty."),
}


@cache
def http() -> httpx.Client:
    """One for the process. Connections are not kept: a kept one that the server closes at the
    wrong moment looks like a lost answer."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(timeout=httpx.Timeout(TIMEOUT_SECONDS, connect=3.0), trust_env=False, limits=limits)


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
        return http().request(
            method,
            f"{address}{path}",
            json=body,
            params=query,
            headers=headers,
        )
    except _NEVER_LEFT:
        raise SendError(_("The network cannot be reached."), permanent=False) from None
    except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeError):
        raise SendError(_("The network's address is not valid."), permanent=True) from None
    except httpx.HTTPError:
        raise SendError(_("The network's answer was lost."), permanent=False, lost=True) from None


def judge(answer: httpx.Response) -> dict[str, Any]:
    """The JSON of a good answer; Refused or SendError for every other one."""
    status = answer.status_code
    if status == 401:
        raise Refused(_("The network no longer accepts the token."))
    if status == 429:
        wait = answer.headers.get("retry-after", "")
        seconds = float(wait) if wait.isascii() and wait.isdecimal() else None
        raise SendError(_("The network asks us to wait."), permanent=False, retry_after=seconds)
    if status >= 500:
        # It may have failed after doing what we asked: look before sending again.
        raise SendError(_("The network failed while answering."), permanent=False, lost=True)
    if not answer.is_success:
        raise SendError(_FINAL.get(status, REFUSED), permanent=True)
    said = _json(answer)
    if said is None:
        raise SendError(NONSENSE, permanent=False, lost=True)
    return said


def _json(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        said = answer.json()
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
