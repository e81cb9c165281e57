"""The connect page: do app, token, number and account belong together?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

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
from cortafuegos.channels.meta import graph

from .line import Line, dial
from .values import account_id, text

NEEDED = ("whatsapp_business_messaging", "whatsapp_business_management")
NUMBER_FIELDS = "id,display_phone_number,verified_name,quality_rating,status"
PAGES = 5

FIELDS = (
    Field("app_id", _("App ID"), _("In Meta for Developers, App settings, Basic.")),
    Field("app_secret", _("App secret"), _("Beside it. Meta signs what it sends with it."), kind="password"),
    Field(
        "token",
        _("Token of a system user"),
        _(
            "In Business settings, System users: give one the app and the WhatsApp account, and generate a "
            "token that never expires, with whatsapp_business_messaging and whatsapp_business_management."
        ),
        kind="password",
    ),
    Field(
        "phone_number_id", _("Phone number ID"), _("In the app, WhatsApp, API setup; not the number itself.")
    ),
    Field("waba_id", _("WhatsApp Business account ID"), _("In the same place, under the number's ID.")),
    Field(
        "verify_token",
        _("Verify token"),
        _("Invent a long word and keep it: the same is typed at Meta beside the address."),
        kind="password",
    ),
    Field(
        "address",
        _("Address of the Graph API"),
        kind="url",
        required=False,
        initial=graph.ADDRESS,
        advanced=True,
    ),
    Field("version", _("Version of the Graph API"), required=False, initial=graph.VERSION, advanced=True),
)

STEPS = (
    _("In Meta for Developers make an app of type Business and add WhatsApp to it."),
    _("Add the number in WhatsApp Manager and register it."),
    _("In Business settings make a system user with the app and the WhatsApp account, and make its token."),
    _("Fill in this page. Everything is checked at Meta at once, and the app is subscribed to the account."),
    _(
        "In the app, WhatsApp, Configuration: paste the address this account's page shows and your verify "
        "token, and subscribe to “messages”."
    ),
)
BY_HAND = (
    _("Set the picture and the opening hours of the profile in WhatsApp Manager."),
    _("Have templates approved in WhatsApp Manager: after 24 hours only they reach a person."),
)


def connect(form: Mapping[str, str]) -> Connected:
    config = _config(form)
    credentials: Json = {name: form.get(name, "").strip() for name in ("token", "app_secret", "verify_token")}
    if not credentials["token"] or re.search(r"[^!-~]", credentials["token"]):
        raise ConnectError(_("Paste the token: one word, without spaces."), "token")
    if not re.fullmatch(r"[0-9a-f]{32}", credentials["app_secret"]):
        raise ConnectError(_("An app secret is 32 letters from 0 to f."), "app_secret")
    if len(credentials["verify_token"]) < 8:
        raise ConnectError(_("A verify token of fewer than 8 letters can be guessed."), "verify_token")
    told = _token(config, credentials)
    spoken = dial(config, credentials)
    number = _ask(spoken, config["phone_number_id"], "phone_number_id", fields=NUMBER_FIELDS)
    _belongs(spoken, config)
    try:
        spoken.post(f"{config['waba_id']}/subscribed_apps")
    except (Refused, SendError) as trouble:
        raise ConnectError(str(trouble), "waba_id") from None
    shown = text(number, "display_phone_number")
    return Connected(
        network_id=account_id(config["phone_number_id"]),
        handle=shown or config["phone_number_id"],
        name=text(number, "verified_name") or shown,
        url=f"https://wa.me/{re.sub(r'[^0-9]', '', shown)}" if shown else "",
        config=config,
        credentials=credentials,
        expires_at=expiry(told),
    )


def _config(form: Mapping[str, str]) -> Json:
    config = {name: form.get(name, "").strip() for name in ("app_id", "phone_number_id", "waba_id")}
    for name, value in config.items():
        if not re.fullmatch(r"[0-9]{5,25}", value):
            raise ConnectError(_("This ID is a number of many digits."), name)
    try:
        config["address"] = graph.base_address(form.get("address", ""))
    except ValueError:
        raise ConnectError(_("Write a whole address, beginning with https://."), "address") from None
    try:
        config["version"] = graph.version_name(form.get("version", ""))
    except ValueError:
        raise ConnectError(_("A version looks like v26.0."), "version") from None
    return config


def debug(config: Json, credentials: Json) -> Json:
    """What Meta says of the token; asked with the app's own, which proves its secret too."""
    ours = {
        **credentials,
        "token": f"{config.get('app_id')}|{credentials.get('app_secret')}",
        "app_secret": "",
    }
    said = dial(config, ours).get("debug_token", input_token=credentials.get("token"))
    data = said.get("data")
    return data if isinstance(data, dict) else {}


def _token(config: Json, credentials: Json) -> Json:
    try:
        told = debug(config, credentials)
    except Refused:
        raise ConnectError(_("Meta does not know this app with this secret."), "app_secret") from None
    except SendError as trouble:
        raise ConnectError(trouble.reason, "app_id" if trouble.permanent else "") from None
    if told.get("is_valid") is not True:
        raise ConnectError(_("Meta does not accept this token. Generate a new one."), "token")
    if str(told.get("app_id")) != config["app_id"]:
        raise ConnectError(_("This token was made for another app."), "token")
    granted = told.get("scopes") or []
    missing = [scope for scope in NEEDED if scope not in granted]
    if missing:
        raise ConnectError(_("The token lacks a permission. It needs both that are named above."), "token")
    return told


def expiry(told: Json) -> datetime | None:
    """None for a token that never ends, as a system user's."""
    at: Any = told.get("expires_at")
    if not isinstance(at, int) or at <= 0:
        return None
    try:
        return datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _ask(spoken: Line, path: str, field: str, **params: Any) -> Json:
    try:
        return spoken.get(path, **params)
    except Refused:
        raise ConnectError(
            _("The token may not see this. Is it assigned to the system user?"), field
        ) from None
    except SendError as trouble:
        if trouble.permanent:
            raise ConnectError(_("Meta does not know this ID, or not for this token."), field) from None
        raise ConnectError(trouble.reason) from None


def _belongs(spoken: Line, config: Json) -> None:
    """One app can serve several accounts: this number must be of this one."""
    found = _ask(spoken, f"{config['waba_id']}/phone_numbers", "waba_id", fields="id", limit=100)
    if config["phone_number_id"] not in [text(one, "id") for one in graph.listed(found)]:
        raise ConnectError(_("This number does not belong to this WhatsApp account."), "waba_id")


def subscribed(account: AccountView, spoken: Line) -> bool:
    """Does what happens on the account reach our app?"""
    said = spoken.get(f"{account.config.get('waba_id')}/subscribed_apps")
    apps = [one.get("whatsapp_business_api_data") for one in graph.listed(said)]
    return any(isinstance(app, dict) and str(app.get("id")) == account.config.get("app_id") for app in apps)
