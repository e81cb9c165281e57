"""That two persons are one, and that two accounts are not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Joining(models.Model):
    """Somebody said that these two are one person. It stands until it is taken apart; the row stays.

    ``one`` and ``other`` are persons as they were before anybody was joined. Those of a joined person
    and what stands between them make a tree, so that each can be taken apart, in any order.
    """

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    one = models.ForeignKey("cortafuegos.Person", models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey("cortafuegos.Person", models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)  # by the database's clock, like what arrives
    # The newest case of the brand that day: what was where before is told from what came later.
    newest = models.ForeignKey(
        "cortafuegos.Case", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    grounds = models.JSONField(default=list)  # what spoke for it: [{"kind", ...}] of inbox/likeness.py
    separated_at = models.DateTimeField(null=True)
    separated_by = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="joining_of_two"),
            models.CheckConstraint(
                condition=Q(separated_at=None, separated_by=None)
                | Q(separated_at__isnull=False, separated_by__isnull=False),
                name="joining_separated_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["one"], name="joining_one"),
            models.Index(fields=["other"], name="joining_other"),
        ]


class Unlike(models.Model):
    """Somebody looked at the evidence and said that these two accounts are not one person's."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    one = models.ForeignKey("cortafuegos.Identity", models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey("cortafuegos.Identity", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="unlike_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="unlike_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["other"], name="unlike_other")]
