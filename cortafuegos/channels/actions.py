"""The only writer of accounts. Credentials are sealed here and appear nowhere else (law 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Renews
from cortafuegos.channels.contract import Connected, ConnectError, HealthState, Refused
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.kit import clock, crypto, hours, log
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.refusal import Refusal

EXPIRES_SOON = timedelta(days=7)
REASON_LENGTH = 500
SETTINGS = frozenset(
    {
        "name",
        "language",
        "time_zone",
        "opening_hours",
        "first_answer_minutes",
        "stretch_minutes",
        "is_support",
    }
)
State = Account.State

logger = log.get(__name__)


def connect(actor_id: int, brand: Any, network: str, form: Mapping[str, str]) -> Account:
    """Check what was typed at the network, now, and keep the account. Raises ConnectError."""
    return keep(actor_id, brand, network, registry.connector(network).connect(form))


def keep(actor_id: int, brand: Any, network: str, found: Connected) -> Account:
    """A new account that its network has just vouched for. Raises ConnectError when it is there."""
    same = {"brand": brand, "network": network, "network_id": found.network_id}
    taken = ConnectError(_("%(handle)s is already connected.") % {"handle": found.handle})
    try:
        with transaction.atomic():
            if Account.objects.filter(**same, removed_at=None).exists():
                raise taken
            # One that was removed comes back as itself, with the conversations it had.
            account = Account.objects.filter(**same).order_by("-removed_at").first() or Account(
                **same, language=brand.language, time_zone=brand.time_zone
            )
            account.removed_at, account.cursor = None, {}
            _take(account, found)
            account.save()
            _changed(account)
    except IntegrityError:  # somebody connected it at the same moment
        raise taken from None
    logger.info("account_connected", brand=account.brand_id, account=account.pk, network=network, by=actor_id)
    return account


def reconnect(account: Account, form: Mapping[str, str]) -> Account:
    """New credentials for the same account there, checked at the network. Raises ConnectError."""
    return keep_again(account, registry.connector(account.network).connect(form))


def keep_again(account: Account, found: Connected) -> Account:
    """Raises ConnectError when what was found is another account there."""
    held = account.opened
    # Where our own secret is the identity (webhook), it may have been changed since.
    same_secret = "secret" in held and found.credentials.get("secret") == held["secret"]
    if found.network_id != account.network_id and not same_secret:
        raise ConnectError(
            _(
                "These belong to %(theirs)s, and this account is %(ours)s. "
                "Connect %(theirs)s as an account of its own."
            )
            % {"theirs": found.handle, "ours": account.handle}
        )
    with transaction.atomic():
        account = _locked(account)
        _take(account, found)
        account.save()
        _changed(account)
    logger.info("account_reconnected", brand=account.brand_id, account=account.pk)
    return account


def _take(account: Account, found: Connected) -> None:
    now = clock.now()
    account.handle, account.name, account.url = found.handle, found.name or found.handle, found.url
    account.config, account.sealed = found.config, crypto.seal(found.credentials)
    account.expires_at, account.last_ok_at = found.expires_at, now
    account.state, account.state_reason = _good(account, found.expires_at, now), ""
    account.state_since = now
    account.poll_failures, account.next_poll_at, account.next_health_at = 0, now, now


def keep_renewed(account: Account, found: Connected) -> None:
    """Fresh credentials, by themselves: what a person set stays. ``account`` is locked by the caller."""
    now = clock.now()
    account.sealed, account.expires_at = crypto.seal(found.credentials), found.expires_at
    account.config = {**account.config, **found.config}
    account.last_ok_at = now
    if account.state == State.REFUSED:  # nobody polls it now, so nobody's turn is cut short
        account.next_poll_at = now
    account.save(update_fields=["sealed", "expires_at", "config", "last_ok_at", "next_poll_at"])
    _changed(account)
    _set_state(account, _good(account, found.expires_at, now), "", but=[State.PAUSED])
    logger.info("account_renewed", brand=account.brand_id, account=account.pk)


def remove(account: Account) -> None:
    """Forget the credentials. What was said through the account stays readable."""
    with transaction.atomic():
        account = _locked(account)
        account.removed_at, account.sealed, account.is_support = clock.now(), b"", False
        account.save(update_fields=["removed_at", "sealed", "is_support"])
        _changed(account)
    logger.info("account_removed", brand=account.brand_id, account=account.pk)


def pause(account: Account) -> None:
    """Neither read nor send until a person resumes it."""
    _set_state(account, State.PAUSED, "")


def resume(account: Account) -> None:
    now = clock.now()
    with transaction.atomic():
        account = _locked(account)
        account.state, account.state_reason = _good(account, account.expires_at, now), ""
        account.state_since = now
        account.next_poll_at = account.next_health_at = now
        account.poll_failures = 0
        account.save()
        _changed(account)
    logger.info("account_resumed", brand=account.brand_id, account=account.pk)


def configure(account: Account, **settings: Any) -> None:
    unknown = settings.keys() - SETTINGS
    if unknown:
        raise TypeError(f"no such setting of an account: {', '.join(sorted(unknown))}")
    if "opening_hours" in settings:
        hours.check(settings["opening_hours"])
    for name, value in settings.items():
        setattr(account, name, value)
    account.save(update_fields=list(settings))
    _changed(account)
    logger.info("account_configured", account=account.pk, settings=sorted(settings))


def set_cap(account: Account, cap: Decimal | None) -> None:
    """How much the account may cost each month, in its connector's currency; None is no limit."""
    cents = None if cap is None else int(cap * 100)
    Account.objects.filter(brand=account.brand_id, pk=account.pk).update(
        monthly_cap_cents=cents, next_poll_at=clock.now()
    )
    _changed(account)
    logger.info("account_capped", account=account.pk, cents=cents)


