"""What we do about a case: notes, drafts, replies, deadlines, and who is in it now."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Note(models.Model):
    """Said among ourselves; no customer ever sees it."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="notes")
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, db_index=False)
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)


class Draft(models.Model):
    """What somebody is writing, kept on the server at every pause. One per agent and case."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="drafts", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.CASCADE, db_index=False)
    mode = models.CharField(max_length=8, default="public")  # public, private, note
    text = models.TextField(blank=True)
    files = models.JSONField(default=list, db_default=[])  # files/carrying.py
    target = models.ForeignKey("cortafuegos.Message", models.SET_NULL, null=True, db_index=False)
    account = models.ForeignKey("cortafuegos.Account", models.SET_NULL, null=True, db_index=False)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "agent"], name="draft_once")]


class Reply(models.Model):
    """The outbox: one row per answer, from the press of the button to its fate."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"  # an attempt is under way, or its worker died
        SENT = "sent"
        FAILED = "failed"  # will not go out by itself
        UNKNOWN = "unknown"  # the network may have it and cannot tell us
        CANCELLED = "cancelled"  # taken back before it left
        BY_HAND = "by_hand"  # somebody posts it in the network's own window, and brings the link

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="replies", db_index=False)
    conversation = models.ForeignKey("cortafuegos.Conversation", models.CASCADE, db_index=False)
    account = models.ForeignKey("cortafuegos.Account", models.PROTECT, db_index=False)
    target = models.ForeignKey("cortafuegos.Message", models.PROTECT, related_name="answers", db_index=False)
    agent = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, related_name="replies", db_index=False
    )  # who owns it
    drafted_by = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, related_name="drafted", db_index=False
    )
    public = models.BooleanField()
    text = models.TextField()
    files = models.JSONField(default=list, db_default=[])  # files/carrying.py
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    guard = models.JSONField()  # the verdict it left with: {"verdict", "findings"}
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.TextField(blank=True)  # why it failed or waits, for the person who wrote it
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    first_attempt_at = models.DateTimeField(null=True)
    look_first = models.BooleanField(default=False)  # an attempt may have arrived: ask before the next
    # network_ids of the first of its files, out already where each is a message of its own
    parts = models.JSONField(default=list, db_default=[])
    unsure = models.BooleanField(default=False, db_default=False)  # whether more files than ``parts`` are out
    held_until = models.DateTimeField(null=True)  # until then its writer may take it back
    next_attempt_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message = models.OneToOneField("cortafuegos.Message", models.SET_NULL, null=True, related_name="reply")
    correlation = models.UUIDField(default=uuid.uuid4)
    by_hand = models.BooleanField(default=False, db_default=False)  # no program sent it
    # what goes instead of free text: {"name", "language", "values": {place: words}}
    template = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints: ClassVar = [
            # Containment is never NULL: what is no verdict at all is refused too.
            models.CheckConstraint(
                condition=Q(guard__contains={"verdict": "pass"}) | Q(guard__contains={"verdict": "warn"}),
                name="reply_judged",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="reply_waiting",
            ),
            models.Index(fields=["case", "created_at"], name="reply_case"),
        ]


class Deadline(models.Model):
    """A promise with a time. Claimed by compare-and-set, so the loop may run twice."""

    class Kind(models.TextChoices):
        FIRST_ANSWER = "first_answer"
        ANSWER = "answer"
        SNOOZE = "snooze"

    class State(models.TextChoices):
        OPEN = "open"
        MET = "met"
        MISSED = "missed"  # passed while open; may still be met late
        CANCELLED = "cancelled"

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="deadlines", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(done_at=None), name="deadline_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="deadline_due"),
            models.Index(fields=["case"], name="deadline_case"),
        ]


class Presence(models.Model):
    """Who is looking at a case, and whether they are typing."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="presences", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.CASCADE, db_index=False)
    typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "agent"], name="presence_once")]
