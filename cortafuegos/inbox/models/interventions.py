"""What somebody had done on the network to a message that is there already."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Intervention(models.Model):
    """Ours taken back, or somebody's comment under a post of ours hidden or shown again. A message has
    one under way at most; of those that are done, the last says how it stands."""

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw"
        HIDE = "hide"
        SHOW = "show"

    class State(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"  # an attempt is under way, or its worker died
        DONE = "done"
        FAILED = "failed"  # it is still there as it was: a person must see to it

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    message = models.ForeignKey(
        "cortafuegos.Message", models.CASCADE, related_name="interventions", db_index=False
    )
    account = models.ForeignKey("cortafuegos.Account", models.PROTECT, db_index=False)  # that does it
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, db_index=False)  # who wants it
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField(max_length=300)  # why, in the words of who wants it
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    trouble = models.TextField(blank=True)  # why the network did not do it, or not yet
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    correlation = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["message"],
                condition=Q(state__in=["waiting", "working"]),
                name="intervention_under_way",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["message", "id"], name="intervention_message"),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["waiting", "working"]),
                name="intervention_waiting",
            ),
        ]
