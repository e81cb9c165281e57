"""A network's wish to be left alone: kept with the account, so that all workers obey it.

``rests_until`` is empty while nobody asked for anything. In the future it is a pause: nothing is sent
from the account. In the past it is care: replies leave one at a time, until one has gone out and the
network asked for nothing more.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from django.db.models import Q

from cortafuegos.channels.models import Account
from cortafuegos.kit import log
from cortafuegos.kit.nudge import nudge

LONGEST = timedelta(hours=24)  # a network that asks for more is asked again all the same
SHOWN = timedelta(seconds=15)  # a shorter pause is over before anybody has read of it

logger = log.get(__name__)


def pause_of(seconds: float | None) -> timedelta:
    """What a network asked for, within reason; nonsense is nothing."""
    if seconds is None or math.isnan(seconds) or seconds <= 0:
        return timedelta(0)
    return timedelta(seconds=min(seconds, LONGEST.total_seconds()))


def rest(account: Account, seconds: float | None, now: datetime) -> None:
    """The network wants nothing more sent for a while. A pause asked for earlier is never cut short."""
    pause = pause_of(seconds)
    if not pause:
        return
    until = now + pause
    longer = Q(rests_until=None) | Q(rests_until__lt=until)
    if Account.objects.filter(longer, brand=account.brand_id, pk=account.pk).update(rests_until=until):
        logger.info("account_rests", account=account.pk, seconds=round(pause.total_seconds()))
        if pause >= SHOWN:
            nudge(account.brand_id, kind="account")


def at_ease(account: Account, now: datetime) -> None:
    """Something went out and the network asked for nothing: back to full speed."""
    if account.rests_until is not None:
        Account.objects.filter(brand=account.brand_id, pk=account.pk, rests_until__lte=now).update(
            rests_until=None
        )


def resting(account: Account, now: datetime) -> bool:
    return account.rests_until is not None and account.rests_until > now
