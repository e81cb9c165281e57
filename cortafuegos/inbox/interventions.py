"""Does on the network what somebody wants done to a message there, and writes down what came of it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from cortafuegos.channels import actions as accounts
from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Moderates, Withdraws
from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.inbox.actions import intervening
from cortafuegos.inbox.actions.intervening import MOST_ATTEMPTS, Kind
from cortafuegos.inbox.models import Intervention
from cortafuegos.inbox.rules import retry_delay
from cortafuegos.inbox.targets import target_of
from cortafuegos.kit import clock, log

LONGEST_WAIT = timedelta(minutes=2)
logger = log.get(__name__)


def carry_out(intervention_id: int) -> None:
    """One attempt, if it is due. Any number of workers may try: one of them gets to."""
    wanted = intervening.claim(intervention_id, clock.now())
    if wanted is None:
        return
    language = wanted.agent.user.language
    with log.correlation(str(wanted.correlation), message=wanted.message_id), translation.override(language):
        _attempt(wanted)


def _attempt(wanted: Intervention) -> None:
    account = wanted.account
    if not account.may_send:
        trouble = _("%(account)s cannot reach its network now. Reconnect the account first.")
        intervening.give_up(wanted, trouble % {"account": account.name}, clock.now())
        return
    try:
        _do(wanted)
    except Refused as refused:
        accounts.mark_refused(account, str(refused))
        trouble = _("The network no longer accepts our credentials. Do it there by hand.")
        intervening.give_up(wanted, trouble, clock.now())
    except SendError as error:
        _failed(wanted, error)
    except Exception as error:
        logger.exception("intervention.crashed", error=type(error).__name__)
        _failed(wanted, SendError(_("Something failed inside the desk."), permanent=False))
    else:
        intervening.settle(wanted, clock.now())


def _do(wanted: Intervention) -> None:
    message, account = wanted.message, wanted.account
    connector = registry.connector(account.network)
    if wanted.kind == Kind.WITHDRAW and isinstance(connector, Withdraws):
        connector.withdraw(account.view(), message.network_id, message.ref, public=message.public)
    elif wanted.kind != Kind.WITHDRAW and isinstance(connector, Moderates):
        connector.hide(account.view(), target_of(message), hidden=wanted.kind == Kind.HIDE)
    else:  # the connector changed since the button was pressed
        raise SendError(_("This network no longer offers it."), permanent=True)


def _failed(wanted: Intervention, error: SendError) -> None:
    logger.warning("intervention.refused", permanent=error.permanent, attempts=wanted.attempts)
    now = clock.now()
    if error.permanent or wanted.attempts >= MOST_ATTEMPTS:
        intervening.give_up(wanted, error.reason, now)
        return
    delay = min(retry_delay(wanted.attempts, error.retry_after), LONGEST_WAIT)
    intervening.put_back(wanted, trouble=error.reason, at=now + delay)
