"""What was done about going on with a person. Rows are only ever added: an ending and a resuming are both
part of the story."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class RelationStep(models.Model):
    class Kind(models.TextChoices):
        WARNED = "warned"  # a message of ours told them where the limit is
        UNWARNED = "unwarned"  # that one was noted by mistake
        ENDED = "ended"
        RESUMED = "resumed"

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    person = models.ForeignKey("cortafuegos.Person", models.PROTECT, related_name="steps", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, db_index=False)
    message = models.ForeignKey("cortafuegos.Message", models.SET_NULL, null=True, db_index=False)
    reason = models.CharField(max_length=1000, blank=True)
    override = models.CharField(max_length=1000, blank=True)  # why it was ended without a warning
    data = models.JSONField(default=dict)  # what was known that day, in figures

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "id"], name="relation_steps")]
