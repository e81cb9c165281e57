"""The connect page: whose token is this, and how do its messages reach us?"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    ConnectError,
    Field,
    Json,
    Refused,
    SendError,
)

from .poll import KINDS
from .values import person_id
from .wire import SERVER, call

PORTS = (None, 443, 80, 88, 8443)  # the only ones Telegram calls
LOOPBACK = ("localhost", "127.0.0.1", "::1")

FIELDS = (
    Field(
        "token",
        _("Token of the bot"),
        _("In Telegram write /newbot to @BotFather, or /token for a bot you have, and copy what it gives."),
        kind="password",
    ),
    Field(
        "webhook",
        _("Address for messages"),
        _(
            "Leave it empty, and the desk asks Telegram every few seconds. With the account's address, which "
            "its page shows once it is connected, Telegram calls the desk instead."
        ),
        kind="url",
        required=False,
        advanced=True,
    ),
    Field(
        "server",
        _("Bot API server"),
        _("Only for those who run a Bot API server of their own."),
        kind="url",
        required=False,
        initial=SERVER,
        advanced=True,
    ),
)

STEPS = (
    _("Write /newbot to @BotFather in Telegram, give the bot a name and a username, and keep its token."),
    _("Paste the token in the desk. It is checked at once."),
    _(
        "For groups: send /setprivacy to @BotFather, choose the bot and then Disable; otherwise it only sees "
        "commands and answers to its own messages. After that, add the bot to the group again."
    ),
    _("For comments under a channel's posts: add the bot to the channel's discussion group."),
    _(
        "To be called instead of asking every few seconds, copy the address that the account's page shows, "
        "reconnect, and paste it under “More settings”. It has to be reachable from the internet."
    ),
)
BY_HAND = (
    _("Set the bot's picture with /setuserpic at @BotFather."),
    _("Tell people where the bot is: Telegram lets no bot write first."),
)


def connect(form: Mapping[str, str]) -> Connected:
    token = form.get("token", "").strip()
    if not re.fullmatch(r"\d{1,20}:[A-Za-z0-9_-]{10,100}", token, re.ASCII):
        raise ConnectError(
            _("A bot's token is a number, a colon and about 35 letters. Copy it again, whole."), "token"
        )
    server = _server(form.get("server", ""))
    webhook = _webhook(form.get("webhook", ""))
    config: Json = {"server": server, "webhook": webhook}
    credentials: Json = {"token": token, "webhook_secret": secrets.token_urlsafe(32)}
    probe = AccountView(0, "telegram", "", "", "", config, credentials)
    me = _ask(probe)
    _route(probe)
    username = str(me.get("username", ""))
    return Connected(
        network_id=person_id(me["id"]),
        handle=username,
        name=str(me.get("first_name") or username),
        url=f"https://t.me/{username}",
        config={**config, "reads_groups": me.get("can_read_all_group_messages") is True},
        credentials=credentials,
    )


def _ask(probe: AccountView) -> Json:
    try:
        me = call(probe, "getMe")
    except Refused:
        raise ConnectError(
            _("Telegram does not know this token. Ask @BotFather for it again."), "token"
        ) from None
    except SendError as trouble:
        raise ConnectError(trouble.reason, "server") from None
    if not isinstance(me, dict) or not isinstance(me.get("id"), int) or me.get("is_bot") is not True:
        raise ConnectError(_("There is no Bot API server at this address."), "server")
    return me


def _route(probe: AccountView) -> None:
    """Telegram gives a bot's messages to a webhook, or to whoever asks: never to both."""
    try:
        if not probe.config["webhook"]:
            call(probe, "deleteWebhook", {"drop_pending_updates": False})
            return
        call(
            probe,
            "setWebhook",
            {
                "url": probe.config["webhook"],
                "secret_token": probe.credentials["webhook_secret"],
                "allowed_updates": KINDS,
            },
        )
    except SendError as trouble:
        raise ConnectError(trouble.reason, "webhook") from None


def _server(typed: str) -> str:
    typed = typed.strip().rstrip("/") or SERVER
    parts = _parts(typed, "server")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ConnectError(_("The server's address must begin with https."), "server")
    return typed


def _webhook(typed: str) -> str:
    typed = typed.strip()
    if not typed:
        return ""
    parts = _parts(typed, "webhook")
    if parts.hostname in LOOPBACK:
        return typed  # for a Bot API server on this very machine
    if parts.scheme != "https" or parts.port not in PORTS:
        raise ConnectError(
            _("Telegram only calls addresses with https, on port 443, 80, 88 or 8443."), "webhook"
        )
    return typed


def _parts(typed: str, field: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        _port = parts.port
    except ValueError:
        parts = urlsplit("")
    if not parts.hostname or re.search(r"\s", typed):
        raise ConnectError(_("Write a whole address, beginning with https://."), field)
    return parts
