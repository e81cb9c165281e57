"""E-mail: any mailbox that speaks IMAP, any server that speaks SMTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

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
from cortafuegos.channels.files import Files

from . import connect, mailbox, message, parts, reader, sender

LENGTH = 100_000  # ours: no rule of mail's, only more than anybody should write or read


class Mail:
    network = "mail"
    name = _("E-mail")
    mark = "@"
    fields = connect.FIELDS
    poll_seconds = 30.0

    def connect(self, form: Mapping[str, str]) -> Connected:
        return connect.connect(form)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        raise Forged("mail is fetched, not pushed")

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return delivery.key

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return reader.read(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return mailbox.poll(account, cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        return []

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return sender.send(account, outgoing)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        return sender.find(account, outgoing)

    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        """A letter to ourselves. It comes in as something that we said, and opens no case."""
        own = account.network_id
        ref: Json = {"reply_to": own}
        return Target(own, own, account.handle, own, "", False, "Cortafuegos", ref, ref), False

    def measure(self, text: str, *, public: bool) -> int:
        return len(text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(length=LENGTH, unit="characters", public=False)

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        return parts.FILES

    def set_profile(self, account: AccountView, text: str) -> bool:
        return False

    def attachment(self, body: bytes, part: int) -> tuple[str, str, bytes] | None:
        """Name, media type and bytes of an attachment that lies in a stored receipt. The type is the
        sender's claim: serve it as a download, never as a page."""
        return message.part_of(body, part)

    def health(self, account: AccountView) -> Health:
        try:
            with mailbox.opened(account) as box:
                box.noop()
            with sender.talking(account):
                pass
        except Refused as refused:
            return Health(HealthState.REFUSED, str(refused))
        except SendError as trouble:
            return Health(HealthState.DEGRADED, trouble.reason)
        return Health(HealthState.OK)


connector = Mail()
