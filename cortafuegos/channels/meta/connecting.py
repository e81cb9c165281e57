"""The connect page of both networks: what the token is worth, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.contract import ConnectError, Field, Json, Refused, SendError

from . import graph as wire
from . import signature
from .errors import Denied, Failed
from .graph import Graph

# What each permission is for, in the words of somebody who has never seen Meta's (2026-11-20).
PERMISSIONS: Mapping[str, Any] = {
    "pages_show_list": _("find the page"),
    "pages_read_engagement": _("read the page's posts"),
    "pages_read_user_content": _("read what visitors write on the page"),
    "pages_manage_engagement": _("answer, hide and delete comments"),
    "pages_manage_metadata": _("be told at once of what is new"),
    "pages_messaging": _("read and answer Messenger"),
    "instagram_basic": _("see the Instagram account"),
    "instagram_manage_comments": _("read, answer and hide Instagram comments"),
    "instagram_manage_messages": _("read and answer Instagram messages"),
}


FIELDS = (
    Field(
        "app_id",
        _("App ID"),
        _("On developers.facebook.com, your app, App settings, Basic."),
        kind="number",
    ),
    Field(
        "app_secret",
        _("App secret"),
        _("On the same page. It proves that what arrives comes from Meta."),
        kind="password",
    ),
    Field(
        "token",
        _("Access token"),
        _(
            "Of the page, or of a system user that manages it. Not needed if you log in on Facebook's own "
            "page."
        ),
        kind="password",
    ),
    Field(
        "page_id",
        _("Page ID"),
        _("Needed with a system user's token. A page's own token tells it."),
        kind="number",
        required=False,
    ),
    Field(
        "human_agent",
        _("Meta granted this app the Human Agent permission"),
        _("Then private answers may go out for seven days, not 24 hours."),
        kind="checkbox",
        required=False,
    ),
    Field(
        "graph",
        _("Address of the Graph API"),
        kind="url",
        required=False,
        initial=wire.ADDRESS,
        advanced=True,
    ),
    Field("version", _("Version of the Graph API"), required=False, initial=wire.VERSION, advanced=True),
)


LOGIN_STEP = _(
    "To log in on Facebook's own page instead of pasting a token, enter the return address of this page in "
    "the app, under Facebook Login, Valid OAuth Redirect URIs. Then the app's ID and secret are enough here."
)


@dataclass(frozen=True, slots=True)
class Proven:
    """A page whose token works. ``page``: its id, name, username, link and Instagram account."""

    config: Json
    credentials: Json
    graph: Graph
    page: Json
    expires_at: datetime | None


def prove(form: Mapping[str, str], needed: Iterable[str]) -> Proven:
    """Check app, token, permissions and page at Meta, now. Raises ConnectError."""
    address, version = address_of(form)
    app_id, secret, token = (form.get(name, "").strip() for name in ("app_id", "app_secret", "token"))
    check_app(app_id, secret)
    if not re.fullmatch(r"[!-~]+", token):
        raise ConnectError(_("Paste the access token: one word, without spaces."), "token")
    told = inspect(Graph(address, version, f"{app_id}|{secret}"), token)
    _check_token(told, app_id, needed)
    page_id = form.get("page_id", "").strip() or str(told.get("profile_id") or "")
    if not re.fullmatch(r"\d{1,30}", page_id, re.ASCII):
        raise ConnectError(_("Write the page's ID: it is made of digits."), "page_id")
    page = _page(Graph(address, version, token, secret=secret), page_id)
    token = str(page.pop("access_token", "") or token)
    graph = Graph(address, version, token, secret=secret)
    return Proven(
        config={
            "graph": address,
            "version": version,
            "app_id": app_id,
            "page_id": page_id,
            "human_agent": form.get("human_agent", "") not in ("", "0", "False", "false", "no"),
        },
        credentials={
            "app_secret": secret,
            "token": token,
            # Meta asks for it when a person registers our address. Never taken from a form: an equal
            # secret would pass for the same account.
            "secret": signature.new_token(),
        },
        graph=graph,
        page=page,
        expires_at=ends(told),
    )


def address_of(form: Mapping[str, str]) -> tuple[str, str]:
    try:
        address = wire.base_address(form.get("graph", ""))
    except ValueError:
        raise ConnectError(_("Write the Graph API's address: https and a name."), "graph") from None
    try:
        return address, wire.version_name(form.get("version", ""))
    except ValueError:
        raise ConnectError(_("Write the version as Meta does, for example v26.0."), "version") from None


def check_app(app_id: str, secret: str) -> None:
    if not re.fullmatch(r"\d{1,30}", app_id, re.ASCII):
        raise ConnectError(_("Write the app's ID: it is made of digits."), "app_id")
    if not re.fullmatch(r"[!-~]+", secret):
        raise ConnectError(_("Paste the app secret: one word, without spaces."), "app_secret")


def inspect(app: Graph, token: str) -> Json:
    """What Meta says of a token, when the app itself asks."""
    try:
        told = app.get("debug_token", input_token=token).get("data")
    except Refused:
        raise ConnectError(
            _("Meta does not accept this app ID with this app secret."), "app_secret"
        ) from None
    except Failed as error:
        if error.permanent:
            sentence = _("Meta does not accept this app ID with this app secret.")
            raise ConnectError(sentence, "app_secret") from None
        raise ConnectError(error.reason) from None
    except SendError as error:
        raise ConnectError(error.reason) from None
    return told if isinstance(told, dict) else {}


def _check_token(told: Json, app_id: str, needed: Iterable[str]) -> None:
    if told.get("is_valid") is not True:
        raise ConnectError(_("Meta does not accept this access token."), "token")
    if str(told.get("app_id")) != app_id:
        raise ConnectError(_("This access token was made for another app."), "token")
    if lacking := missing(told, needed):
        sentence = format_lazy(_("The access token lacks permissions: {list}."), list=named(lacking))
        raise ConnectError(sentence, "token")


def missing(told: Json, needed: Iterable[str]) -> list[str]:
    scopes = told.get("scopes")
    return [scope for scope in needed if scope not in (scopes if isinstance(scopes, list) else [])]


def named(permissions: Iterable[str]) -> Any:
    """Permissions in plain words, with Meta's own name for who has to set them."""
    parts: list[Any] = []
    for permission in permissions:
        parts += ["; " if parts else "", PERMISSIONS[permission], f" ({permission})"]
    return format_lazy("{}" * len(parts), *parts)


