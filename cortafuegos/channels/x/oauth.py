"""OAuth 2 with PKCE: the person says yes at X, and we get a pass of two hours and one that renews it."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
from django.utils.translation import gettext as _

from cortafuegos.channels.contract import Json, Refused, SendError

from . import refusals
from .rules import ACCESS_LASTS, WITHOUT_HEADERS
from .wire import http, rest_asked

READING = ("tweet.read", "users.read", "offline.access")
SCOPES = (
    *READING, "tweet.write", "tweet.moderate.write", "dm.read", "dm.write", "media.write",
)  # fmt: skip
NEEDED = (*READING, "tweet.write")


@dataclass(frozen=True, slots=True)
class App:
    """Our app at X. One without a secret is a public one."""

    api: str
    client_id: str
    client_secret: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    access: str
    refresh: str
    ends: datetime
    scopes: frozenset[str]


def new_verifier() -> str:
    return secrets.token_urlsafe(64)


def authorize_address(address: str, app: App, return_to: str, state: str, verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": return_to,
        "scope": " ".join(SCOPES),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    return f"{address}?{urlencode(query)}"


def exchange(app: App, code: str, return_to: str, verifier: str) -> Pass:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": return_to,
        "code_verifier": verifier,
    }
    return _ask(app, form)


def renew(app: App, refresh: str) -> Pass:
    """A new pair. The old renewal pass is used up by this, whether the answer arrives or not."""
    return _ask(app, {"grant_type": "refresh_token", "refresh_token": refresh})


def _ask(app: App, form: dict[str, str]) -> Pass:
    auth = httpx.BasicAuth(app.client_id, app.client_secret) if app.client_secret else httpx.Auth()
    if not app.client_secret:
        form = {**form, "client_id": app.client_id}
    try:
        response = http().post(f"{app.api}/2/oauth2/token", data=form, auth=auth)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        raise SendError(_("X cannot be reached."), permanent=False) from None
    if response.status_code == 429:
        wait = rest_asked(response) or WITHOUT_HEADERS
        raise SendError(_("X asks us to slow down."), permanent=False, retry_after=wait)
    if response.status_code in (400, 401, 403):
        raise Refused(refusals.words(refusals.problem(_object(response))) or str(response.status_code))
    found = _pass(_object(response)) if response.is_success else None
    if found is None:
        raise SendError(_("X has trouble of its own."), permanent=False)
    return found


def _object(response: httpx.Response) -> Json:
    try:
        said: Any = response.json()
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _pass(said: Json) -> Pass | None:
    access, refresh = said.get("access_token"), said.get("refresh_token")
    if not isinstance(access, str) or not isinstance(refresh, str) or not access or not refresh:
        return None
    lasts = said.get("expires_in")
    seconds = lasts if isinstance(lasts, int) and 0 < lasts < 10**9 else ACCESS_LASTS.total_seconds()
    scopes = said.get("scope")
    return Pass(
        access,
        refresh,
        datetime.now(UTC) + timedelta(seconds=seconds),
        frozenset(scopes.split() if isinstance(scopes, str) else SCOPES),
    )
