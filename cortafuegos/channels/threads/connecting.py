"""Threads' consent page, and tokens of sixty days that are renewed without anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Begun
from cortafuegos.channels.contract import AccountView, Connected, ConnectError, Json, Refused, SendError
from cortafuegos.channels.meta import graph, signature

from .form import API, AUTHORIZE, SCOPES
from .wire import dial

RENEW_BEFORE = timedelta(days=30)  # they live sixty; younger than a day they are not renewed
USUALLY = 60 * 86_400  # seconds, where Meta does not tell


def begin(form: Mapping[str, str], return_to: str, state: str) -> Begun:
    app_id, secret = form.get("app_id", "").strip(), form.get("app_secret", "").strip()
    if not re.fullmatch(r"\d{1,30}", app_id, re.ASCII):
        raise ConnectError(_("Write the app's ID: it is made of digits."), "app_id")
    if not re.fullmatch(r"[!-~]+", secret):
        raise ConnectError(_("Paste the app secret: one word, without spaces."), "app_secret")
    kept: Json = {"app_id": app_id, "app_secret": secret}
    try:
        kept["api"] = graph.base_address(form.get("api", "").strip() or API)
    except ValueError:
        raise ConnectError(_("Write an address that begins with https."), "api") from None
    authorize = form.get("authorize", "").strip() or AUTHORIZE
    parts = urlsplit(authorize)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in graph.LOOPBACK):
        raise ConnectError(_("Write an address that begins with https."), "authorize")
    asked = {"client_id": app_id, "redirect_uri": return_to, "scope": ",".join(SCOPES),
             "response_type": "code", "state": state}  # fmt: skip
    return Begun(f"{authorize}?{urlencode(asked)}", {**kept, "authorize": authorize})


def finish(kept: Json, query: Mapping[str, str], return_to: str) -> Connected:
    if query.get("error") or not query.get("code"):
        raise ConnectError(_("Threads gave no access: the permission was not given, or the page was left."))
    app = {"client_id": kept["app_id"], "client_secret": kept["app_secret"]}
    config = {name: kept[name] for name in ("api", "authorize", "app_id")}
    code = query["code"].removesuffix("#_")
    try:
        ours = f"TH|{kept['app_id']}|{kept['app_secret']}"
        short = dial(config, ours, version="").post(
            "oauth/access_token", grant_type="authorization_code", redirect_uri=return_to, code=code, **app
        )
        token = str(short.get("access_token") or "")
        asking = {"grant_type": "th_exchange_token", "client_secret": kept["app_secret"]}
        long = dial(config, token, version="").get("access_token", access_token=token, **asking)
        return _connected(config, kept["app_secret"], long)
    except Refused as refused:
        raise ConnectError(
            format_lazy(_("Threads does not accept this app: {reason}"), reason=str(refused)), "app_secret"
        ) from None
    except SendError as trouble:
        raise ConnectError(trouble.reason, "app_secret" if trouble.permanent else "") from None


def _connected(config: Json, secret: str, long: Json) -> Connected:
    token = str(long.get("access_token") or "")
    me = dial(config, token).get("me", fields="id,username,name")
    handle, own = str(me.get("username") or ""), str(me.get("id") or "")
    if not token or not handle or not own.isdecimal():
        raise SendError(gettext("Meta answers with something unreadable."), permanent=False)
    ends = _ends(long)
    return Connected(
        network_id=f"threads:{own}",
        handle=handle,
        name=str(me.get("name") or handle),
        url=f"https://www.threads.com/@{handle}",
        config=config,
        credentials={
            "app_secret": secret,
            "token": token,
            "expires_at": ends.isoformat(),
            "secret": signature.new_token(),  # the verify token of the webhook
        },
        expires_at=ends,
    )


def renew(account: AccountView) -> Connected | None:
    credentials = account.credentials
    ends = datetime.fromisoformat(str(credentials["expires_at"]))
    if ends - datetime.now(UTC) > RENEW_BEFORE:
        return None
    token = str(credentials["token"])
    said = dial(account.config, token, version="").get(
        "refresh_access_token", grant_type="th_refresh_token", access_token=token
    )
    if not said.get("access_token"):
        raise SendError(gettext("Meta answers with something unreadable."), permanent=False)
    ends = _ends(said)
    return Connected(
        network_id=account.network_id,
        handle=account.handle,
        name=account.handle,
        url=f"https://www.threads.com/@{account.handle}",
        config=account.config,
        credentials={**credentials, "token": str(said["access_token"]), "expires_at": ends.isoformat()},
        expires_at=ends,
    )


def _ends(said: Json) -> datetime:
    told = said.get("expires_in")
    seconds = told if isinstance(told, int) and 0 < told < 10**9 else USUALLY
    return datetime.now(UTC) + timedelta(seconds=seconds)
