"""A brand's accounts on networks, and the durable log of what arrived on them."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from cortafuegos.channels import demo
from cortafuegos.channels.contract import AccountView, Refused
from cortafuegos.kit import crypto


class Unopened(dict[str, Any]):
    """Credentials that another secret of the installation sealed. Most of what an account does needs
    none; whoever asks for one hears what a network would say of a wrong one."""

    def __getitem__(self, name: str) -> Any:
        raise Refused(_("This installation cannot open the credentials any more."))

    def get(self, name: str, default: Any = None) -> Any:
        return self[name]


class Account(models.Model):
    class State(models.TextChoices):
        OK = "ok"
        DEGRADED = "degraded"  # the network answers badly; it mends itself
        EXPIRING = "expiring"  # works today, needs a person soon
        REFUSED = "refused"  # needs a person now; sending is blocked
        PAUSED = "paused"  # a person switched it off

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, related_name="accounts")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)  # in the webhook's address
    network = models.CharField(max_length=20)
    network_id = models.CharField(max_length=500)
    handle = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    url = models.TextField(blank=True)
    config = models.JSONField(default=dict)
    sealed = models.BinaryField(default=b"")  # credentials, encrypted
    language = models.CharField(max_length=8, default="es")
    time_zone = models.CharField(max_length=64, default="Europe/Madrid")
    # {"mon": [["09:00", "20:00"]], ...}; {} means always open
    opening_hours = models.JSONField(default=dict)
    first_answer_minutes = models.PositiveIntegerField(default=60)
    stretch_minutes = models.PositiveIntegerField(default=12)
    profile_text = models.TextField(blank=True)
    by_hand = models.JSONField(default=dict, db_default={})  # what was ticked off: guiding.Ticks
    is_support = models.BooleanField(default=False)  # answers what came to its sisters too

    state = models.CharField(max_length=10, choices=State.choices, default=State.OK)
    state_reason = models.TextField(blank=True)
    state_since = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)

    cursor = models.JSONField(default=dict)
    next_poll_at = models.DateTimeField(default=timezone.now)
    next_health_at = models.DateTimeField(default=timezone.now)
    monthly_cap_cents = models.PositiveIntegerField(null=True)  # in the connector's currency: meter.py
    rests_until = models.DateTimeField(null=True)  # nothing is sent till then: pace.py
    poll_failures = models.PositiveIntegerField(default=0)
    last_event_at = models.DateTimeField(null=True)
    last_ok_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["brand", "network", "network_id"],
                condition=models.Q(removed_at=None),
                name="account_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_poll_at"],
                condition=models.Q(removed_at=None) & ~models.Q(state="paused"),
                name="account_poll",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_send(self) -> bool:
        return self.removed_at is None and self.state not in (self.State.REFUSED, self.State.PAUSED)

    @property
    def monthly_cap(self) -> Decimal | None:
        return None if self.monthly_cap_cents is None else Decimal(self.monthly_cap_cents) / 100

    @property
    def credentials(self) -> dict[str, Any]:
        return crypto.unseal(bytes(self.sealed)) if self.sealed else {}

    @property
    def opened(self) -> dict[str, Any]:
        """The credentials, as far as they can be opened."""
        try:
            return self.credentials
        except crypto.Unsealable:
            return Unopened()

    def view(self) -> AccountView:
        """The value a connector works with. Raises Refused where a demo account would go elsewhere."""
        demo.guard(self.network, self.config)
        return AccountView(
            id=self.pk,
            network=self.network,
            network_id=self.network_id,
            handle=self.handle,
            language=self.language,
            config=self.config,
            credentials=self.opened,
        )


class Spending(models.Model):
    """What one account cost on one day, as its connector told it."""

    class Kind(models.TextChoices):
        READ = "read"
        WRITE = "write"

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="spending", db_index=False)
    day = models.DateField()  # in the account's time zone
    kind = models.CharField(max_length=5, choices=Kind.choices)
    currency = models.CharField(max_length=3)
    count = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=16, decimal_places=6)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "day", "kind", "currency"], name="spending_once")
        ]


class Receipt(models.Model):
    """One delivery as it arrived, kept whole. A 200 means this row is on disk."""

    class State(models.TextChoices):
        NEW = "new"
        DONE = "done"
        QUARANTINED = "quarantined"  # could not be read; may be looked at and replayed

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="receipts", db_index=False)
    key = models.CharField(max_length=500)
    body = models.BinaryField()
    headers = models.JSONField(default=dict)
    correlation = models.UUIDField(default=uuid.uuid4)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    reason = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="receipt_once")]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(state="new"), name="receipt_new"),
            models.Index(
                fields=["brand", "-id"],
                condition=models.Q(state="quarantined"),
                name="receipt_quarantined",
            ),
        ]