def ends(told: Json) -> datetime | None:
    """When the token, or our access to data with it, ends; None when never."""
    times = [told.get(name) for name in ("expires_at", "data_access_expires_at")]
    told_ends = [time for time in times if isinstance(time, int) and 0 < time < 10**11]
    return datetime.fromtimestamp(min(told_ends), UTC) if told_ends else None


def _page(graph: Graph, page_id: str) -> Json:
    fields = (
        "id,name,username,link,access_token,instagram_business_account{id,username,name,profile_picture_url}"
    )
    try:
        page = graph.get(page_id, fields=fields)
    except Denied as error:
        raise ConnectError(lazystr(str(error)), "token") from None
    except SendError as error:
        if error.permanent:
            raise ConnectError(
                _("This access token does not reach a page with this ID."), "page_id"
            ) from None
        raise ConnectError(error.reason) from None
    if str(page.get("id")) != page_id or not page.get("name"):
        raise ConnectError(_("This access token does not reach a page with this ID."), "page_id")
    return page


def subscribe(proven: Proven, wanted: Iterable[str]) -> None:
    """Have the page tell the app what happens, besides what it tells it already. Raises ConnectError."""
    path = f"{proven.config['page_id']}/subscribed_apps"
    try:
        proven.graph.post(
            path, {"subscribed_fields": sorted({*wanted, *subscribed(proven.graph, proven.config)})}
        )
    except (Refused, SendError) as error:
        sentence = _("Meta did not take the page's subscription to the app: {reason}")
        raise ConnectError(format_lazy(sentence, reason=str(error)), "token") from None


def subscribed(graph: Graph, config: Json) -> set[str]:
    """The webhook fields that the page tells this app."""
    for app in wire.listed(graph.get(f"{config['page_id']}/subscribed_apps")):
        told = app.get("subscribed_fields")
        if str(app.get("id")) == config["app_id"] and isinstance(told, list):
            return {str(field) for field in told}
    return set()
