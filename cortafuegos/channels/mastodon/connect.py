"""The connect page: is this server there, and what may this token do?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.contract import Connected, ConnectError, Field, Json, Refused, SendError

from . import media
from .reader import author_id, full_handle
from .wire import Gone, Wire, speaking

NEEDED = ("read:accounts", "read:notifications", "read:search", "read:statuses", "write:statuses")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

FIELDS = (
    Field("server", _("Server"), _("The address of your server, for example mastodon.example.")),
    Field(
        "token",
        _("Access token"),
        _(
            "On your server open Preferences, Development, New application. Tick the scopes “read”, "
            "“write:statuses”, “write:media” and “write:accounts”, save, open the application and copy "
            "“Your access token”."
        ),
        kind="password",
    ),
)


def connect(form: Mapping[str, str]) -> Connected:
    server = server_address(form.get("server", ""))
    token = form.get("token", "").strip()
    if not token or not token.isascii() or re.search(r"\s", token):
        raise ConnectError(_("Paste the access token: one word, without spaces."), "token")
    line = Wire(server, token)
    instance = _ask_instance(line, server)
    try:
        with speaking(line):
            line.api.account_verify_credentials()
            me = line.raw()
    except Refused:
        raise ConnectError(_("The server does not accept this access token."), "token") from None
    except SendError as trouble:
        raise ConnectError(trouble.reason, "server") from None
    if not isinstance(me, dict) or not author_id(me):
        raise ConnectError(_no_mastodon(server), "server")
    scopes = _check_scopes(line)
    domain = _domain(instance, server)
    handle = full_handle(str(me.get("acct", "")), domain)
    return Connected(
        network_id=author_id(me),
        handle=handle,
        name=str(me.get("display_name") or me.get("username") or handle),
        url=str(me.get("url") or ""),
        config={
            "server": server,
            "domain": domain,
            "account_id": str(me.get("id", "")),
            "max_characters": _max_characters(instance),
            "media": media.limits(instance),
            "no_media": scopes is not None and not {media.SCOPE, "write"} & set(scopes),
        },
        credentials={"token": token},
    )


def server_address(typed: str) -> str:
    """The server's base address from what people type: a name, an address, or their own handle.
    Plain http is for a server on this very machine: a token does not travel in the open."""
    typed = typed.strip()
    if "://" not in typed:
        typed = "https://" + typed.rsplit("@", 1)[-1]
    try:
        parts = urlsplit(typed)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        host = port = ""
    if not re.fullmatch(r"[\w.-]+|[\da-f:]+", host):
        raise ConnectError(_("Write the server's address, for example mastodon.example."), "server")
    name = f"[{host}]" if ":" in host else host
    if parts.scheme != "https" and not (parts.scheme == "http" and name in LOOPBACK):
        raise ConnectError(_("The server's address must begin with https."), "server")
    return f"{parts.scheme}://{name}{port}"


def _ask_instance(line: Wire, server: str) -> Json:
    """What the server says of itself, which also proves that it is one. No token is needed, but
    servers in limited mode want one."""
    try:
        try:
            with speaking(line):
                line.api.instance_v2()
                instance = line.raw()
        except Gone:  # servers before 4.0, and some relatives
            with speaking(line):
                line.api.instance_v1()
                instance = line.raw()
    except Refused:
        raise ConnectError(_("The server does not accept this access token."), "token") from None
    except SendError as trouble:
        if trouble.permanent:
            raise ConnectError(_no_mastodon(server), "server") from None
        sentence = format_lazy(_("{server} does not answer. Is the address right?"), server=server)
        raise ConnectError(sentence, "server") from None
    if not isinstance(instance, dict) or not isinstance(instance.get("configuration", {}), dict):
        raise ConnectError(_no_mastodon(server), "server")
    return instance


def _no_mastodon(server: str) -> object:
    return format_lazy(_("There is no Mastodon server at {server}."), server=server)


def _check_scopes(line: Wire) -> list[str] | None:
    """Reading is tried; writing is judged by the application's scopes, which servers from 4.3 on
    tell. On others, the first reply will tell. Returns what they tell."""
    try:
        with speaking(line):
            line.api.notifications(limit=1)
    except Refused:
        raise ConnectError(_missing(["read:notifications"]), "token") from None
    except SendError as trouble:
        raise ConnectError(trouble.reason, "server") from None
    try:
        with speaking(line):
            line.api.app_verify_credentials()
            told = line.raw()
    except (Refused, SendError):
        return None
    scopes = told.get("scopes") if isinstance(told, dict) else None
    if not isinstance(scopes, list):
        return None
    missing = [need for need in NEEDED if need not in scopes and need.split(":")[0] not in scopes]
    if missing:
        raise ConnectError(_missing(missing), "token")
    return scopes


def _missing(scopes: list[str]) -> object:
    return format_lazy(_("The access token lacks these scopes: {scopes}."), scopes=", ".join(scopes))


def _domain(instance: Json, server: str) -> str:
    """The part after the @ of local handles. It may differ from the server's host."""
    said = instance.get("domain") or instance.get("uri")
    if isinstance(said, str) and said:
        return said.split("://")[-1].rstrip("/")
    return urlsplit(server).netloc


def _max_characters(instance: Json) -> int | None:
    statuses = (instance.get("configuration") or {}).get("statuses")
    said = statuses.get("max_characters") if isinstance(statuses, dict) else instance.get("max_toot_chars")
    return said if isinstance(said, int) else None
