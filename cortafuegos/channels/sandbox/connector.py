"""The sandbox network, as the desk sees any network."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import regex
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    ConnectError,
    Delivery,
    Field,
    Forged,
    Found,
    Health,
    HealthState,
    Json,
    Limits,
    Media,
    Outgoing,
    Polled,
    Post,
    Refused,
    SendError,
    Sent,
    Target,
)
from cortafuegos.channels.files import Files

from . import signature
from .client import NONSENSE, call, judge
from .media import ALT, LARGEST, MOST, TYPES
from .reading import decode, read

PAGE = 100
AS_OF = date(2026, 11, 1)
EXPIRES_SOON = timedelta(days=3)
_GRAPHEME = regex.compile(r"\X")


class Sandbox:
    network = "sandbox"
    name = _("Sandbox")
    mark = "S"
    poll_seconds = 10.0  # fills what a webhook missed
    fields = (
        Field(
            "address",
            _("Address of the sandbox network"),
            _("With the demo running it is this desk's own address followed by /sandbox."),
            kind="url",
            initial="http://127.0.0.1:8000/sandbox",
        ),
        Field(
            "token",
            _("Token of the account"),
            _("It begins with sbx_. Whoever runs the sandbox can make one."),
            kind="password",
        ),
    )

    def connect(self, form: Mapping[str, str]) -> Connected:
        address = form.get("address", "").strip().rstrip("/")
        token = form.get("token", "").strip()
        if not address.startswith(("http://", "https://")):
            raise ConnectError(_("The address must begin with http:// or https://."), "address")
        if not token or not token.isascii() or not token.isprintable():
            raise ConnectError(_("The token is missing or has letters that no token has."), "token")
        probe = AccountView(0, self.network, "", "", "", {"address": address}, {"token": token})
        try:
            me = judge(call(probe, "GET", "/api/me"))
            network_id, handle, name = str(me["uri"]), str(me["handle"]), str(me["name"])
        except Refused:
            raise ConnectError(
                _("The sandbox does not know this token. Copy it again, whole."), "token"
            ) from None
        except (SendError, KeyError):
            raise ConnectError(
                _("No sandbox network answers at this address. Is it running?"), "address"
            ) from None
        return Connected(
            network_id=network_id,
            handle=handle,
            name=name,
            config={"address": address},
            credentials={"token": token, "webhook_secret": secrets.token_hex(32)},
            url=str(me.get("url", "")),
            expires_at=_moment(me.get("token_expires_at")),
        )

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        secret = str(account.credentials.get("webhook_secret", ""))
        if not signature.holds(secret, delivery.headers, delivery.body, now):
            raise Forged("the signature is missing, wrong or stale")

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return str(decode(delivery.body, "event").event)

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return read(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        query = {"limit": PAGE, **({"since": cursor["since"]} if "since" in cursor else {})}
        said = judge(call(account, "GET", "/api/notifications", query=query))
        events, since = said.get("events"), said.get("cursor")
        if not isinstance(events, list) or not isinstance(since, int):
            raise SendError(NONSENSE, permanent=False)
        return Polled([_polled(e) for e in events], {"since": since}, bool(said.get("more")))

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        if not target.public:
            return []
        said = judge(call(account, "GET", f"/api/posts/{_number(target.ref)}/thread"))
        found = said.get("posts")
        if not isinstance(found, list) or not found:
            return []
        body = _dump({"posts": found})
        # The text may have been edited since an earlier look: the key says which look it was.
        last = found[-1].get("uri", "") if isinstance(found[-1], dict) else ""
        return [Delivery(f"thread:{target.conversation}:{last}:{len(body)}", body)]

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        target = outgoing.target
        body: Json = {"text": outgoing.text, "language": outgoing.language}
        if outgoing.media:
            body["media"] = [_given(account, one) for one in outgoing.media]
        if not outgoing.public:
            body["to"] = target.author_id
            return _sent(judge(call(account, "POST", "/api/messages", body=body, key=outgoing.key)))
        if not target.public:
            raise SendError(gettext_noop("A private message is not answered in public."), permanent=True)
        body["parent"] = str(target.ref.get("uri", target.network_id))
        return _sent(judge(call(account, "POST", "/api/posts", body=body, key=outgoing.key)))

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        answer = call(account, "GET", f"/api/posts/by-key/{quote(outgoing.key, safe='')}")
        if answer.status_code == 404 and "error" in answer.text:
            return Found.ABSENT
        return _sent(judge(answer))

    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        answer = call(account, "DELETE", f"/api/posts/{_number({'uri': network_id})}")
        if answer.status_code == 403:
            raise SendError(gettext_noop("The post belongs to somebody else."), permanent=True)
        if answer.status_code not in (404, 410):  # gone already is as good
            judge(answer)

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return Files(AS_OF, dict.fromkeys(TYPES, LARGEST), MOST, alt=ALT)

    def measure(self, text: str, *, public: bool) -> int:
        return sum(1 for _match in _GRAPHEME.finditer(text))

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(300 if public else 1000, "graphemes")

    def set_profile(self, account: AccountView, text: str) -> bool:
        judge(call(account, "PATCH", "/api/me", body={"bio": text}))
        return True

    def health(self, account: AccountView) -> Health:
        try:
            me = judge(call(account, "GET", "/api/me"))
        except Refused as refused:
            return Health(HealthState.REFUSED, str(refused))
        except SendError as error:
            return Health(HealthState.DEGRADED, error.reason)
        end = _moment(me.get("token_expires_at"))
        if end is not None and end - datetime.now(UTC) < EXPIRES_SOON:
            return Health(HealthState.EXPIRING, gettext_noop("The token ends soon."), end)
        return Health(HealthState.OK, expires_at=end)


def _given(account: AccountView, one: Media) -> int:
    """A file whose answer is lost is given once more: nobody has seen it yet."""
    said = {"name": one.name, "media_type": one.media_type, "alt": one.alt}
    said["data"] = base64.b64encode(one.body).decode()
    try:
        number = judge(call(account, "POST", "/api/media", body=said)).get("id")
    except SendError as error:
        raise SendError(error.reason, permanent=error.permanent, retry_after=error.retry_after) from None
    if not isinstance(number, int):
        raise SendError(NONSENSE, permanent=False)
    return number


def _polled(event: Any) -> Delivery:
    key = event.get("event") if isinstance(event, dict) else None
    return Delivery(str(key), _dump(event))


def _dump(value: Any) -> bytes:
    # The network's own bytes: the same event polled and pushed is the same delivery.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sent(said: Json) -> Sent:
    uri, at = said.get("uri"), _moment(said.get("created_at"))
    if not isinstance(uri, str):
        raise SendError(NONSENSE, permanent=False, lost=True)
    return Sent(
        network_id=uri,
        url=str(said.get("url", "")),
        posted_at=at,
        ref={"uri": uri, "author": (said.get("author") or {}).get("uri", "")},
        conversation=str(said.get("conversation", "")),
    )


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _number(ref: Json) -> int:
    tail = str(ref.get("uri", "")).rpartition("/")[2]
    return int(tail) if tail.isascii() and tail.isdecimal() else 0


connector = Sandbox()
