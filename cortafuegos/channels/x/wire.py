"""Calls to X, and all the ways they fail, in the contract's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpx
from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Refused, SendError

from . import refusals
from .rules import WITHOUT_HEADERS

TIMEOUT = httpx.Timeout(8.0, connect=4.0)
LONGEST_WAIT = 24 * 3600.0  # the longest of X's windows
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
# X counts in windows of a quarter of an hour and of a day, for the user and for the app.
_WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")


@dataclass(frozen=True, slots=True)
class Answer:
    body: Json
    rest: float = 0.0  # seconds until the next such request is allowed


class RateLimited(SendError):
    pass


class WrongParameter(SendError):
    """X does not know a parameter of ours: ``name``."""

    def __init__(self, reason: str, name: str) -> None:
        super().__init__(reason, permanent=True)
        self.name = name


@cache
def http() -> httpx.Client:
    """One for the process. It follows nothing: a token goes to the address it was made for."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(
        timeout=TIMEOUT, trust_env=False, limits=limits, headers={"User-Agent": "Cortafuegos"}
    )


def call(
    account: AccountView,
    method: str,
    path: str,
    *,
    params: Mapping[str, str] | None = None,
    body: Json | None = None,
    writing: bool = False,
) -> Answer:
    """X's answer. ``writing``: when none comes, the thing may have been done all the same.

    Raises Refused, SendError, or one of its kinds: Gone, Duplicate, NoCredit, RateLimited.
    """
    ends = access_ends(account.credentials)
    if ends is not None and ends <= datetime.now(UTC):
        # Not refused: the renewal that is due mends it without a person.
        raise SendError(_("The access to X has run out and is being renewed."), permanent=False)
    headers = {"Authorization": f"Bearer {account.credentials.get('access_token', '')}"}
    address = f"{account.config.get('api', '')}{path}"
    try:
        response = http().request(method, address, params=params, json=body, headers=headers)
    except _NEVER_LEFT:
        raise SendError(_("X cannot be reached."), permanent=False) from None
    except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeError):
        raise SendError(_("The address of X's interface is not valid."), permanent=True) from None
    except httpx.HTTPError:
        raise SendError(_("X's answer did not arrive."), permanent=False, lost=writing) from None
    said = _json(response)
    if response.is_success:
        if said is None and response.status_code != 204:
            raise SendError(_("X's answer made no sense."), permanent=False, lost=writing)
        return Answer(said or {}, rest_asked(response))
    raise failure(response, refusals.problem(said), writing=writing)


def access_ends(credentials: Json) -> datetime | None:
    try:
        return datetime.fromisoformat(credentials["expires_at"])
    except (KeyError, TypeError, ValueError):
        return None


def failure(response: httpx.Response, said: Json, *, writing: bool) -> Exception:
    status = response.status_code
    if status >= 500:
        # Whatever stands in front of X may give up while X goes on.
        return SendError(_("X has trouble of its own."), permanent=False, lost=writing)
    if status == 429:
        wait = rest_asked(response) or WITHOUT_HEADERS
        return RateLimited(_("X asks us to slow down."), permanent=False, retry_after=wait)
    if penniless := refusals.no_credit(status, said):
        return penniless
    if status == 401:
        return Refused(_("X no longer accepts our access. Connect the account again."))
    if status == 403:
        return refusals.forbidden(said)
    if status in (404, 410):
        return refusals.gone()
    parameter = said.get("parameter") or next(iter(said.get("parameters") or ()), None)
    if status == 400 and isinstance(parameter, str):
        return WrongParameter(refusals.refused_with(said).reason, parameter)
    if status >= 400:
        return refusals.refused_with(said)
    return SendError(_("X's answer made no sense."), permanent=False, lost=writing)


def rest_asked(response: httpx.Response) -> float:
    """Seconds until a window that is used up begins anew, by X's own clock; 0 when none is."""
    headers = response.headers
    try:
        now = parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError, TypeError, OverflowError):
        now = datetime.now(UTC).timestamp()
    waits = [0.0]
    for window in _WINDOWS:
        if _number(headers.get(f"{window}-remaining")) == 0:
            reset = _number(headers.get(f"{window}-reset"))
            waits.append(WITHOUT_HEADERS if reset is None else max(1.0, reset - now))
    return min(max(waits), LONGEST_WAIT)


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) <= 12 else None


def _json(response: httpx.Response) -> Json | None:
    """The object in the body; None when there is none. A page of a proxy in between is none."""
    if "json" not in response.headers.get("content-type", "json"):
        return None
    try:
        said: Any = response.json()
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
