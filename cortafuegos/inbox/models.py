"""Cases and all that hangs on them. Written by ``receive.py`` and ``actions/`` only (law 6)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils import timezone

# Foreign keys carry no index of their own: the composite ones below begin with what is asked for,
# and every index is paid for at each of the thousand inserts a second.


class Conversation(models.Model):
    """A public thread or a private exchange, as the network draws its borders."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    account = models.ForeignKey("cortafuegos.Account", models.CASCADE, db_index=False)
    network = models.CharField(max_length=20)
    key = models.CharField(max_length=500)
    public = models.BooleanField()
    last_at = models.DateTimeField()
    thread_read_at = models.DateTimeField(null=True)  # when the whole thread was last fetched

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "network", "key"], name="conversation_once")
        ]


class Case(models.Model):
    """One matter of one person, across public and private conversations."""

    class State(models.TextChoices):
        OPEN = "open"
        SNOOZED = "snoozed"
        CLOSED = "closed"
        MERGED = "merged"  # its messages are in ``merged_into``

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, related_name="cases", db_index=False)
    number = models.IntegerField()  # short, per brand, told to the customer
    subject = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    person = models.ForeignKey("cortafuegos.Person", models.PROTECT, related_name="cases", db_index=False)
    identity = models.ForeignKey("cortafuegos.Identity", models.PROTECT, db_index=False)  # who wrote last
    account = models.ForeignKey(
        "cortafuegos.Account", models.PROTECT, db_index=False
    )  # where it came in last
    network = models.CharField(max_length=20)
    public = models.BooleanField()  # was the last inbound message public
    assignee = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, related_name="cases", db_index=False
    )
    team = models.ForeignKey(
        "cortafuegos.Team", models.SET_NULL, null=True, related_name="cases", db_index=False
    )
    tags = ArrayField(models.CharField(max_length=40), default=list)
    language = models.CharField(max_length=8, blank=True)
    snippet = models.CharField(max_length=200)  # first words of the last message
    awaits_us = models.BooleanField(default=True)  # the last word is the customer's
    proposed = models.BooleanField(default=False)  # a draft waits for somebody who may send
    failed = models.BooleanField(default=False)  # a reply did not go out, or nobody knows
    opened_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    first_answered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # the earliest open deadline, kept beside it
    snoozed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    version = models.IntegerField(default=0)  # grows with every change: compare-and-set

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "number"], name="case_number")]
        indexes: ClassVar = [
            models.Index(
                "brand",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(state="open"),
                name="case_open",
            ),
            models.Index(
                "brand",
                "assignee",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(state="open"),
                name="case_mine",
            ),
            models.Index(
                "brand",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(state="open", assignee=None),
                name="case_unassigned",
            ),
            models.Index(
                "brand",
                "team",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(state="open"),
                name="case_team",
            ),
            models.Index("brand", "snoozed_until", "id", condition=Q(state="snoozed"), name="case_snoozed"),
            models.Index(
                "brand",
                F("closed_at").desc(),
                F("id").desc(),
                condition=Q(state="closed"),
                name="case_closed",
            ),
            models.Index("brand", F("last_message_at").desc(), F("id").desc(), name="case_latest"),
            models.Index("brand", "person", "last_message_at", name="case_person"),
            models.Index("brand", "id", condition=Q(proposed=True), name="case_proposed"),
            models.Index("brand", "id", condition=Q(failed=True), name="case_failed"),
            GinIndex("tags", name="case_tags"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Message(models.Model):
    """One post, comment or private message, theirs or ours. ``case`` is empty for posts of a
    public thread that were said to somebody else."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="messages", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    account = models.ForeignKey("cortafuegos.Account", models.PROTECT, db_index=False)
    identity = models.ForeignKey(
        "cortafuegos.Identity", models.PROTECT, related_name="messages", db_index=False
    )
    agent = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, db_index=False
    )  # who wrote, if one of us
    network = models.CharField(max_length=20)
    network_id = models.CharField(max_length=1000)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    public = models.BooleanField()
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    posted_at = models.DateTimeField()  # the network's word
    received_at = models.DateTimeField(db_default=Now())  # ours
    in_reply_to = models.CharField(max_length=1000, blank=True)
    url = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    attachments = models.JSONField(default=list)
    labels = models.JSONField(default=dict)  # what triage says
    ref = models.JSONField(default=dict)
    receipt_id = models.BigIntegerField(null=True)  # no constraint: receipts may be pruned
    versions = models.JSONField(default=list)  # earlier texts: [{"text", "until"}]
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    search = models.GeneratedField(
        expression=Func(F("text"), F("subject"), function="cortafuegos_search"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "network", "network_id"], name="message_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "posted_at"], name="message_case"),
            models.Index(fields=["conversation", "posted_at"], name="message_conversation"),
            models.Index(fields=["identity", "-posted_at"], name="message_identity"),
            models.Index(fields=["brand", "-posted_at"], name="message_latest"),
            GinIndex("search", name="message_search"),
        ]


class Note(models.Model):
    """Said among ourselves; no customer ever sees it."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, db_index=False)
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)


class Draft(models.Model):
    """What somebody is writing, kept on the server at every pause. One per agent and case."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.CASCADE, db_index=False)
    mode = models.CharField(max_length=8, default="public")  # public, private, note
    text = models.TextField(blank=True)
    target = models.ForeignKey(Message, models.SET_NULL, null=True, db_index=False)
    account = models.ForeignKey("cortafuegos.Account", models.SET_NULL, null=True, db_index=False)
    proposed_at = models.DateTimeField(null=True)  # a drafter hands it over
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

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="replies", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, db_index=False)
    account = models.ForeignKey("cortafuegos.Account", models.PROTECT, db_index=False)
    target = models.ForeignKey(Message, models.PROTECT, related_name="answers", db_index=False)
    agent = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, related_name="replies", db_index=False
    )  # who owns it
    drafted_by = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, related_name="drafted", db_index=False
    )
    public = models.BooleanField()
    text = models.TextField()
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    guard = models.JSONField()  # the verdict it left with: {"verdict", "findings"}
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.TextField(blank=True)  # why it failed or waits, for the person who wrote it
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    first_attempt_at = models.DateTimeField(null=True)
    look_first = models.BooleanField(default=False)  # an attempt may have arrived: ask before the next
    next_attempt_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="reply")
    correlation = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(guard__verdict__in=["pass", "warn"]), name="reply_judged"),
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

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(done_at=None), name="deadline_once")
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(state="open"), name="deadline_due")]


class Event(models.Model):
    """What happened, in order, for ever. Reports read this and nothing else."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40)  # case.opened, reply.sent, ...: docs/glossary.md
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="events", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.SET_NULL, null=True, db_index=False)
    data = models.JSONField(default=dict)  # ids and facts, never a message's text
    correlation = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["brand", "kind", "at"], name="event_kind"),
            models.Index(fields=["case", "id"], name="event_case"),
        ]


class SavedView(models.Model):
    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    owner = models.ForeignKey(
        "cortafuegos.Agent", models.CASCADE, null=True, db_index=False
    )  # empty: everybody's
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)  # the list's own query string
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)


class Presence(models.Model):
    """Who is looking at a case, and whether they are typing."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="presences", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.CASCADE, db_index=False)
    typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "agent"], name="presence_once")]


class ImportRun(models.Model):
    """How far an import of a file got, so that it can be started again."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    account = models.ForeignKey("cortafuegos.Account", models.CASCADE, db_index=False)
    fingerprint = models.CharField(max_length=64)  # of the file
    name = models.CharField(max_length=300)
    rows_done = models.BigIntegerField(default=0)
    rows_total = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "fingerprint"], name="import_once")]
