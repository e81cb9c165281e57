"""The connect page: what is asked, and what is said when it does not work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ..contract import Connected, ConnectError, Field
from . import session
from .xrpc import NOT_XRPC, NoAnswer, XrpcError, call

SERVICE = "https://bsky.social"
CHAT = "did:web:api.bsky.chat#bsky_chat"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

FIELDS = (
    Field(
        "handle",
        _("Handle"),
        _("The whole name of the account, such as marca.bsky.social or marca.example."),
    ),
    Field(
        "password",
        _("App password"),
        _(
            "Make one in Bluesky: Settings, Privacy and security, App passwords. Tick “Allow access to "
            "your direct messages” if you want to answer them here."
        ),
        kind="password",
    ),
    Field(
        "service",
        _("Server"),
        _("Change it only if your account lives on a data server of its own."),
        kind="url",
        initial=SERVICE,
        advanced=True,
    ),
    Field(
        "chat",
        _("Direct-message service"),
        _("Only for networks with a service of their own."),
        required=False,
        initial=CHAT,
        advanced=True,
    ),
)


def connect(form: Mapping[str, str]) -> Connected:
    service = _service(form.get("service", "").strip() or SERVICE)
    handle = _handle(form.get("handle", ""), service)
    password = form.get("password", "").strip()
    if not password:
        raise ConnectError(_("Write the app password."), "password")
    try:
        opened = session.sign_in(service, handle, password)
    except NoAnswer:
        raise ConnectError(
            _("That server does not answer. Check its address, or try later."), "service"
        ) from None
    except XrpcError as error:
        raise _explained(error, service, handle) from None
    if opened.scope == session.SCOPE_MAIN:
        raise ConnectError(
            _(
                "This is the account’s own password, which opens everything. "
                "Make an app password and use that."
            ),
            "password",
        )
    chat = form.get("chat", "").strip() or CHAT
    return Connected(
        network_id=opened.did,
        handle=opened.handle,
        name=_display_name(service, opened),
        config={
            "service": service,
            "chat": chat,
            "direct_messages": _may_read_messages(service, chat, opened),
        },
        credentials={"password": password},
        url=f"https://bsky.app/profile/{opened.did}",
    )


def _service(typed: str) -> str:
    address = urlsplit(typed if "://" in typed else f"https://{typed}")
    try:
        port = f":{address.port}" if address.port else ""
    except ValueError:
        raise ConnectError(_("That is not a web address."), "service") from None
    if not address.hostname or address.scheme not in ("http", "https") or address.username:
        raise ConnectError(_("That is not a web address."), "service")
    if address.scheme == "http" and address.hostname not in LOOPBACK:
        raise ConnectError(
            _("The address must begin with https, or the password would travel in the open."), "service"
        )
    host = f"[{address.hostname}]" if ":" in address.hostname else address.hostname
    return f"{address.scheme}://{host}{port}"


def _handle(typed: str, service: str) -> str:
    """What people paste: with @, with blanks, with the profile's address around it, without the end."""
    handle = typed.strip().strip("\u202a\u202c\u2066\u2069\u200e")  # marks that copying brings along
    handle = re.sub(r"^https?://[^/]+/profile/", "", handle).rstrip("/").removeprefix("@").lower()
    if not handle:
        raise ConnectError(_("Write the account’s handle."), "handle")
    if "@" in handle or handle.startswith("did:"):
        return handle  # an e-mail address or a DID signs in as well
    if "." not in handle and service == SERVICE:
        handle += ".bsky.social"
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", handle):
        raise ConnectError(_("A handle looks like marca.bsky.social or marca.example."), "handle")
    return handle


def _explained(error: XrpcError, service: str, handle: str) -> ConnectError:
    if error.limited:
        minutes = max(1, round((error.retry_after or 60) / 60))
        return ConnectError(
            ngettext_lazy(
                "Bluesky wants a pause after so many attempts. Try again in %(minutes)d minute.",
                "Bluesky wants a pause after so many attempts. Try again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )
    if error.name == NOT_XRPC:
        return ConnectError(_("There is no Bluesky server at that address."), "service")
    if error.server_fault:
        return ConnectError(_("The server has a fault of its own just now. Try later."), "service")
    if error.name == "AuthFactorTokenRequired":
        return ConnectError(
            _(
                "This is the account’s own password, which asks for a code by e-mail. "
                "Make an app password and use that."
            ),
            "password",
        )
    if error.name in session.CLOSED:
        return ConnectError(
            _("Bluesky has closed or suspended the account, or it was deactivated."), "handle"
        )
    if "." in handle and "@" not in handle and not _exists(service, handle):
        return ConnectError(_("There is no account with that handle. Check how it is written."), "handle")
    return ConnectError(
        _("The app password is not right for this account. Copy it again, or make a new one."), "password"
    )


def _exists(service: str, handle: str) -> bool:
    try:
        call(service, "com.atproto.identity.resolveHandle", params={"handle": handle})
    except XrpcError as error:
        return error.passing
    except NoAnswer:
        return True
    return True


def _display_name(service: str, opened: session.Session) -> str:
    try:
        profile = call(
            service, "app.bsky.actor.getProfile", params={"actor": opened.did}, token=opened.access
        )
        return str(profile.get("displayName") or "")
    except (XrpcError, NoAnswer):
        return ""  # the app view lags behind: no reason to turn the account away


def _may_read_messages(service: str, chat: str, opened: session.Session) -> bool:
    if opened.scope:
        return opened.scope == session.SCOPE_WITH_MESSAGES
    try:
        call(service, "chat.bsky.convo.listConvos", params={"limit": 1}, token=opened.access, proxy=chat)
    except XrpcError as error:
        return error.message != session.NO_PERMISSION
    except NoAnswer:
        return True
    return True
