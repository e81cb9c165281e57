"""Links that let somebody in: invitations and one-time sign-in links. Only hashes are kept."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.kit import clock, crypto, home, log
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.access import require
from cortafuegos.team.models import Agent, Invitation, SignInLink, User
from cortafuegos.team.rules import May, may_grant

INVITATION_DAYS = 7
SIGN_IN_HOURS = 24

logger = log.get(__name__)


def setup_token() -> str:
    """What ``cortafuegos up --empty`` prints: opens the first-run page while there is no brand.
    Derived, not stored; it is worth nothing once a brand exists."""
    return crypto.sign(home.secret().split(",")[0].strip(), "first run")[:40]


def sign_in_link(user: User) -> str:
    """A token that signs this person in once, within a day. A second factor is still asked for."""
    token = crypto.new_token()
    SignInLink.objects.create(
        user=user,
        token_hash=crypto.token_hash(token),
        expires_at=clock.now() + timedelta(hours=SIGN_IN_HOURS),
    )
    logger.info("sign_in_link_made", user=user.pk)
    return token


def check_sign_in_link(token: str) -> SignInLink:
    """The link, still good; or the sentence that says why it is not."""
    link = SignInLink.objects.select_related("user").filter(token_hash=crypto.token_hash(token)).first()
    if link is None or not link.user.is_active:
        raise Refusal(_("This sign-in link is not valid."), code="link_unknown", status=404)
    if link.used_at is not None:
        raise Refusal(_("This sign-in link has already been used."), code="link_used")
    if link.expires_at <= clock.now():
        raise Refusal(_("This sign-in link is no longer valid: it has expired."), code="link_expired")
    return link


def use_sign_in_link(token: str) -> User:
    link = check_sign_in_link(token)
    # Compare and set: of two presses at once, one comes in.
    used = SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now())
    if not used:
        raise Refusal(_("This sign-in link has already been used."), code="link_used")
    logger.info("sign_in_link_used", user=link.user_id)
    return link.user


def invite(actor: Agent, role: str, email: str = "") -> tuple[Invitation, str]:
    """An invitation and the token for its link, which is not kept and cannot be shown again."""
    require(actor, May.INVITE)
    if not may_grant(actor.role, role):
        raise Refusal(_("You cannot invite somebody to a role above your own."), code="above_you", status=403)
    email = User.objects.normalize_email(email).lower()
    if email and Agent.objects.filter(brand=actor.brand, user__email=email, active=True).exists():
        raise Refusal(_("%(email)s already belongs here.") % {"email": email}, code="already_here")
    token = crypto.new_token()
    invitation = Invitation.objects.create(
        brand=actor.brand,
        role=role,
        email=email,
        token_hash=crypto.token_hash(token),
        invited_by=actor,
        expires_at=clock.now() + timedelta(days=INVITATION_DAYS),
    )
    logger.info("agent_invited", brand=actor.brand_id, by=actor.pk, role=role)
    return invitation, token


def revoke(actor: Agent, invitation: Invitation) -> None:
    require(actor, May.INVITE)
    Invitation.objects.filter(pk=invitation.pk, brand=actor.brand, accepted_at=None, revoked_at=None).update(
        revoked_at=clock.now()
    )
    logger.info("invitation_revoked", brand=actor.brand_id, by=actor.pk)


def check_invitation(token: str, *, lock: bool = False) -> Invitation:
    """The invitation, still good; or the sentence that says why it is not."""
    found = Invitation.objects.select_related("brand", "invited_by")
    if lock:
        found = found.select_for_update(of=("self",))
    invitation = found.filter(token_hash=crypto.token_hash(token)).first()
    if invitation is None:
        raise Refusal(_("This invitation is not valid."), code="invitation_unknown", status=404)
    if invitation.accepted_at:
        raise Refusal(_("This invitation has already been used."), code="invitation_used")
    if invitation.revoked_at or not _still_granted(invitation):
        raise Refusal(_("This invitation was withdrawn."), code="invitation_revoked")
    if invitation.expires_at <= clock.now():
        raise Refusal(_("This invitation has expired."), code="invitation_expired")
    return invitation


def _still_granted(invitation: Invitation) -> bool:
    """Whoever invited must still be here, and still be allowed to give that role."""
    by = invitation.invited_by
    return by is not None and by.active and may_grant(by.role, invitation.role)


@transaction.atomic
def accept(
    token: str,
    *,
    user: User | None = None,
    name: str = "",
    email: str = "",
    password: str = "",
    language: str = "",
    time_zone: str = "",
) -> Agent:
    """Become an agent: as the person signed in (``user``), or as a new one."""
    invitation = check_invitation(token, lock=True)
    email = User.objects.normalize_email(user.email if user else invitation.email or email).lower()
    if invitation.email and invitation.email != email:
        raise Refusal(
            _("This invitation is for %(email)s.") % {"email": invitation.email},
            code="invitation_for_another",
            status=403,
        )
    if user is None:
        if User.objects.filter(email=email).exists():
            raise Refusal(
                _("Somebody already signs in with this address. Sign in, then open this link again."),
                code="email_taken",
            )
        user = User(
            email=email,
            name=name.strip(),
            language=language or invitation.brand.language,
            time_zone=time_zone or invitation.brand.time_zone,
        )
        validate_password(password, user)
        user.set_password(password)
        user.save()
    agent, made = Agent.objects.get_or_create(
        brand=invitation.brand, user=user, defaults={"role": invitation.role}
    )
    if not made:
        if agent.active:
            raise Refusal(_("You already belong here."), code="already_here")
        agent.active, agent.role = True, invitation.role
        agent.save(update_fields=["active", "role"])
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    logger.info("invitation_accepted", brand=agent.brand_id, agent=agent.pk, role=agent.role)
    return agent
