"""What a person of ours told a customer they would hear, and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Promise(models.Model):
    """Its case comes back at ``back_at``, in time to keep it."""

    class State(models.TextChoices):
        OPEN = "open"
        KEPT = "kept"
        BROKEN = "broken"
        WITHDRAWN = "withdrawn"  # the customer no longer needs it; says why

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="promises", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, related_name="promises", db_index=False)
    team = models.ForeignKey("cortafuegos.Team", models.SET_NULL, null=True, db_index=False)
    text = models.CharField(max_length=300)
    due_at = models.DateTimeField()
    back_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    with_next = models.BooleanField(default=False)  # the next reply tells the customer, and keeps nothing
    reply = models.ForeignKey("cortafuegos.Reply", models.SET_NULL, null=True, db_index=False)  # that told
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    returned_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)  # answered, also late, or withdrawn
    reason = models.TextField(blank=True)  # why it was broken or withdrawn

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "due_at"], name="promise_case"),
            models.Index(
                fields=["back_at"], condition=Q(state="open", returned_at=None), name="promise_back"
            ),
            models.Index(fields=["due_at"], condition=Q(state="open"), name="promise_due"),
            # following a removed reply or team back to its promises
            models.Index(fields=["reply"], condition=Q(reply__isnull=False), name="promise_reply"),
        ]
