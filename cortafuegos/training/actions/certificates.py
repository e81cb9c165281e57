"""Certificates given and taken by hand, and where one is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.kit import clock
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.access import require
from cortafuegos.team.certificates import Certificate, CertificateNeed, needs_of
from cortafuegos.team.licence import Kind, Need
from cortafuegos.team.models import Agent, Brand
from cortafuegos.team.rules import May, Role, may_grant
from cortafuegos.training.actions.record import reasoned, record
from cortafuegos.training.rules import expiry

MOST_NEEDS = 60


@transaction.atomic
def grant(actor: Agent, agent: Agent, *, kind: str, value: str, months: int, reason: str) -> Certificate:
    """For somebody who has shown elsewhere that they can. Only an owner may grant to themselves:
    in a new desk somebody has to be the first."""
    _over(actor, agent)
    if agent.pk == actor.pk and actor.role != Role.OWNER:
        raise Refusal(_("Nobody grants a certificate to themselves."), code="oneself", status=403)
    if not agent.active:
        raise Refusal(_("This person no longer works here."), code="inactive", status=422)
    if kind not in set(Kind) or len(value) > 32 or (kind == Kind.LANGUAGE and not value):
        raise Refusal(_("There is no such certificate."), code="no_such_certificate", status=422)
    if not 1 <= months <= 60:
        raise Refusal(_("A certificate holds for 1 to 60 months."), code="out_of_bounds", status=422)
    now = clock.now()
    made = Certificate.objects.create(
        brand_id=actor.brand_id,
        agent=agent,
        kind=kind,
        value="" if kind == Kind.CRISIS else value,
        issued_at=now,
        expires_at=expiry(now, months),
        granted_by=actor,
        reason=reasoned(reason),
    )
    record("certificate.granted", actor, actor.brand_id, {"certificate": made.pk, "agent": agent.pk})
    return made


@transaction.atomic
def withdraw(actor: Agent, certificate: Certificate, reason: str) -> Certificate:
    """From this moment on. What left before stays answered for by them."""
    mine = Certificate.objects.select_for_update(of=("self",)).select_related("agent__user")
    held = mine.filter(brand_id=actor.brand_id, pk=certificate.pk).first()
    if held is None:
        raise Refusal(_("There is no such certificate."), code="no_such_certificate", status=404)
    _over(actor, held.agent)
    if held.withdrawn_at is not None or held.expires_at <= clock.now():
        raise Refusal(_("This certificate no longer holds anyway."), code="over")
    held.withdrawn_reason = reasoned(reason)
    held.withdrawn_at, held.withdrawn_by = clock.now(), actor
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    data = {"certificate": held.pk, "agent": held.agent_id}
    record("certificate.withdrawn", actor, actor.brand_id, data)
    return held


@transaction.atomic
def ask_for(actor: Agent, needs: Iterable[Need]) -> None:
    """Replace what the brand asks for. It holds from the next press of a button on."""
    require(actor, May.TRAIN)
    wanted = {Need(need.kind, need.value) for need in needs}
    if len(wanted) > MOST_NEEDS or not all(_sound(need) for need in wanted):
        raise Refusal(_("There is no such certificate."), code="no_such_certificate", status=422)
    Brand.objects.select_for_update().get(pk=actor.brand_id)
    before = set(needs_of(actor.brand_id))
    for gone in before - wanted:
        rows = CertificateNeed.objects.filter(brand_id=actor.brand_id, kind=gone.kind, value=gone.value)
        rows.delete()
    CertificateNeed.objects.bulk_create(
        CertificateNeed(brand_id=actor.brand_id, kind=need.kind, value=need.value)
        for need in sorted(wanted - before, key=lambda one: (one.kind, one.value))
    )
    if before != wanted:
        data = {"from": _listed(before), "to": _listed(wanted)}
        record("certificates.asked", actor, actor.brand_id, data)


def _sound(need: Need) -> bool:
    match need.kind:
        case Kind.CRISIS:
            return need.value in ("watch", "crisis")
        case Kind.LANGUAGE:
            return need.value.isascii() and need.value.isalpha() and len(need.value) <= 3
        case Kind.CHANNEL:
            return len(need.value) <= 32


def _listed(needs: Iterable[Need]) -> list[str]:
    return sorted(f"{need.kind}:{need.value}" for need in needs)


def _over(actor: Agent, agent: Agent) -> None:
    require(actor, May.TRAIN)
    if agent.brand_id != actor.brand_id or not may_grant(actor.role, agent.role):
        raise Refusal(
            _("You cannot change somebody whose role is above your own."), code="above_you", status=403
        )