def set_profile(account: Account, words: str) -> bool:
    """Keep the profile text and publish it. False where a person must do that by hand."""
    account.profile_text = words
    account.save(update_fields=["profile_text"])
    try:
        return registry.connector(account.network).set_profile(account.view(), words)
    except Refused as refused:
        mark_refused(account, str(refused))
        raise


def rotate_secret(account: Account) -> str:
    """A new secret for an account that signs with one of ours. The one so far stays good until the
    next change, so that the other system can be told without a gap."""
    secret = crypto.new_token()
    with transaction.atomic():
        account = _locked(account)
        held = account.opened
        if "secret" not in held:
            raise Refusal(_("This account has no secret of ours."), code="no_secret", status=422)
        account.sealed = crypto.seal({**held, "secret": secret, "previous_secret": held["secret"]})
        account.save(update_fields=["sealed"])
        _changed(account)
    logger.info("account_secret_rotated", account=account.pk)
    return secret


# --- what the worker finds out -------------------------------------------------


def mark_refused(account: Account, reason: str) -> bool:
    """The network no longer takes our credentials: sending stops, everybody sees the alarm. Not when
    they have been renewed or replaced since ``account`` was read: those were not refused."""
    return _set_state(account, State.REFUSED, reason, but=[State.PAUSED], sealed=bytes(account.sealed))


def mark_expiring(account: Account, reason: str) -> bool:
    """It works today and needs a person soon."""
    return _set_state(account, State.EXPIRING, reason, but=[State.PAUSED, State.REFUSED])


def mark_degraded(account: Account, reason: str) -> bool:
    return _set_state(account, State.DEGRADED, reason, but=[State.PAUSED, State.REFUSED])


def mark_ok(account: Account, expires_at: datetime | None = None) -> bool:
    """The network answered. ``expires_at`` when it also told how long the credentials hold."""
    now = clock.now()
    told = {"expires_at": expires_at} if expires_at else {}
    Account.objects.filter(pk=account.pk).update(last_ok_at=now, **told)
    good = _good(account, expires_at or account.expires_at, now)
    return _set_state(account, good, "", but=[State.PAUSED])


def mark(account: Account, state: HealthState, detail: str = "", expires_at: datetime | None = None) -> bool:
    """What a connector said about its health, in one call."""
    match state:
        case HealthState.REFUSED:
            return mark_refused(account, detail)
        case HealthState.DEGRADED:
            return mark_degraded(account, detail)
        case HealthState.EXPIRING:
            Account.objects.filter(pk=account.pk).update(
                last_ok_at=clock.now(), **({"expires_at": expires_at} if expires_at else {})
            )
            return _set_state(account, State.EXPIRING, detail, but=[State.PAUSED])
        case HealthState.OK:
            return mark_ok(account, expires_at)


def _good(account: Account, expires_at: datetime | None, now: datetime) -> str:
    """What renews itself needs nobody until it has failed to."""
    soon = timedelta(0) if isinstance(_connector(account), Renews) else EXPIRES_SOON
    return State.EXPIRING if expires_at and expires_at - now < soon else State.OK


def _connector(account: Account) -> Any:
    return registry.connector(account.network) if account.network in registry.networks() else None


def _set_state(account: Account, state: str, reason: str, but: Sequence[str] = (), **only: Any) -> bool:
    """True when something changed, so that an unchanged state costs one statement and no nudge."""
    reason = log.clean_text(reason)[:REASON_LENGTH]
    with transaction.atomic():
        changed = (
            Account.objects.filter(pk=account.pk, removed_at=None, **only)
            .exclude(state__in=but)
            .exclude(Q(state=state) & Q(state_reason=reason))
            .update(state=state, state_reason=reason, state_since=clock.now())
        )
        if changed:
            account.refresh_from_db(fields=["state", "state_reason", "state_since"])
            _changed(account)
            logger.info("account_state", brand=account.brand_id, account=account.pk, state=state)
    return bool(changed)


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update().get(pk=account.pk)


def _changed(account: Account) -> None:
    nudge(account.brand_id, kind="account")


# --- what could not be read ------------------------------------------------------


def replay(receipt: Receipt) -> bool:
    """Put a quarantined receipt back in the queue. False when somebody already did."""
    return replay_all(receipt.brand_id, Receipt.objects.filter(pk=receipt.pk)) == 1


def replay_all(brand_id: int, receipts: Any = None) -> int:
    found = Receipt.objects.all() if receipts is None else receipts
    with transaction.atomic():
        count: int = found.filter(brand_id=brand_id, state=Receipt.State.QUARANTINED).update(
            state=Receipt.State.NEW, reason="", attempts=0
        )
        if count:
            nudge(brand_id, kind="receipts")
    logger.info("receipts_replayed", brand=brand_id, count=count)
    return count
