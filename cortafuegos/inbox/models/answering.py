"""How a brand's answers leave: set by those who lead its desk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cortafuegos.inbox.approving import USUAL_MINUTES
from cortafuegos.inbox.holding import LONGEST


class ReplyPolicy(models.Model):
    """One per brand, and none until somebody sets something."""

    brand = models.OneToOneField("cortafuegos.Brand", models.CASCADE, related_name="reply_policy")
    hold_seconds = models.PositiveSmallIntegerField(null=True)  # empty: what the installation says
    approval_minutes = models.PositiveSmallIntegerField(default=USUAL_MINUTES)
    approval_rules = models.JSONField(default=dict)  # approving.Rules
    approver_certificate = models.CharField(max_length=8, blank=True)  # who holds it decides too
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hold_seconds__lte=LONGEST), name="reply_policy_hold")
        ]
