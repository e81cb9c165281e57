"""Proof of life."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models


class Heartbeat(models.Model):
    """When a process of the installation was last seen, by its name ("worker:host:pid")."""

    name = models.CharField(max_length=120, primary_key=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str, now: datetime, **data: Any) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": now, "data": data})
