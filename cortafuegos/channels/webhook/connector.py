"""The webhook channel: any system posts signed JSON in, and receives signed JSON out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.text import slugify
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

from . import outgoing as wire
from . import signing
from .address import AddressRefused
from .reading import read

LENGTH = 10_000
# Ours: they travel inside the event, and whoever takes it holds it whole.
FILES = Files(date(2026, 11, 22), {"*/*": 10_000_000}, 10, total=10_000_000, alt=2_000)


class Webhook:
    network = "webhook"
    name = _("Webhook")
    mark = "W"
    poll_seconds = 0.0

    @property
    def fields(self) -> tuple[Field, ...]:
        return (
            Field("name", _("Name"), _("What this system is called in the desk.")),
            Field(
                "url",
                _("Address for our replies"),
                _("We post each reply there. Leave it empty to receive messages only."),
                kind="url",
                required=False,
            ),
            Field(
                "secret",
                _("Shared secret"),
                _("Made for you. Copy it into the other system before you go on: it signs both ways."),
                required=False,
                initial=signing.new_secret(),
            ),
        )

    def connect(self, form: Mapping[str, str]) -> Connected:
        name, url = form.get("name", "").strip(), form.get("url", "").strip()
        secret = form.get("secret", "").strip() or signing.new_secret()
        if not name:
            raise ConnectError(_("Give this system a name."), "name")
        if len(secret) < signing.SHORTEST_SECRET:
            raise ConnectError(_("The secret is too short: use 24 characters or more."), "secret")
        if url:
            _check(url, secret)
        return Connected(
            # The secret is what makes it this system: the same secret reconnects the same account.
            network_id="webhook:" + hashlib.sha256(secret.encode()).hexdigest()[:24],
            handle=slugify(name) or "webhook",
            name=name,
            config={"url": url},
            credentials={"secret": secret},
        )

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        keys = signing.valid_secrets(account.credentials)
        given = delivery.headers.get(signing.HEADER, "")
        if not signing.holds(keys, given, delivery.body, now):
            raise Forged("the signature is missing, wrong or stale")

    def key(self, account: AccountView, delivery: Delivery) -> str:
        # The signature covers the body alone: a key from a header could be changed by a replay.
        return hashlib.sha256(delivery.body).hexdigest()

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return read(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return Polled([], cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        return []

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        target = outgoing.target
        event: Json = {
            "type": "reply",
            "id": outgoing.key,
            "account": account.handle,
            "conversation": str(target.ref.get("conversation", "")),
            "in_reply_to": str(target.ref.get("id", "")),
            "to": {"id": str(target.ref.get("author", "")), "handle": target.author_handle},
            "text": outgoing.text,
            "public": outgoing.public,
            "language": outgoing.language,
        }
        if outgoing.media:
            event["files"] = [_file(one) for one in outgoing.media]
        said = wire.send(_url(account), _keys(account), event, key=outgoing.key)
        return _sent(account, outgoing, said)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        event = {"type": "find", "id": outgoing.key}
        try:
            said = wire.send(_url(account), _keys(account), event, key=f"find {outgoing.key}")
        except SendError as error:
            if error.permanent:  # it does not know this kind of event
                return Found.UNKNOWN
            raise
        if said.get("found") is True:
            return _sent(account, outgoing, said)
        return Found.ABSENT if said.get("found") is False else Found.UNKNOWN

    def measure(self, text: str, *, public: bool) -> int:
        return len(text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        answers = bool(account.config.get("url"))
        return Limits(LENGTH, "characters", public=answers, private=answers)

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return FILES

    def set_profile(self, account: AccountView, text: str) -> bool:
        return False

    def health(self, account: AccountView) -> Health:
        if not account.config.get("url"):
            return Health(HealthState.OK)
        try:
            wire.send(_url(account), _keys(account), {"type": "ping"}, key="ping")
        except Refused as refused:
            return Health(HealthState.REFUSED, str(refused))
        except SendError as error:
            return Health(HealthState.DEGRADED, error.reason)
        return Health(HealthState.OK)


def _file(one: Media) -> Json:
    data = base64.b64encode(one.body).decode()
    words = {"name": one.name, "media_type": one.media_type, "alt": one.alt}
    return {**words, "size": len(one.body), "data": data}


def _url(account: AccountView) -> str:
    url = str(account.config.get("url", ""))
    if not url:
        raise SendError(
            gettext_noop("This channel receives only: it has no address to send to."), permanent=True
        )
    return url


def _keys(account: AccountView) -> list[str]:
    return signing.valid_secrets(account.credentials)


def _sent(account: AccountView, outgoing: Outgoing, said: Mapping[str, Any]) -> Sent:
    """Where the other system gives the reply no id of its own, ours is its id."""
    own = said.get("id")
    own = str(own) if isinstance(own, str | int) and 0 < len(str(own)) <= 500 else outgoing.key
    url = said.get("url")
    link = url if isinstance(url, str) and url.startswith(("http://", "https://")) else ""
    ref = {**outgoing.target.ref, "id": own}
    return Sent(f"{account.network_id}/message/{own}", link, ref=ref)


def _check(url: str, secret: str) -> None:
    """A signed ping, and in plain words what came back."""
    try:
        answer = wire.post(url, [secret], {"type": "ping"}, key="ping")
    except AddressRefused as refused:
        raise ConnectError(_(str(refused)), "url") from None
    except SendError as error:
        if error.lost:
            raise ConnectError(
                _("Something is at this address, but it did not answer in time."), "url"
            ) from None
        raise ConnectError(
            _("Nobody answers at this address. Check it, and that the system is running."), "url"
        ) from None
    if answer.status in (401, 403):
        raise ConnectError(
            _("The other system refuses our signature. Copy the secret into it, then try again."),
            "secret",
        )
    if not 200 <= answer.status < 300:
        sentence = _("The other system answered %(status)s to our test. It should answer 200.")
        raise ConnectError(sentence % {"status": answer.status}, "url")


connector = Webhook()
