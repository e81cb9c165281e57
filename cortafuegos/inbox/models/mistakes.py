"""Something of ours that should not have been published."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Mistake(models.Model):
    """Made right when it is off the network and we have apologised, or when somebody said why not; closed
    when a supervisor has said what was learnt. Whether it is off the network is the message's to say."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="mistakes", db_index=False)
    message = models.OneToOneField("cortafuegos.Message", models.CASCADE, related_name="mistake")
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, db_index=False)  # who said so
    cause = models.CharField(max_length=16)  # righting.Cause
    what = models.TextField()  # what was wrong, in their words
    reported_at = models.DateTimeField(default=timezone.now)
    stays = models.TextField(blank=True)  # why it is left on the network
    apology = models.ForeignKey(
        "cortafuegos.Reply", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    apologised_at = models.DateTimeField(null=True)
    unsaid = models.TextField(blank=True)  # why there is no apology
    learnt = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="mistake_closed_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["brand", "-reported_at"], name="mistake_latest"),
            models.Index(fields=["case"], name="mistake_case"),
        ]
