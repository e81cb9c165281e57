"""The connect page: which app of ours, where X is, and what the person agreed to."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Begun
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    ConnectError,
    Json,
    Refused,
    SendError,
)

from . import names, oauth
from .form import API, AUTHORIZE, FIELDS, WEB
from .rules import RENEW_BEFORE
from .values import child, number_id, text
from .wire import access_ends, call

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def begin(form: Mapping[str, str], return_to: str, state: str) -> Begun:
    typed = {field.name: form.get(field.name, "").strip() for field in FIELDS}
    if not re.fullmatch(r"[\x21-\x7e]{4,200}", typed["client_id"]):
        raise ConnectError(_("Paste the client ID: one word, without spaces."), "client_id")
    for name in ("client_secret", "consumer_secret"):
        if not re.fullmatch(r"[\x21-\x7e]{0,200}", typed[name]):
            raise ConnectError(_("A secret is one word, without spaces."), name)
    for name, usual in (("api", API), ("authorize", AUTHORIZE), ("web", WEB)):
        typed[name] = _address(typed[name] or usual, name)
    verifier = oauth.new_verifier()
    address = oauth.authorize_address(typed["authorize"], _app(typed), return_to, state, verifier)
    return Begun(address, {**typed, "verifier": verifier, "state": state})


def finish(kept: Json, query: Mapping[str, str], return_to: str) -> Connected:
    if query.get("error"):
        raise ConnectError(_("X says that access was not granted. Begin again, and agree on X's page."))
    state, code = str(kept.get("state", "")), query.get("code", "")
    if not code or not state or not hmac.compare_digest(query.get("state", "").encode(), state.encode()):
        raise ConnectError(_("This answer does not belong to the connection you began. Begin again."))
    app = _app(kept)
    try:
        granted = oauth.exchange(app, code, return_to, str(kept.get("verifier", "")))
        missing = [scope for scope in oauth.NEEDED if scope not in granted.scopes]
        if missing:
            raise ConnectError(
                format_lazy(_("X did not grant these permissions: {scopes}."), scopes=", ".join(missing))
            )
        return _connected(kept, granted)
    except Refused as refused:
        raise ConnectError(
            format_lazy(_("X does not accept this app: {reason}"), reason=str(refused)), "client_id"
        ) from None
    except SendError as trouble:
        raise ConnectError(trouble.reason, "api") from None


def _connected(kept: Json, granted: oauth.Pass) -> Connected:
    config: Json = {name: kept[name] for name in ("api", "authorize", "web", "client_id")}
    config["enterprise"] = kept.get("enterprise", "") not in ("", "0", "False", "false", "no")
    credentials = {
        "client_secret": kept.get("client_secret", ""),
        "consumer_secret": kept.get("consumer_secret", ""),
        **passes(granted),
    }
    probe = AccountView(0, "x", "", "", "", config, credentials)
    params = {"user.fields": "name,username,verified,verified_type"}
    me = child(call(probe, "GET", "/2/users/me", params=params).body, "data")
    user_id, handle = number_id(me.get("id")), text(me, "username")
    if not user_id or not handle:
        raise SendError(gettext("X's answer made no sense."), permanent=False)
    config["name"] = text(me, "name") or handle
    config["messages"] = {"dm.read", "dm.write"} <= granted.scopes and _reads_messages(probe)
    return Connected(
        network_id=names.person(user_id),
        handle=handle,
        name=config["name"],
        url=f"{config['web']}/{handle}",
        config=config,
        credentials=credentials,
    )


def _reads_messages(probe: AccountView) -> bool:
    """Some plans have no direct messages: known now, not when somebody waits for an answer."""
    try:
        call(probe, "GET", "/2/dm_events", params={"max_results": "1"})
    except (Refused, SendError) as refused:
        return isinstance(refused, SendError) and not refused.permanent
    return True


def renew(account: AccountView) -> Connected | None:
    """The pass itself is never shown as ending: it is renewed without anybody."""
    ends = access_ends(account.credentials)
    refresh = str(account.credentials.get("refresh_token") or "")
    if not refresh or (ends is not None and ends - datetime.now(UTC) > RENEW_BEFORE):
        return None
    try:
        granted = oauth.renew(_app({**account.config, **account.credentials}), refresh)
    except Refused:
        raise Refused(gettext("X no longer renews our access. Connect the account again.")) from None
    return Connected(
        network_id=account.network_id,
        handle=account.handle,
        name=str(account.config.get("name") or account.handle),
        url=f"{names.web(account)}/{account.handle}",
        config=account.config,
        credentials={**account.credentials, **passes(granted)},
    )


def passes(granted: oauth.Pass) -> Json:
    return {
        "access_token": granted.access,
        "refresh_token": granted.refresh,
        "expires_at": granted.ends.isoformat(),
    }


def _app(told: Mapping[str, Any]) -> oauth.App:
    return oauth.App(str(told["api"]), str(told["client_id"]), str(told.get("client_secret") or ""))


def _address(typed: str, name: str) -> str:
    """https, or this very machine: a pass does not travel in the open."""
    try:
        parts = urlsplit(typed)
        host, safe = parts.hostname or "", parts.scheme == "https"
        parts.port  # noqa: B018  raises ValueError when it is none
    except ValueError:
        host, safe = "", False
    if not host or not (safe or (parts.scheme == "http" and host in LOOPBACK)):
        raise ConnectError(_("Write an address that begins with https."), name)
    return typed.rstrip("/")
