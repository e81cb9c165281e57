"""Telegram, as a bot."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cortafuegos.channels.capabilities import Closed, Exchange, Permission
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    Delivery,
    Forged,
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
from cortafuegos.channels.fetching import Fetched
from cortafuegos.channels.files import Files

from . import connect, fetching, measure, poll, reader, sender
from .wire import call

SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name


class Telegram:
    network = "telegram"
    name = gettext_lazy("Telegram")
    mark = "T"
    fields = connect.FIELDS
    poll_seconds = 5.0  # nothing is said of a limit for getUpdates
    may_push = True  # once its webhook is set
    steps = connect.STEPS
    by_hand_steps = connect.BY_HAND

    def connect(self, form: Mapping[str, str]) -> Connected:
        return connect.connect(form)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        """Telegram signs neither body nor time: it says the secret it was given."""
        secret = str(account.credentials.get("webhook_secret", ""))
        said = delivery.headers.get(SECRET, "")
        if not secret or not hmac.compare_digest(said.encode("utf-8", "replace"), secret.encode()):
            raise Forged("the secret is missing or wrong")

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return reader.key(reader.update(delivery))

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return reader.read(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return poll.poll(account, cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        return []  # a bot cannot look back

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return sender.send(account, outgoing)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        return Found.UNKNOWN  # no method gives what was sent

    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        sender.withdraw(account, ref)

    def permission(
        self, account: AccountView, target: Target, exchange: Exchange, *, public: bool
    ) -> Permission:
        if public and not target.public:
            return Permission(Closed.NEVER, gettext_lazy("A private message is not answered in public."))
        if target.public and not public:
            if not target.author_id.startswith("telegram:user:"):
                words = gettext_lazy("Whoever speaks as a group or a channel has no private chat.")
                return Permission(Closed.NEVER, words)
            words = gettext_lazy("This reaches them only if they have written to the bot in private before.")
            return Permission(sentence=words)
        return Permission()

    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        raise SendError(
            _(
                "A bot on Telegram writes only to who wrote to it, and never to itself. Write to it from "
                "your own telephone and answer here: that proves both ways."
            ),
            permanent=True,
        )

    def measure(self, text: str, *, public: bool) -> int:
        return measure.measure(text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(measure.TEXT, "characters")

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return measure.FILES

    def fetch(self, account: AccountView, ref: Json, index: int) -> Fetched:
        return fetching.fetch(account, ref, index)

    def set_profile(self, account: AccountView, text: str) -> bool:
        """The text of a chat not yet begun; and of the bot's page, which holds less."""
        if measure.measure(text) > measure.DESCRIPTION:
            raise SendError(_("The text is too long for Telegram."), permanent=True)
        call(account, "setMyDescription", {"description": text})
        if measure.measure(text) <= measure.SHORT_DESCRIPTION:
            call(account, "setMyShortDescription", {"short_description": text})
        return True

    def health(self, account: AccountView) -> Health:
        try:
            told = call(account, "getWebhookInfo")
        except Refused as refused:
            return Health(HealthState.REFUSED, str(refused))
        except SendError as trouble:
            return Health(HealthState.DEGRADED, trouble.reason)
        return _health(account, told if isinstance(told, dict) else {})


def _health(account: AccountView, told: Json) -> Health:
    ours = str(account.config.get("webhook") or "")
    if told.get("url") != ours:
        words = _("Telegram gives this bot's messages to somebody else. Connect it again.")
        return Health(HealthState.DEGRADED, words)
    waiting, error = told.get("pending_update_count"), told.get("last_error_message")
    if ours and waiting and isinstance(error, str):
        words = _("Telegram could not bring messages to the desk: %(reason)s") % {"reason": error[:200]}
        return Health(HealthState.DEGRADED, words)
    return Health(HealthState.OK)


connector = Telegram()
