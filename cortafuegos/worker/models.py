"""Proof of life."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a process of the installation was last seen, by its name ("worker:host:4711")."""

    name = models.CharField(max_length=120, primary_key=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
