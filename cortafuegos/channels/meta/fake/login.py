"""Tokens: what they are worth, how they are got, and whether a page tells an app what happens."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from .fields import Json, page_of
from .refusals import Refusal, gone, invalid
from .world import Page, Token

if TYPE_CHECKING:
    from .app import Call


def debug_token(call: Call) -> Json:
    app_id, _bar, secret = str(call.params["access_token"]).partition("|")
    if call.meta.app_secrets.get(app_id) != secret:
        raise Refusal(190, "Invalid OAuth access token signature.", status=400)
    token = call.meta.tokens.get(str(call.params.get("input_token")))
    if token is None:
        error = {"code": 190, "message": "Malformed access token", "subcode": 0}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    data: Json = {
        "app_id": token.app_id,
        "type": token.kind,
        "application": "Cortafuegos de prueba",
        "data_access_expires_at": 0,
        "expires_at": token.expires_at,
        "is_valid": token.valid,
        "issued_at": 1_760_000_000,
        "scopes": token.scopes,
        "user_id": "1220000001",
    }
    if token.kind == "PAGE":
        data["profile_id"] = token.page_id
    return {"data": data}


def dialog(call: Call) -> str:
    """Where a person says yes or no; this one answers at once. Gives the address to go on to."""
    params, meta = call.params, call.meta
    if str(params.get("client_id")) not in meta.app_secrets:
        raise invalid("client_id")
    back: Json = {"state": params.get("state", "")}
    if meta.says_yes:
        token = Token(str(params["client_id"]), "USER", "", str(params.get("scope", "")).split(","))
        value, code = "EAA" + secrets.token_hex(24), secrets.token_urlsafe(24)
        meta.tokens[value] = token
        meta.codes[code, str(params.get("redirect_uri"))] = value
        back["code"] = code
    else:
        back |= {"error": "access_denied", "error_reason": "user_denied"}
    return f"{params.get('redirect_uri')}?{urlencode(back)}"


def access_token(call: Call) -> Json:
    """A code from the login dialog for a token, and a short token for a long one."""
    params, meta = call.params, call.meta
    if meta.app_secrets.get(str(params.get("client_id"))) != params.get("client_secret"):
        raise Refusal(101, "Error validating client secret.")
    if params.get("grant_type") == "fb_exchange_token":
        given = str(params.get("fb_exchange_token"))
    else:
        given = meta.codes.pop((str(params.get("code")), str(params.get("redirect_uri"))), "")
    if given not in meta.tokens:
        raise Refusal(100, "This authorization code has been used or has expired.", subcode=36009)
    return {"access_token": given, "token_type": "bearer", "expires_in": 5_183_944}


def accounts(call: Call) -> Json:
    """The pages that the person who logged in manages, each with its own token."""
    call.need("pages_show_list")
    pages = [{"access_token": call.meta.token(page), "category": "Energy", "id": page.id, "name": page.name,
              "tasks": ["MODERATE", "MESSAGING"]} for page in call.meta.pages.values()]  # fmt: skip
    return page_of(pages, call.params, call.address)


def page(call: Call, own: str) -> Page:
    """The page of the token; no other is reached with it."""
    if own == "me":
        own = call.token.page_id
    if own not in call.meta.pages or own != (call.token.page_id or own):
        raise gone(own)
    return call.meta.pages[own]


def subscribed_apps(call: Call, own: str) -> Json:
    here = page(call, own)
    return {
        "data": [
            {"link": "https://desk.example/", "name": "Cortafuegos", "id": app, "subscribed_fields": fields}
            for app, fields in here.subscribed.items()
        ]
    }


def subscribe(call: Call, own: str) -> Json:
    call.need("pages_manage_metadata")
    wanted = call.params.get("subscribed_fields")
    fields = wanted.split(",") if isinstance(wanted, str) else list(wanted or [])
    if not fields:
        raise invalid("subscribed_fields")
    page(call, own).subscribed[call.token.app_id] = fields
    return {"success": True}
