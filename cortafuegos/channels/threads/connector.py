"""Threads: mentions, and answers below the brand's posts. Its interface has no private messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Begun
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    ConnectError,
    Delivery,
    Found,
    Health,
    HealthState,
    Json,
    Limits,
    Outgoing,
    Polled,
    Post,
    Refused,
    SendError,
    Sent,
    Target,
)
from cortafuegos.channels.files import Files
from cortafuegos.channels.meta import errors, parts, signature
from cortafuegos.channels.meta.account import verify_tokens

from . import connecting, fetching, form, reader, sender
from .wire import line

LENGTH = 500  # characters, 2026-11-22; an emoji counts as the bytes of its UTF-8
_EMOJI = re.compile("[\u2600-\u27bf\u200d\ufe0f\U0001f000-\U0001faff]")


class Threads:
    network = "threads"
    name = _("Threads")
    mark = "@"
    fields = form.FIELDS
    steps = form.STEPS
    by_hand_steps = form.BY_HAND_STEPS
    only_authorises = True
    poll_seconds = 120.0  # 48,000 calls in 24 hours at the least; a round makes up to 27

    def connect(self, form: Mapping[str, str]) -> Connected:
        raise ConnectError(_("Threads is connected on its own page: continue there, and agree."))

    def begin(self, form: Mapping[str, str], return_to: str, state: str) -> Begun:
        return connecting.begin(form, return_to, state)

    def finish(self, kept: Json, query: Mapping[str, str], return_to: str) -> Connected:
        return connecting.finish(kept, query, return_to)

    def renew(self, account: AccountView) -> Connected | None:
        return connecting.renew(account)

    def challenge(self, account: AccountView, query: Mapping[str, str]) -> str:
        return signature.challenge(verify_tokens(account), query)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        signature.verify(account.credentials.get("app_secret"), delivery)

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return reader.pushed_key(account, delivery.body)

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return reader.read(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return fetching.poll(account, cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        return fetching.thread(account, target)

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return sender.send(account, outgoing)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        return sender.find(account, outgoing)

    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        try:
            line(account).delete(str(ref["id"]))
        except errors.Gone:
            return

    def hide(self, account: AccountView, target: Target, *, hidden: bool) -> None:
        """With all that was said below it; only what stands right under our post can be hidden."""
        with errors.this_alone():
            line(account).post(f"{target.ref['id']}/manage_reply", {"hide": hidden})

    def measure(self, text: str, *, public: bool) -> int:
        return sum(len(sign.encode()) if _EMOJI.match(sign) else 1 for sign in text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(LENGTH, "characters", private=False)

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return parts.none(
            _("Threads takes files by a public web address only, and the desk has none. Attach them there.")
        )

    def set_profile(self, account: AccountView, text: str) -> bool:
        return False

    def health(self, account: AccountView) -> Health:
        try:
            told = line(account).get("me", fields="id,username").get("username")
        except Refused as refused:
            return Health(HealthState.REFUSED, str(refused))
        except SendError as trouble:
            return Health(HealthState.DEGRADED, trouble.reason)
        if isinstance(told, str) and told and told.lower() != account.handle.lower():
            sentence = _("On Threads this account is called @%(name)s now. Connect it again under that name.")
            return Health(HealthState.EXPIRING, str(sentence) % {"name": told})
        return Health(HealthState.OK, expires_at=datetime.fromisoformat(account.credentials["expires_at"]))


connector = Threads()
