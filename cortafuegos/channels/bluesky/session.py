"""Signed-in sessions, kept in this process's memory.

An app password makes two tokens: one that opens things for two hours and one that renews it.
Signing in is rationed (300 a day), so a session is kept and renewed, and the password is
used again only when renewing fails. What the database holds is the password alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..contract import AccountView, Refused
from .xrpc import NOT_XRPC, Json, XrpcError, call

# The token works no longer, or never did. InvalidToken is also what a data server says to a token
# that lacks a permission: see NO_PERMISSION.
STALE = {"ExpiredToken", "InvalidToken", "AuthenticationRequired", "AuthMissing"}
CLOSED = {
    "AccountTakedown",
    "AccountDeactivated",
    "AccountSuspended",
    "AccountNotFound",
    "RepoTakendown",
    "RepoDeactivated",
}
NO_PERMISSION = "Bad token method"

SCOPE_MAIN = "com.atproto.access"  # the account's own password
SCOPE_WITH_MESSAGES = "com.atproto.appPassPrivileged"


@dataclass(frozen=True, slots=True)
class Session:
    did: str
    handle: str
    access: str
    refresh: str

    @property
    def scope(self) -> str:
        """What the access token says it may do; empty on servers whose tokens say nothing."""
        try:
            payload = self.access.split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
            return str(claims.get("scope", ""))
        except (IndexError, ValueError, AttributeError):
            return ""


def sign_in(service: str, identifier: str, password: str) -> Session:
    credentials = {"identifier": identifier, "password": password}
    return _session(call(service, "com.atproto.server.createSession", json=credentials))


def renew(service: str, session: Session) -> Session:
    return _session(call(service, "com.atproto.server.refreshSession", post=True, token=session.refresh))


def _session(body: Json) -> Session:
    if body.get("active") is False:
        raise XrpcError(403, "AccountDeactivated", "")  # it may sign in, but not write
    try:
        return Session(body["did"], body["handle"], body["accessJwt"], body["refreshJwt"])
    except KeyError:
        raise XrpcError(502, NOT_XRPC, "") from None


def refused(error: XrpcError) -> Refused:
    if error.name in CLOSED:
        return Refused(_("Bluesky has closed or suspended the account, or it was deactivated."))
    return Refused(_("Bluesky no longer accepts the app password. Make a new one and connect again."))


class Sessions:
    """Calls in the name of an account, signing in and renewing by itself. Threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._sessions: dict[str, Session] = {}

    def call(
        self,
        account: AccountView,
        nsid: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Json | None = None,
        file: tuple[bytes, str] | None = None,
        proxy: str = "",
    ) -> Json:
        """Raises Refused when the credentials hold no longer, else XrpcError or NoAnswer."""
        service = account.config["service"]
        asked: dict[str, Any] = {"params": params, "json": json, "file": file, "proxy": proxy}
        session = self._current(account)
        try:
            return call(service, nsid, token=session.access, **asked)
        except XrpcError as error:
            self._raise_unless_stale(error)
        session = self.renewed(account, instead_of=session)
        try:
            return call(service, nsid, token=session.access, **asked)
        except XrpcError as error:
            self._raise_unless_stale(error)
            raise refused(error) from None

    def renewed(self, account: AccountView, instead_of: Session | None = None) -> Session:
        """A fresh session, proving that the app password still stands: revoking it ends the renewal
        at once, while an access token goes on for its two hours."""
        service = account.config["service"]
        with self._lock_of(account):
            session = self._sessions.get(_name(account))
            if instead_of and session and session.access != instead_of.access:
                return session  # another thread was faster
            if session:
                try:
                    session = renew(service, session)
                except XrpcError as error:
                    if error.passing:
                        raise
                    session = None
            self._sessions[_name(account)] = session = session or self._sign_in(account)
            return session

    def _current(self, account: AccountView) -> Session:
        session = self._sessions.get(_name(account))
        if session:
            return session
        with self._lock_of(account):
            session = self._sessions.get(_name(account)) or self._sign_in(account)
            self._sessions[_name(account)] = session
            return session

    def _sign_in(self, account: AccountView) -> Session:
        self._sessions.pop(_name(account), None)
        try:
            # By DID: the handle may have changed since.
            return sign_in(account.config["service"], account.network_id, account.credentials["password"])
        except XrpcError as error:
            if error.passing:
                raise
            raise refused(error) from None

    def _raise_unless_stale(self, error: XrpcError) -> None:
        if error.name in CLOSED:
            raise refused(error) from None
        if (
            error.passing
            or error.message == NO_PERMISSION
            or not (error.name in STALE or error.status == 401)
        ):
            raise error

    def _lock_of(self, account: AccountView) -> threading.Lock:
        with self._lock:
            return self._locks.setdefault(_name(account), threading.Lock())


def _name(account: AccountView) -> str:
    secret = f"{account.config['service']} {account.network_id} {account.credentials['password']}"
    return hashlib.sha256(secret.encode()).hexdigest()
