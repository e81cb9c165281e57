"""What happened, how people look at it, and how far an import got."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """What happened, in order, for ever. Reports read this and nothing else."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40)  # case.opened, reply.sent, ...: docs/glossary.md
    case = models.ForeignKey(
        "cortafuegos.Case",
        models.SET_NULL,
        null=True,
        related_name="events",
        db_index=False,
        db_constraint=False,
    )
    agent = models.ForeignKey(
        "cortafuegos.Agent", models.SET_NULL, null=True, db_index=False, db_constraint=False
    )
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
