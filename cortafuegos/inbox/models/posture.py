"""How alarmed a brand's desk is: calm, watch or crisis."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Posture(models.Model):
    """One per brand, and none until somebody sets it: the desk is then calm."""

    brand = models.OneToOneField("cortafuegos.Brand", models.CASCADE, related_name="posture_row")
    level = models.CharField(max_length=6, default="calm")
    since = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey("cortafuegos.Agent", models.PROTECT, null=True, db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__in=["calm", "watch", "crisis"]), name="posture_is_known"
            )
        ]
