"""What a brand has made of its playbooks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Playbook(models.Model):
    """One kind of case. The starter set has rows only where a brand changed, switched off or used it."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, related_name="playbooks", db_index=False)
    slug = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "slug"], name="playbook_once")]


class PlaybookVersion(models.Model):
    """How it read from some moment on. Never changed: cases keep the one they began with."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    playbook = models.ForeignKey(Playbook, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    body = models.JSONField()  # knowledge/plain.py
    shipped = models.BooleanField(default=False)  # as it came with the desk; a later release may better it
    author = models.ForeignKey("cortafuegos.Agent", models.PROTECT, null=True, db_index=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["playbook", "number"], name="playbook_version_once")
        ]
        indexes: ClassVar = [models.Index(fields=["brand", "playbook", "-number"], name="playbook_latest")]
