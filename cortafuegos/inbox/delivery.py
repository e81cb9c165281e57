"""Carries one reply to its network and writes down what became of it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import translation
from django.utils.translation import gettext as _

from cortafuegos.channels import actions as accounts
from cortafuegos.channels import pace, registry, renewing
from cortafuegos.channels.contract import Found, Outgoing, Partly, Refused, SendError, Sent
from cortafuegos.inbox import pricing
from cortafuegos.inbox.actions import filing, following, licence, outbox, permission
from cortafuegos.inbox.models import Reply
from cortafuegos.inbox.rules import MAX_ATTEMPTS, retry_delay
from cortafuegos.inbox.targets import target_of
from cortafuegos.kit import clock, log
from cortafuegos.kit.database import GONE

SETTLE_PAUSES = (0.05, 0.2, 1.0, 3.0, 10.0)  # seconds; well within the lease
logger = log.get(__name__)


def deliver(reply_id: int) -> None:
    """One attempt, if it is due. Any number of workers may try: one of them gets to."""
    reply = outbox.claim(reply_id, clock.now())
    if reply is None:
        return
    language = reply.agent.user.language
    with log.correlation(str(reply.correlation), reply=reply.pk), translation.override(language):
        _attempt(reply)


def _attempt(reply: Reply) -> None:
    connector = registry.connector(reply.account.network)
    view, outgoing = renewing.fresh(reply.account, clock.now()).view(), _outgoing(reply)
    try:
        if reply.look_first:
            found = following.arrived(reply) or connector.find(view, outgoing)
            if isinstance(found, Sent):
                logger.info("reply.found", attempts=reply.attempts)
                _settle(reply, _paid(reply, found))
                return
            if found is Found.UNKNOWN:
                reason = _("The network's answer was lost and it cannot be asked. Look there.")
                outbox.give_up(reply, state=Reply.State.UNKNOWN, reason=reason)
                return
            outbox.absent(reply, found.parts[: len(reply.files)] if isinstance(found, Partly) else ())
            outgoing = _outgoing(reply)
        if licence.lacking(reply.agent, reply.account, reply.target):  # since the button was pressed
            reason = _("Whoever sent it no longer holds the certificate. Somebody who does can send it.")
            outbox.give_up(reply, state=Reply.State.FAILED, reason=reason)
            return
        if closed := permission.still(reply):  # the network's window went by while it waited
            outbox.give_up(reply, state=Reply.State.FAILED, reason=str(closed))
            return
        if reason := _too_dear(reply):
            outbox.give_up(reply, state=Reply.State.FAILED, reason=reason)
            return
        outgoing = replace(outgoing, media=filing.media(reply))  # large pictures take their time
        if reply.lease_until is None or clock.now() >= reply.lease_until:
            return  # this machine slept: by now the reply is somebody else's to send
        sent = connector.send(view, outgoing)
    except Refused as refused:
        outbox.begun(reply, refused.parts)
        accounts.mark_refused(reply.account, str(refused))
        reason = _("The network no longer accepts our credentials. It leaves once they are renewed.")
        _later(reply, reason, timedelta(seconds=30))
    except SendError as error:
        outbox.begun(reply, error.parts)
        _failed(reply, error)
    except Exception as error:
        # A fault of ours: whether the network took it, nobody knows, so look before the next try.
        logger.exception("reply.crashed", error=type(error).__name__)
        _failed(reply, SendError(_("Something failed inside the desk."), permanent=False, lost=True))
    else:
        _settle(reply, _paid(reply, sent))


def _too_dear(reply: Reply) -> str:
    return pricing.refusal(reply.account, reply.case, reply.target, reply.text, public=reply.public)


def _paid(reply: Reply, sent: Sent) -> Sent:
    """With what it cost, by the connector's own prices where the network's answer does not say."""
    if sent.spent is not None:
        return sent
    spent = pricing.price(reply.account, reply.target, reply.text, public=reply.public)
    return replace(sent, spent=spent)


def _rest(reply: Reply, seconds: float | None) -> None:
    """Before the reply is settled, so that the next one already knows. What became of the reply must
    not hang on it."""
    try:
        pace.rest(reply.account, seconds, clock.now())
    except GONE as error:
        logger.warning("rest.unkept", error=type(error).__name__)
        close_old_connections()


def _settle(reply: Reply, sent: Sent) -> None:
    """The network has it: that must not be forgotten because the database stumbles now."""
    _rest(reply, sent.rest)
    for pause in SETTLE_PAUSES:
        try:
            outbox.settle_sent(reply, sent, clock.now())
            pace.at_ease(reply.account, clock.now())
            return
        except GONE as error:
            logger.warning("reply.unsettled", error=type(error).__name__)
            time.sleep(pause)
            close_old_connections()
    outbox.settle_sent(reply, sent, clock.now())


def _failed(reply: Reply, error: SendError) -> None:
    _rest(reply, error.retry_after)
    logger.warning("reply.refused", permanent=error.permanent, lost=error.lost, attempts=reply.attempts)
    if error.permanent or reply.attempts >= MAX_ATTEMPTS:
        # One that may have arrived earlier is not "failed", even if this attempt was.
        state = Reply.State.UNKNOWN if error.lost or reply.look_first else Reply.State.FAILED
        outbox.give_up(reply, state=state, reason=error.reason)
    else:
        _later(reply, error.reason, retry_delay(reply.attempts, error.retry_after), error.lost)


def _later(reply: Reply, reason: str, delay: timedelta, lost: bool = False) -> None:
    at: datetime = clock.now() + delay
    outbox.put_back(reply, reason=reason, at=at, look_first=lost)


def _outgoing(reply: Reply) -> Outgoing:
    return Outgoing(
        key=str(reply.key),
        text=reply.text,
        public=reply.public,
        target=target_of(reply.target),
        first_attempt_at=reply.first_attempt_at or reply.created_at,
        language=reply.target.language,
        template=reply.template,
        parts=tuple(reply.parts),
        again=reply.unsure,
    )
