"""What can be proved of an account now, without a customer noticing: for the button on its page and
for ``cortafuegos channel check``. Nothing is stored but what the network said of the account."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cortafuegos.channels import actions, guiding, meter, registry, renewing
from cortafuegos.channels.capabilities import Rehearses, Renews, Shared, Withdraws
from cortafuegos.channels.contract import (
    Connector,
    Delivery,
    Found,
    HealthState,
    Outgoing,
    Refused,
    SendError,
    Sent,
    Target,
    Unreadable,
)
from cortafuegos.channels.models import Account
from cortafuegos.kit import clock, log

logger = log.get(__name__)


class Verdict(StrEnum):
    PROVED = "proved"
    FAILED = "failed"
    OPEN = "open"  # cannot be proved this way; the sentence says what would


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    verdict: Verdict
    said: str


def look(account: Account, now: datetime) -> list[Finding]:
    """Access, limits, what arrives, and what is left to a person, in this order. Takes as long as
    the network takes to answer: three calls at most, of ten seconds each."""
    connector = registry.connector(account.network)
    renewing.renew(account)
    account.refresh_from_db()
    found = [_access(account, connector), *_limits(account, connector)]
    if connector.poll_seconds:
        found.append(_asked(account, connector))
    return [*found, _last(account, now), *_by_hand(account)]


def rehearse(
    account: Account, now: datetime, *, agreed: Callable[[str], bool] = lambda plan: True
) -> list[Finding]:
    """Write to ourselves, look for it, take it back: what only a real network can prove. Whatever went
    out is named, so that a person can take it back where we cannot. Nothing is written unless ``agreed``
    says yes to what is going to be written."""
    connector, view = registry.connector(account.network), account.view()
    if not isinstance(connector, Rehearses):
        said = _("On this network there is nowhere to write without a customer reading it.")
        return [Finding(_("Writing to itself"), Verdict.OPEN, said)]
    said_there: list[Sent] = []
    sending = _("Writing to itself")
    try:
        target, public = connector.rehearsal(view)
    except SendError as error:
        return [Finding(sending, Verdict.OPEN, _words(error.reason))]
    except Exception as error:
        return [Finding(sending, Verdict.FAILED, _("The connector failed: %s") % type(error).__name__)]
    text = f"Cortafuegos, {now:%H:%M:%S}"
    if not agreed(_plan(text, target, public=public)):
        return [Finding(sending, Verdict.OPEN, _("Nothing was written: nobody agreed to it."))]
    outgoing = Outgoing(str(uuid.uuid4()), text, public, target, now, language=account.language)

    def send() -> tuple[Verdict, str]:
        sent = connector.send(view, outgoing)
        said_there.append(sent)
        meter.note(account, "write", sent.spent, now)
        return Verdict.PROVED, _("It is there: %s") % (sent.url or sent.network_id)

    def find() -> tuple[Verdict, str]:
        found = connector.find(view, outgoing)
        if found is Found.UNKNOWN:
            return Verdict.OPEN, _("This network cannot be asked for what was sent.")
        if not isinstance(found, Sent):
            if not said_there:
                return Verdict.OPEN, _("Nothing arrived, and the network says so.")
            return Verdict.FAILED, _("It was sent, and looking for it does not find it.")
        if said_there and found.network_id != said_there[0].network_id:
            return Verdict.FAILED, _("Looking for it finds something else: %s") % found.network_id
        said_there[:] = said_there or [found]
        return Verdict.PROVED, _("Looking for it finds it.")

    def withdraw() -> tuple[Verdict, str]:
        sent = said_there[0]
        by_hand = _("Delete it by hand: %s") % (sent.url or sent.network_id)
        if not isinstance(connector, Withdraws):
            return Verdict.OPEN, f"{_('This network does not let us take it back.')} {by_hand}"
        try:
            connector.withdraw(view, sent.network_id, sent.ref, public=public)
        except SendError as error:
            return Verdict.FAILED, f"{_words(error.reason)} {by_hand}"
        return Verdict.PROVED, _("It is taken back.")

    found = [attempt(sending, send), attempt(_("Looking for what was sent"), find)]
    return [*found, attempt(_("Taking it back"), withdraw)] if said_there else found


def _plan(text: str, target: Target, *, public: bool) -> str:
    where = {"text": text, "place": target.url or target.author_handle or target.network_id}
    if public:
        return _("It posts “%(text)s” in public under %(place)s, and deletes it a moment later.") % where
    return _("It sends “%(text)s” in private to %(place)s.") % where


def pushes(connector: Connector) -> bool:
    """Whether the network calls us, or can once it is told to, so that our address has to be shown."""
    told = isinstance(connector, Shared) or hasattr(connector, "challenge")
    return not connector.poll_seconds or told or bool(getattr(connector, "may_push", False))


def attempt(what: str, work: Callable[[], tuple[Verdict, str]]) -> Finding:
    """One step; whatever goes wrong in it is its outcome."""
    try:
        verdict, said = work()
    except Refused as refused:
        return Finding(what, Verdict.FAILED, _("The network does not let us in: %s") % _words(refused))
    except SendError as error:
        return Finding(what, Verdict.FAILED, _words(error.reason))
    except Exception as error:
        logger.warning("trial.crashed", error=type(error).__name__)
        return Finding(what, Verdict.FAILED, _("The connector failed: %s") % type(error).__name__)
    return Finding(what, verdict, said)


def _access(account: Account, connector: Connector) -> Finding:
    def work() -> tuple[Verdict, str]:
        health = connector.health(account.view())
        actions.mark(account, health.state, health.detail, health.expires_at)
        detail = _words(health.detail)
        match health.state:
            case HealthState.REFUSED:
                return Verdict.FAILED, _("The network does not let us in: %s") % detail
            case HealthState.DEGRADED:
                return Verdict.FAILED, _("The network answers badly: %s") % detail
        end = health.expires_at or account.expires_at
        if end is None or isinstance(connector, Renews):
            return Verdict.PROVED, _("The network lets us in as %s.") % account.handle
        moment = date_format(localtime(end), "DATETIME_FORMAT")
        said = _("The network lets us in as %(handle)s, until %(moment)s.")
        return Verdict.PROVED, said % {"handle": account.handle, "moment": moment}

    return attempt(_("Access"), work)


def _limits(account: Account, connector: Connector) -> Iterable[Finding]:
    for public, what in ((True, _("Public answers")), (False, _("Private answers"))):

        def work(public: bool = public) -> tuple[Verdict, str]:
            limits = connector.limits(account.view(), public=public)
            if not (limits.public if public else limits.private):
                return Verdict.OPEN, _("This network has none.")
            words = {"length": limits.length, "unit": _unit(limits.unit), "note": _words(limits.note)}
            return Verdict.PROVED, (_("Up to %(length)s %(unit)s. %(note)s") % words).strip()

        yield attempt(what, work)


def _asked(account: Account, connector: Connector) -> Finding:
    def work() -> tuple[Verdict, str]:
        polled = connector.poll(account.view(), account.cursor)
        meter.note(account, "read", polled.spent, clock.now())
        unreadable = [reason for reason in map(_reader(account, connector), polled.deliveries) if reason]
        count = len(polled.deliveries)
        if unreadable:
            said = _("%(bad)s of %(count)s new deliveries cannot be read: %(reason)s")
            return Verdict.FAILED, said % {"bad": len(unreadable), "count": count, "reason": unreadable[0]}
        if not count:
            return Verdict.PROVED, _("It answers, and there is nothing new.")
        said = ngettext(
            "It answers with %d new delivery, which can be read. It is in the inbox in a moment.",
            "It answers with %d new deliveries, which can be read. They are in the inbox in a moment.",
            count,
        )
        return Verdict.PROVED, said % count

    return attempt(_("Asking for what is new"), work)


def _reader(account: Account, connector: Connector) -> Callable[[Delivery], str]:
    view = account.view()

    def reason(delivery: Delivery) -> str:
        """Why it cannot be read; empty when it can."""
        try:
            connector.read(view, delivery)
        except Unreadable as error:
            return str(error)
        return ""

    return reason


def _last(account: Account, now: datetime) -> Finding:
    what = _("Last message")
    if account.last_event_at is None:
        said = _("None has come yet. Write to the account from another one, and test again in a minute.")
        return Finding(what, Verdict.OPEN, said)
    moment = date_format(localtime(account.last_event_at), "DATETIME_FORMAT")
    return Finding(what, Verdict.PROVED, _("It came on %s.") % moment)


def _by_hand(account: Account) -> Iterable[Finding]:
    undone = [task for task in guiding.tasks_of(account) if task.done_at is None]
    if undone:
        said = ngettext(
            "%d thing is still to be done by hand.", "%d things are still to be done by hand.", len(undone)
        )
        yield Finding(_("By hand"), Verdict.OPEN, said % len(undone))


def _unit(unit: str) -> str:
    return {"bytes": _("bytes"), "weighted": _("weighted characters")}.get(unit, _("characters"))


def _words(said: Any) -> str:
    return _(str(said)) if said else ""
