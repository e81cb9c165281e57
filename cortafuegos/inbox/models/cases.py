"""Conversations, cases and messages. Written by ``receive`` and ``actions`` only (law 6)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

# Foreign keys carry no index of their own: the composite ones below begin with what is asked for,
# and every index is paid for at each of the thousand inserts a second. For the same reason brand and
# account are not checked again on rows that hang on a case or a conversation, which are checked.


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
    # Whose it is when nobody is joined with anybody; empty: it never was otherwise.
    home = models.ForeignKey(
        "cortafuegos.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )
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
    # What the labels of its messages amount to: inbox/labels/rules.py, kept by receive/standing.py.
    # Defaults are the database's too, for whoever writes rows without knowing these.
    intent = models.CharField(max_length=9, blank=True, default="", db_default="")
    cause = models.CharField(max_length=7, blank=True, default="", db_default="")
    sentiment = models.CharField(max_length=8, blank=True, default="", db_default="")
    urgency = models.SmallIntegerField(default=0, db_default=0)
    churn = models.BooleanField(default=False, db_default=False)
    needs_reply = models.BooleanField(default=False, db_default=False)
    topics = ArrayField(models.CharField(max_length=60), default=list, db_default=[])
    waiting_since = models.DateTimeField(null=True)  # the first of theirs that nobody answered
    unanswered = models.IntegerField(default=0, db_default=0)
    priority = models.IntegerField(default=0, db_default=0)  # tenths of a point
    look_after = models.DateTimeField(null=True)  # when the encoder may look; empty: nothing new
    # Kept by actions/crowds.py: what it is one of, named by the id of its first case, and how many.
    crowd = models.CharField(max_length=9, blank=True, default="", db_default="")
    crowd_of = models.BigIntegerField(null=True)
    crowd_size = models.IntegerField(default=0, db_default=0)
    snippet = models.CharField(max_length=200)  # first words of the last message
    awaits_us = models.BooleanField(default=True)  # the last word is the customer's
    proposed = models.BooleanField(default=False)  # an answer waits for approval
    approve_by = models.DateTimeField(null=True)  # the earliest of their deadlines
    returned = models.BooleanField(default=False, db_default=False)  # one came back to its writer
    failed = models.BooleanField(default=False)  # a reply did not go out, or nobody knows
    # Of somebody with whom the relation is ended, and nothing in it presses: out of the queues, on no clock.
    quiet = models.BooleanField(default=False, db_default=False)
    inside = models.SmallIntegerField(default=0, db_default=0)  # what was asked inside: inbox/asking.py
    opened_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    first_answered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # the earliest open deadline, kept beside it
    snoozed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", db_index=False)
    version = models.IntegerField(default=0)  # grows with every change: compare-and-set

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "number"], name="case_number")]
        indexes: ClassVar = [
            models.Index("crowd_of", condition=Q(crowd_of__isnull=False), name="case_crowd"),
            models.Index(
                "brand",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(state="open", quiet=False),
                name="case_open",
            ),
            models.Index(
                "brand",
                "assignee",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(state="open", quiet=False, assignee__isnull=False),
                name="case_mine",
            ),
            models.Index(
                "brand",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(state="open", quiet=False, assignee=None),
                name="case_unassigned",
            ),
            models.Index(
                "brand",
                "team",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(state="open", quiet=False, team__isnull=False),
                name="case_team",
            ),
            models.Index(
                "brand", "snoozed_until", "id", condition=Q(state="snoozed", quiet=False), name="case_snoozed"
            ),
            models.Index(
                "brand",
                F("closed_at").desc(),
                F("id").desc(),
                condition=Q(state="closed"),
                name="case_closed",
            ),
            models.Index("brand", F("last_message_at").desc(), F("id").desc(), name="case_latest"),
            models.Index("brand", "person", "last_message_at", name="case_person"),
            models.Index(
                "brand",
                F("priority").desc(),
                F("id").desc(),
                condition=Q(state="open", quiet=False),
                name="case_priority",
            ),
            models.Index(
                F("priority").desc(),
                "look_after",
                condition=Q(state="open", awaits_us=True, look_after__isnull=False),
                name="case_to_look_at",
            ),
            models.Index(
                "brand",
                F("last_message_at").desc(),
                F("id").desc(),
                condition=Q(quiet=True),
                name="case_quiet",
            ),
            models.Index("brand", "id", condition=Q(proposed=True), name="case_proposed"),
            models.Index("brand", "id", condition=Q(failed=True), name="case_failed"),
            models.Index("merged_into", condition=Q(merged_into__isnull=False), name="case_merged"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Message(models.Model):
    """One post, comment or private message, theirs or ours. ``case`` is empty for posts of a
    public thread that were said to somebody else."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="messages", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    account = models.ForeignKey("cortafuegos.Account", models.PROTECT, db_index=False, db_constraint=False)
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
    labels = models.JSONField(default=dict)  # what triage says, and agents: inbox/labels/rules.py
    ref = models.JSONField(default=dict)
    receipt_id = models.BigIntegerField(null=True)  # no constraint: receipts may be pruned
    versions = models.JSONField(default=list)  # earlier texts: [{"text", "until"}]
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    # The words, and as words too: the brand, and the week and the month (of 28 days) it was said in.
    search = models.GeneratedField(
        expression=Func(F("text"), F("subject"), F("brand"), F("posted_at"), function="cortafuegos_search"),
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
