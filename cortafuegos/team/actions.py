"""The only writer of brands, agents and teams. An owner is always left."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cortafuegos.kit import log
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team import signals
from cortafuegos.team.access import require
from cortafuegos.team.links import (
    INVITATION_DAYS,
    accept,
    check_invitation,
    check_sign_in_link,
    invite,
    revoke,
    setup_token,
    sign_in_link,
    use_sign_in_link,
)
from cortafuegos.team.models import Agent, Brand, Team, User
from cortafuegos.team.rules import May, Role, may_grant

__all__ = [
    "INVITATION_DAYS",
    "accept",
    "change_role",
    "check_invitation",
    "check_sign_in_link",
    "create_brand",
    "create_owner",
    "create_team",
    "deactivate",
    "invite",
    "reactivate",
    "remove_second_factor",
    "remove_team",
    "rename_team",
    "revoke",
    "save_brand",
    "save_preferences",
    "set_members",
    "setup_token",
    "sign_in_link",
    "sign_in_link_for",
    "use_sign_in_link",
]

logger = log.get(__name__)


def create_owner(*, name: str, email: str, password: str, language: str, time_zone: str) -> User:
    """A person who is to own a brand. Raises ValidationError when the password is too weak."""
    user = User(
        email=User.objects.normalize_email(email).lower(),
        name=name.strip(),
        language=language,
        time_zone=time_zone,
    )
    validate_password(password, user)
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def create_brand(
    *,
    name: str,
    owner: User,
    slug: str = "",
    language: str = "es",
    time_zone: str = "Europe/Madrid",
    is_demo: bool = False,
) -> Brand:
    brand = Brand.objects.create(
        name=name.strip(),
        slug=_free_slug(slug or name),
        language=language,
        time_zone=time_zone,
        is_demo=is_demo,
    )
    Agent.objects.create(brand=brand, user=owner, role=Role.OWNER)
    logger.info("brand_created", brand=brand.pk, owner=owner.pk)
    return brand


def _free_slug(wished: str) -> str:
    plain = unicodedata.normalize("NFKD", wished)
    base = slugify(plain)[:50].strip("-_") or "desk"
    taken = set(Brand.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def save_brand(actor: Agent, *, name: str, language: str, time_zone: str) -> None:
    require(actor, May.OWN)
    brand = actor.brand
    brand.name, brand.language, brand.time_zone = name.strip(), language, time_zone
    brand.save(update_fields=["name", "language", "time_zone"])
    logger.info("brand_saved", brand=brand.pk, by=actor.pk)


def save_preferences(agent: Agent, *, signature: str, **mine: str) -> None:
    """What a person sets for themselves; the signature holds in this brand only."""
    user = agent.user
    for name in ("name", "language", "time_zone", "theme", "after_send"):
        setattr(user, name, mine[name])
    user.save(update_fields=["name", "language", "time_zone", "theme", "after_send"])
    agent.signature = signature.strip()
    agent.save(update_fields=["signature"])


@transaction.atomic
def change_role(actor: Agent, agent: Agent, role: str) -> None:
    _require_over(actor, agent)
    if not may_grant(actor.role, role):
        raise Refusal(_("You cannot give a role above your own."), code="above_you", status=403)
    if role != Role.OWNER:
        _keep_an_owner(agent)
    Agent.objects.filter(brand_id=agent.brand_id, pk=agent.pk).update(role=role)
    agent.role = role
    logger.info("role_changed", brand=actor.brand_id, by=actor.pk, agent=agent.pk, role=role)


@transaction.atomic
def deactivate(actor: Agent, agent: Agent) -> None:
    """They can no longer come in; what they wrote keeps their name, and others get their cases."""
    _require_over(actor, agent)
    _keep_an_owner(agent)
    Agent.objects.filter(brand_id=agent.brand_id, pk=agent.pk).update(active=False)
    agent.active = False
    signals.agent_left.send(sender=Agent, actor=actor, agent=agent)
    logger.info("agent_deactivated", brand=actor.brand_id, by=actor.pk, agent=agent.pk)


def reactivate(actor: Agent, agent: Agent) -> None:
    _require_over(actor, agent)
    Agent.objects.filter(brand_id=agent.brand_id, pk=agent.pk).update(active=True)
    agent.active = True
    logger.info("agent_reactivated", brand=actor.brand_id, by=actor.pk, agent=agent.pk)


@transaction.atomic
def remove_second_factor(actor: Agent, agent: Agent) -> None:
    """For somebody who lost their phone."""
    _require_sole_charge(actor, agent)
    Authenticator.objects.filter(user=agent.user).delete()
    logger.info("second_factor_removed", brand=actor.brand_id, by=actor.pk, agent=agent.pk)


def sign_in_link_for(actor: Agent, agent: Agent) -> str:
    """For somebody who forgot their password. Their second factor, if on, is still asked for."""
    _require_sole_charge(actor, agent)
    logger.info("sign_in_link_given", brand=actor.brand_id, by=actor.pk, agent=agent.pk)
    return sign_in_link(agent.user)


def _require_sole_charge(actor: Agent, agent: Agent) -> None:
    """Only owners hold the keys of others, and only where no other brand relies on them."""
    require(actor, May.OWN)
    _require_over(actor, agent)
    elsewhere = Agent.objects.filter(user=agent.user, active=True).exclude(brand=actor.brand)
    if elsewhere.exists() or not agent.active:
        raise Refusal(
            _("This person also works for another brand. Whoever runs this installation can do it."),
            code="other_brands",
            status=403,
        )


def _require_over(actor: Agent, agent: Agent) -> None:
    require(actor, May.INVITE)
    if agent.brand_id != actor.brand_id or not may_grant(actor.role, agent.role):
        raise Refusal(
            _("You cannot change somebody whose role is above your own."),
            code="above_you",
            status=403,
        )


def _keep_an_owner(leaving: Agent) -> None:
    # Locked, so that two owners cannot let each other go at the same moment.
    Brand.objects.select_for_update().get(pk=leaving.brand_id)
    owners = Agent.objects.filter(brand_id=leaving.brand_id, role=Role.OWNER, active=True)
    if set(owners.values_list("pk", flat=True)) == {leaving.pk}:
        raise Refusal(_("This is the only owner. Make somebody else an owner first."), code="last_owner")


def create_team(actor: Agent, name: str) -> Team:
    require(actor, May.INVITE)
    _free_name(actor.brand, name)
    return Team.objects.create(brand=actor.brand, name=name.strip())


def rename_team(actor: Agent, team: Team, name: str) -> None:
    _require_own(actor, team)
    _free_name(actor.brand, name, but=team)
    team.name = name.strip()
    team.save(update_fields=["name"])


def remove_team(actor: Agent, team: Team) -> None:
    """Its cases stay, without a team."""
    _require_own(actor, team)
    team.delete()


def set_members(actor: Agent, team: Team, agent_ids: Iterable[int]) -> None:
    _require_own(actor, team)
    team.members.set(Agent.objects.filter(brand=actor.brand, active=True, pk__in=agent_ids))


def _require_own(actor: Agent, team: Team) -> None:
    require(actor, May.INVITE)
    if team.brand_id != actor.brand_id:
        raise Refusal(_("There is no such team here."), code="team_unknown", status=404)


def _free_name(brand: Brand, name: str, but: Team | None = None) -> None:
    if not name.strip():
        raise Refusal(_("Give the team a name."), code="name_missing", status=422)
    others = Team.objects.filter(brand=brand, name__iexact=name.strip())
    if any(other != but for other in others):
        raise Refusal(_("There is already a team with this name."), code="name_taken", status=422)
