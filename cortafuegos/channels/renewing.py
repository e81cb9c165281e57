"""Credentials that end are renewed before they do, and never lost on the way.

Networks that rotate refresh tokens accept each once: the answer to a renewal is the only copy of the
next one. So an account is renewed by one at a time, under a lock on its row, and what came back is
written before anything else happens, again and again if the database stumbles just then.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.utils.translation import gettext_noop as _

from cortafuegos.channels import actions, registry
from cortafuegos.channels.capabilities import Renews
from cortafuegos.channels.contract import Connected, Refused
from cortafuegos.channels.models import Account
from cortafuegos.kit import log
from cortafuegos.kit.database import GONE

ENDING = timedelta(seconds=90)  # what ends within it may end under a call
KEEP_PAUSES = (0.05, 0.2, 1.0, 3.0, 10.0, 30.0)  # seconds
logger = log.get(__name__)


def fresh(account: Account, now: datetime) -> Account:
    """The account with credentials that still hold, as far as we know: before it is used."""
    if account.expires_at is None or account.expires_at - now > ENDING:
        return account
    renew(account)
    account.refresh_from_db()
    return account


def renew(account: Account) -> bool:
    """Ask the connector whether it is time, and keep what it brings. False when it failed: that is
    seen by everybody on the account."""
    connector = registry.connector(account.network) if account.network in registry.networks() else None
    if not isinstance(connector, Renews):
        return True
    found: Connected | None = None
    used = b""
    try:
        # Inside somebody else's transaction, a rollback there would take the only copy with it.
        with transaction.atomic(durable=True):
            # Not against whoever stores messages of this account meanwhile (no key changes).
            held = (
                Account.objects.select_for_update(no_key=True)
                .filter(brand=account.brand_id, pk=account.pk, removed_at=None)
                .exclude(state=Account.State.PAUSED)
                .first()
            )
            if held is None:
                return True
            used = bytes(held.sealed)  # ``account`` may be older: another renewed while we waited
            found = _asked(connector, held)
            if found is not None:
                actions.keep_renewed(held, found)
    except GONE:
        if found is None:
            raise
        _keep_all_the_same(account, used, found)
    except Refused as refused:
        actions.mark_refused(account, str(refused))
        return False
    except Exception as error:
        logger.warning("renewal.failed", account=account.pk, error=type(error).__name__)
        reason = getattr(error, "reason", "") or _("The access could not be renewed; we keep trying.")
        actions.mark_expiring(account, str(reason))
        return False
    return True


def _asked(connector: Renews, account: Account) -> Connected | None:
    found = connector.renew(account.view())
    if found is not None and found.network_id != account.network_id:
        raise Refused(_("The network gave the access of another account."))
    return found


def _keep_all_the_same(account: Account, used: bytes, found: Connected) -> None:
    """The database went away with the only copy in our hands. It counts while those stand there that it
    was given for; others were kept by our own commit, or by whoever connected the account anew."""
    logger.warning("renewal.unkept", account=account.pk)
    for pause in KEEP_PAUSES:
        time.sleep(pause)
        close_old_connections()
        try:
            with transaction.atomic():
                held = Account.objects.select_for_update(no_key=True).get(
                    brand=account.brand_id, pk=account.pk
                )
                if bytes(held.sealed) == used and held.removed_at is None:
                    actions.keep_renewed(held, found)
            return
        except GONE:
            continue
    logger.error("renewal.lost", account=account.pk)
