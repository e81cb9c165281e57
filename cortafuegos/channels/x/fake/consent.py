"""The fake's OAuth 2: a page that says yes at once, codes with PKCE, and passes that renew each other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from .problems import Problem
from .world import Token, User, World

Json = dict[str, Any]


def authorize(world: World, user: User | None, query: Mapping[str, str]) -> str:
    """Where the browser goes on to. ``user``: who is signed in and agrees; None: somebody who does not."""
    if query.get("client_id") != world.app.client_id or query.get("code_challenge_method") != "S256":
        raise Problem(400, {"error": "invalid_request", "error_description": "Something went wrong"})
    told = {"state": query.get("state", "")}
    if user is None:
        told["error"] = "access_denied"
    else:
        told["code"] = secrets.token_urlsafe(16)
        world.codes[told["code"]] = {
            "user": user.id, "challenge": query.get("code_challenge", ""), "scope": query.get("scope", ""),
            "redirect_uri": query.get("redirect_uri", ""),
        }  # fmt: skip
    return f"{query.get('redirect_uri', '')}?{urlencode(told)}"


def token(world: World, form: Mapping[str, str], authorization: str) -> Json:
    _client(world, form, authorization)
    match form.get("grant_type"):
        case "authorization_code":
            return _answer(_exchanged(world, form))
        case "refresh_token":
            return _answer(_renewed(world, form.get("refresh_token", "")))
    raise _refused("unsupported_grant_type", "Only authorization_code and refresh_token are taken.")


def _client(world: World, form: Mapping[str, str], authorization: str) -> None:
    app = world.app
    if not app.client_secret:
        if form.get("client_id") != app.client_id:
            raise _refused("invalid_client", "Value passed for the client id was invalid.")
        return
    wanted = base64.b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
    if not hmac.compare_digest(authorization.encode(), f"Basic {wanted}".encode()):
        raise Problem(
            401, {"error": "unauthorized_client", "error_description": "Missing valid authorization header"}
        )


def _exchanged(world: World, form: Mapping[str, str]) -> Token:
    given = world.codes.pop(form.get("code", ""), None)
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    if given is None or given["redirect_uri"] != form.get("redirect_uri") or given["challenge"] != challenge:
        raise _refused("invalid_request", "Value passed for the authorization code was invalid.")
    return world.issue(given["user"], given["scope"])


def _renewed(world: World, refresh: str) -> Token:
    """Each renews once: the pass that was used is worth nothing any more."""
    old = world.refresh.pop(refresh, None)
    if old is None:
        raise _refused("invalid_request", "Value passed for the token was invalid.")
    world.tokens.pop(old.access, None)
    return world.issue(old.user_id, old.scopes, old.lasts)


def _answer(token: Token) -> Json:
    return {
        "token_type": "bearer",
        "expires_in": token.lasts,
        "access_token": token.access,
        "refresh_token": token.refresh,
        "scope": token.scopes,
    }


def _refused(error: str, words: str) -> Problem:
    return Problem(400, {"error": error, "error_description": words})
