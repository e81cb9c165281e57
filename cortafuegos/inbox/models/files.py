"""Files that our own people attach to what they write.

What carries one (a draft, an approval, a reply, and in the end a message) lists it in its own row, in
the order and with the descriptions that its writer chose: see ``files/carrying.py``.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class File(models.Model):
    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.PROTECT, db_index=False)
    uid = models.UUIDField()  # chosen by the browser, so that a second attempt is the same file
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)  # by its bytes: files/sorts.py
    size = models.BigIntegerField()  # bytes
    width = models.IntegerField(null=True)  # points, of a picture
    height = models.IntegerField(null=True)
    used = models.BooleanField(default=False)  # it was handed over with a reply: kept with its case
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "uid"], name="file_once")]
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=Q(used=False), name="file_unused"),
        ]


class FileBody(models.Model):
    """Apart from its row, so that nobody who asks what a file is reads it whole."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    file = models.OneToOneField(File, models.CASCADE, primary_key=True, related_name="contents")
    body = models.BinaryField()
