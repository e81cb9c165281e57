"""Persons, and who they are on each network."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone


class Person(models.Model):
    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, related_name="people")
    name = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    # Since when the relation is ended; who did it and why stands in the inbox's RelationStep.
    ended_at = models.DateTimeField(null=True)
    # Whom they turned out to be. All that is theirs is shown and worked on there: inbox/actions/joining.py.
    joined_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="members", db_index=False)
    # Was ever part of a joining: whose an account is may have changed before one holds this row.
    joined = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index("joined_into", condition=Q(joined_into__isnull=False), name="person_members")
        ]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """Somebody on one network. ``network_id`` is stable and global; the handle may change."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, related_name="identities", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="identities")
    # Whose it is when nobody is joined with anybody; empty: it never was otherwise.
    home = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    network = models.CharField(max_length=20)
    network_id = models.CharField(max_length=500)
    handle = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True)
    url = models.TextField(blank=True)
    avatar = models.TextField(blank=True)
    bio = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    followers = models.IntegerField(null=True)
    verified = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "network", "network_id"], name="identity_once")
        ]
        indexes: ClassVar = [
            GinIndex(
                OpClass(Upper("handle"), name="gin_trgm_ops"),
                OpClass(Upper("name"), name="gin_trgm_ops"),
                name="identity_words",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.handle
