"""What a brand makes of the guard."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class GuardPolicy(models.Model):
    """One per brand, and none until somebody sets something: the rules then speak as shipped."""

    brand = models.OneToOneField("cortafuegos.Brand", models.CASCADE, related_name="guard_policy")
    rules = models.JSONField(default=dict)  # rule id: off, note, warn, block
    formality = models.CharField(max_length=5, blank=True)  # tu, usted, vos; empty: no choice made
    forbidden = models.JSONField(default=dict)  # word: what to say instead, or ""
    names = ArrayField(models.CharField(max_length=80), default=list)  # products: never a finding inside
    domains = ArrayField(models.CharField(max_length=253), default=list)  # the brand's own sites
    updated_at = models.DateTimeField(auto_now=True)
