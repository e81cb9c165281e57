"""WhatsApp, through Meta's Cloud API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cortafuegos.channels.capabilities import Exchange, Permission, Status, Template
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
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
from cortafuegos.channels.fetching import Fetched
from cortafuegos.channels.files import Files
from cortafuegos.channels.meta import signature

from . import connect, events, fetching, measure, permission, reader, sender, statuses, templates
from .line import line, number_of
from .values import text

EXPIRES_SOON = timedelta(days=7)


class WhatsApp:
    network = "whatsapp"
    name = gettext_lazy("WhatsApp")
    mark = "W"
    fields = connect.FIELDS
    poll_seconds = 0.0  # there is nothing to be asked: what the webhook misses, Meta repeats for 7 days
    steps = connect.STEPS
    by_hand_steps = connect.BY_HAND

    def connect(self, form: Mapping[str, str]) -> Connected:
        return connect.connect(form)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        signature.verify(account.credentials.get("app_secret"), delivery)

    def challenge(self, account: AccountView, query: Mapping[str, str]) -> str:
        return signature.challenge(account.credentials.get("verify_token"), query)

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return events.key(delivery.body)

    def split(self, account: AccountView, delivery: Delivery) -> Sequence[tuple[str, Delivery]]:
        return events.split(delivery)

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return reader.read(account, delivery)

    def statuses(self, account: AccountView, delivery: Delivery) -> Sequence[Status]:
        return statuses.statuses(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return Polled([], cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        return []  # nothing that was said can be asked for again

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return sender.send(account, outgoing)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        """Only a status could tell, and those come to us: the desk has looked at them before it asks."""
        return Found.UNKNOWN

    def permission(
        self, account: AccountView, target: Target, exchange: Exchange, *, public: bool
    ) -> Permission:
        return permission.permission(target, exchange, public=public)

    def templates(self, account: AccountView) -> Sequence[Template]:
        return templates.listed(line(account), str(account.config.get("waba_id", "")))

    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        raise SendError(
            _(
                "WhatsApp takes words only for who wrote to the number within 24 hours, and none for itself. "
                "Write to it from your own telephone and answer here: that proves both ways."
            ),
            permanent=True,
        )

    def measure(self, text: str, *, public: bool) -> int:
        return measure.measure(text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(measure.TEXT, "characters", public=False)

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return measure.FILES

    def fetch(self, account: AccountView, ref: Json, index: int) -> Fetched:
        return fetching.fetch(account, ref, index)

    def set_profile(self, account: AccountView, text: str) -> bool:
        """The description of the business; and the line under its name, which holds less."""
        if measure.measure(text) > measure.DESCRIPTION:
            raise SendError(_("The text is too long for WhatsApp."), permanent=True)
        profile = {"messaging_product": "whatsapp", "description": text}
        if text and measure.measure(text) <= measure.ABOUT:
            profile["about"] = text
        line(account).post(f"{number_of(account)}/whatsapp_business_profile", profile)
        return True

    def health(self, account: AccountView) -> Health:
        try:
            return _health(account, datetime.now(UTC))
        except Refused as refused:
            return Health(HealthState.REFUSED, str(refused))
        except SendError as trouble:
            return Health(HealthState.DEGRADED, trouble.reason)


def _health(account: AccountView, now: datetime) -> Health:
    spoken = line(account)
    number = spoken.get(number_of(account), fields=connect.NUMBER_FIELDS)
    status = text(number, "status")
    if status and status != "CONNECTED":
        words = _("WhatsApp says that this number is %(status)s. Look in WhatsApp Manager.")
        return Health(HealthState.DEGRADED, words % {"status": status})
    if not connect.subscribed(account, spoken):
        return Health(HealthState.DEGRADED, _("WhatsApp no longer brings messages here. Connect it again."))
    if text(number, "quality_rating") == "RED":
        words = _("Many people have blocked or reported this number: WhatsApp may limit it.")
        return Health(HealthState.DEGRADED, words)
    end = connect.expiry(connect.debug(account.config, account.credentials))
    if end is not None and end - now < EXPIRES_SOON:
        return Health(HealthState.EXPIRING, _("The token ends soon."), end)
    return Health(HealthState.OK, expires_at=end)


connector = WhatsApp()
