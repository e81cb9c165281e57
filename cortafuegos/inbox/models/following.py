"""What the networks say became of our messages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class DeliveryStatus(models.Model):
    """How far one message of ours got. It may be told before we know the message, and of one that we
    never will: such a row is kept and concerns nobody."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    network = models.CharField(max_length=20)
    network_id = models.CharField(max_length=1000)
    step = models.SmallIntegerField()  # channels.capabilities.Step
    at = models.DateTimeField()  # the network's word
    reason = models.TextField(blank=True)  # why it was not delivered, for the person who wrote it
    key = models.UUIDField(null=True)  # of the reply, where the network gives it back

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "network", "network_id"], name="delivery_status_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["key"], condition=Q(key__isnull=False), name="delivery_status_key")
        ]
