"""An answer that waits for somebody who may let it go."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Approval(models.Model):
    """Handed over by its writer: a drafter, a colleague without the certificate, or one whose answer
    a second person must see. What was asked for does not change; an edited text is the reply's."""

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        RETURNED = "returned"  # its writer has it again, with a comment
        WITHDRAWN = "withdrawn"  # its writer took it back

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="approvals", db_index=False)
    agent = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, related_name="approvals", db_index=False
    )  # who wrote it
    account = models.ForeignKey("cortafuegos.Account", models.PROTECT, db_index=False)
    target = models.ForeignKey("cortafuegos.Message", models.PROTECT, related_name="+", db_index=False)
    public = models.BooleanField()
    text = models.TextField()
    files = models.JSONField(default=list, db_default=[])  # files/carrying.py
    reasons = ArrayField(models.CharField(max_length=12), default=list)  # approving.Why
    guard = models.JSONField(default=dict)  # what the guard said when it was asked
    template = models.JSONField(default=dict, db_default={})  # as the reply keeps it; its words are the text
    by_hand = models.BooleanField(default=False, db_default=False)  # posted in the network's own window
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # of the press, and of the reply it becomes
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    overdue_at = models.DateTimeField(null=True)  # when it was said that its time had passed
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, related_name="decided", db_index=False
    )
    comment = models.TextField(blank=True)  # why it came back
    done_at = models.DateTimeField(null=True)  # nobody has anything left to do about it
    reply = models.ForeignKey(
        "cortafuegos.Reply", models.SET_NULL, null=True, related_name="approvals", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("agent")) | ~Q(state="approved"),
                name="approval_by_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "asked_at"], name="approval_case"),
            models.Index(
                fields=["due_at"], condition=Q(state="waiting", overdue_at=None), name="approval_due"
            ),
            models.Index(fields=["reply"], condition=Q(reply__isnull=False), name="approval_reply"),
        ]
