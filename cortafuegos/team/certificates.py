"""Which certificates a brand asks for, and who holds them. Written by the training package."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cortafuegos.kit.compiled import compiled
from cortafuegos.team import licence
from cortafuegos.team.licence import Holding, Kind, Need, Place
from cortafuegos.team.models import Agent

KINDS = [(kind.value, kind.value) for kind in Kind]


class CertificateNeed(models.Model):
    """Nobody answers there without the certificate. A brand without rows asks for none."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, related_name="certificate_needs")
    kind = models.CharField(max_length=8, choices=KINDS)
    value = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "kind", "value"], name="certificate_need_once")
        ]


class Certificate(models.Model):
    """Never deleted: who could answer when, and who said so, stays on record."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    agent = models.ForeignKey(
        "cortafuegos.Agent", models.CASCADE, related_name="certificates", db_index=False
    )
    kind = models.CharField(max_length=8, choices=KINDS)
    value = models.CharField(max_length=32, blank=True)
    course = models.CharField(max_length=60, blank=True)  # its slug; empty: given by hand
    course_version = models.PositiveIntegerField(null=True)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="certificate_lasts"),
            models.CheckConstraint(
                condition=~Q(course="") | (Q(granted_by__isnull=False) & ~Q(reason="")),
                name="certificate_earned_or_explained",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="certificate_withdrawal_explained",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["brand", "agent"], name="certificate_holder")]


def needs_of(brand_id: int) -> list[Need]:
    return [Need(Kind(kind), value) for kind, value in _needs(brand_id)]


@compiled
def _needs(brand_id: Any) -> models.QuerySet[CertificateNeed, tuple[str, str]]:
    return CertificateNeed.objects.filter(brand_id=brand_id).values_list("kind", "value")


def holdings_of(agent: Agent, now: datetime) -> list[Holding]:
    rows = Certificate.objects.filter(
        brand_id=agent.brand_id, agent_id=agent.pk, withdrawn_at=None, expires_at__gt=now
    ).values_list("kind", "value", "expires_at")
    return [Holding(Kind(kind), value, until) for kind, value, until in rows]


def lacking(agent: Agent, needs: list[Need], place: Place, now: datetime) -> tuple[Need, ...]:
    """What this person would need to answer there; asks the database only when something applies."""
    asked = [need for need in needs if licence.applies(need, place)]
    return licence.lacking(asked, holdings_of(agent, now), place, now) if asked else ()
