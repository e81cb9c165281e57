"""Asks the networks for what is new, each at its own pace, one worker per account at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cortafuegos.channels import actions, meter, pace, registry, renewing
from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.channels.models import Account, Spending
from cortafuegos.channels.receipts import postgres as receipts
from cortafuegos.kit import clock, log

LEASE = timedelta(seconds=60)
HEALTH_EVERY = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_ASKED = timedelta(hours=1)  # a network that asks for more is asked again all the same
TURNS = 20  # polls of one account in a row, while it has more to tell
PATIENCE = 3  # failures in a row before people are told
logger = log.get(__name__)


def _reachable() -> list[str]:
    return [Account.State.OK, Account.State.DEGRADED, Account.State.EXPIRING]


@transaction.atomic
def claim(now: datetime, limit: int = 20) -> list[Account]:
    """Accounts whose turn it is. The lease keeps others away and ends by itself if we die."""
    due = (
        Account.objects.select_for_update(skip_locked=True)
        .filter(removed_at=None, state__in=_reachable(), next_poll_at__lte=now)
        .exclude(network__in=_pushed())
        .order_by("next_poll_at")[:limit]
    )
    claimed = list(due)
    Account.objects.filter(pk__in=[account.pk for account in claimed]).update(next_poll_at=now + LEASE)
    return claimed


def _pushed() -> list[str]:
    """Networks that only ever call us."""
    return [name for name in registry.networks() if not registry.connector(name).poll_seconds]


def poll(account: Account) -> int:
    """One poll, and the next while there is more. Returns how many receipts are new."""
    connector = registry.connector(account.network)
    account = renewing.fresh(account, clock.now())
    if meter.budget(account, clock.now()).level is meter.Level.SPENT:
        Account.objects.filter(pk=account.pk).update(next_poll_at=clock.now() + meter.ASK_AGAIN)
        return 0
    new, cursor = 0, account.cursor
    for turn in range(TURNS):
        try:
            polled = connector.poll(account.view(), cursor)
        except Refused as refused:
            actions.mark_refused(account, str(refused))
            return new
        except Exception as error:
            _failed(account, error)
            return new
        now = clock.now()
        rest = min(pace.pause_of(polled.rest), LONGEST_ASKED)
        with transaction.atomic():
            meter.note(account, Spending.Kind.READ, polled.spent, now)
            budget = meter.budget(account, now)
            over = budget.level is meter.Level.SPENT
            more = polled.more and turn < TURNS - 1 and not rest and not over
            # While we go on, the account stays ours.
            usual = timedelta(seconds=0 if polled.more else connector.poll_seconds)
            soon = LEASE if more else max(meter.next_poll(budget, usual), rest)
            new += receipts.store_polled(
                account.pk,
                account.brand_id,
                polled.deliveries,
                polled.cursor,
                now=now,
                next_poll_at=now + soon,
            )
        cursor = polled.cursor
        if not more:
            break
    if account.state == Account.State.DEGRADED:
        actions.mark_ok(account)
    return new


def _failed(account: Account, error: Exception) -> None:
    """Wait longer each time, never less than the network asks for; say so when it lasts. Only a
    network's own words are shown."""
    account.poll_failures += 1
    wait = min(timedelta(seconds=5 * 2 ** min(account.poll_failures, 7)), LONGEST_WAIT)
    if isinstance(error, SendError) and error.retry_after:
        wait = min(max(wait, timedelta(seconds=error.retry_after)), LONGEST_ASKED)
    Account.objects.filter(pk=account.pk).update(
        poll_failures=account.poll_failures, next_poll_at=clock.now() + wait
    )
    logger.warning(
        "poll.failed", account=account.pk, error=type(error).__name__, failures=account.poll_failures
    )
    if account.poll_failures >= PATIENCE:
        reason = error.reason if isinstance(error, SendError) else type(error).__name__
        actions.mark_degraded(account, reason)


@transaction.atomic
def claim_checkups(now: datetime, limit: int = 20) -> list[Account]:
    """Accounts whose health is to be asked for; refused ones too, since people mend them there."""
    due = list(
        Account.objects.select_for_update(skip_locked=True)
        .filter(removed_at=None, next_health_at__lte=now)
        .exclude(state=Account.State.PAUSED)
        .order_by("next_health_at")[:limit]
    )
    Account.objects.filter(pk__in=[account.pk for account in due]).update(next_health_at=now + HEALTH_EVERY)
    return due


def check_up(account: Account) -> None:
    """Ask the network how the account is, before an agent writes into the void."""
    if not renewing.renew(account):
        return
    account.refresh_from_db()
    try:
        health = registry.connector(account.network).health(account.view())
    except Refused as refused:
        actions.mark_refused(account, str(refused))
    except Exception as error:
        logger.warning("health.failed", account=account.pk, error=type(error).__name__)
    else:
        actions.mark(account, health.state, health.detail, health.expires_at)
