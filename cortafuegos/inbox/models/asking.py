"""Questions to other departments of the company, and the links they are answered by."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Department(models.Model):
    """Whom one may ask, and who decides above them."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, related_name="departments", db_index=False)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=8, default="es")
    office_hours = models.BooleanField(default=True)  # the clock runs from Monday to Friday, 9 to 18
    ladder = models.JSONField(default=list)  # [{"name", "email", "hours"}], the owner first
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "name"], name="department_once")]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """Asked from inside a case. ``due_at`` is what was asked for, and what the report goes by;
    ``rung_due_at`` is until when whoever is asked now has time; ``next_at`` when the clock strikes."""

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        NOT_OURS = "not_ours"  # they say whom to ask instead
        WITHDRAWN = "withdrawn"

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="questions", db_index=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="questions", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, related_name="asked", db_index=False)
    text = models.TextField()
    shared = models.JSONField(default=list)  # what of the case they see: [{"message", "at", "text"}]
    about = models.CharField(max_length=200, blank=True)  # the customer's name, when it was shared
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)  # whose turn it is on the ladder
    rung_due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)  # empty: nobody is left to remind or to ask
    reminded = models.BooleanField(default=False)  # on this rung
    put_off = models.PositiveSmallIntegerField(default=0)  # how often they asked for more time
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # an agent has used the answer, or seen it
    steps = models.JSONField(default=list)  # its story: [{"kind", "who", "at", "until"}]

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "asked_at"], name="question_case"),
            models.Index(fields=["brand", "asked_at"], name="question_brand"),
            models.Index(
                fields=["next_at"], condition=Q(state="open", next_at__isnull=False), name="question_next"
            ),
            models.Index(fields=["department"], name="question_department"),
        ]


class QuestionLink(models.Model):
    """What one person of the department answers by. The link itself is signed, not kept."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="links")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    rung = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_failed = models.BooleanField(default=False)
