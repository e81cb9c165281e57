"""What somebody wants done on the network to a message that is there already, step by step.

waiting ─claim→ working ─┬→ done
   ▲                     ├→ failed   the network said no for good, or we tried often enough
   └───── put back ──────┘

Doing it twice does no harm, so an attempt whose answer was lost is simply made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.models import Account
from cortafuegos.inbox.actions import amends, clocks, showing
from cortafuegos.inbox.actions.record import record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Event, Intervention, Message
from cortafuegos.inbox.receive import standing
from cortafuegos.kit import clock, log
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent

Kind, State = Intervention.Kind, Intervention.State
UNDER_WAY = (State.WAITING, State.WORKING)
LEASE = timedelta(seconds=60)  # longer than any connector takes; after it the worker is dead
MOST_ATTEMPTS = 6  # two and a half minutes: whoever waits for words to vanish is told soon
LONGEST_REASON = 300
MOST_CASES = 20  # of a thread, told that a post without a case of its own changed

# What the log says of each kind: asked for, done, not done.
TOLD = {
    Kind.WITHDRAW: ("message.withdrawing", "message.withdrawn", "message.not_withdrawn"),
    Kind.HIDE: ("message.hiding", "message.hidden", "message.not_hidden"),
    Kind.SHOW: ("message.showing", "message.shown", "message.not_shown"),
}


def hold(actor: Agent, message: Message) -> Message:
    """The message as it is now, with its case, both held until the transaction ends. A post of a thread
    that nobody had to answer has no case."""
    known = Message.objects.filter(brand_id=actor.brand_id, pk=message.pk)
    while True:
        case_id = known.values_list("case_id", flat=True).first()
        if case_id:
            Case.objects.select_for_update(no_key=True).get(brand_id=actor.brand_id, pk=case_id)
        held = known.select_for_update(of=("self",), no_key=True)
        found = held.select_related("case", "account", "identity", "conversation").first()
        if found is None:
            raise Refusal(_("There is no such message."), code="no_such_message", status=404)
        if found.case_id == case_id:  # no merge moved it meanwhile
            return found


def under_way(message: Message) -> Intervention | None:
    rows = Intervention.objects.filter(brand_id=message.brand_id, message=message, state__in=UNDER_WAY)
    return rows.first()


def ask(actor: Agent, message: Message, account: Account, kind: str, reason: str) -> Intervention:
    """Write down what is wanted and have it done. Call inside the verb's transaction."""
    if not account.may_send:
        raise Refusal(
            _("%(account)s cannot reach its network now. Reconnect the account first.")
            % {"account": account.name},
            code="account_refused",
        )
    wanted = Intervention.objects.create(
        brand_id=message.brand_id,
        message=message,
        account=account,
        agent=actor,
        kind=kind,
        reason=_why(reason),
    )
    _tell(wanted, TOLD[Kind(kind)][0], actor, {"reason": wanted.reason})
    from cortafuegos.inbox.jobs import intervene  # jobs import this module

    intervene.defer(intervention_id=wanted.pk)
    return wanted


def _why(reason: str) -> str:
    why = " ".join(storable(reason, LONGEST_REASON).split())
    if not any(char.isalnum() for char in why):
        raise Refusal(_("Say why, in a few words."), code="needs_reason", status=422)
    return why


def waiting(now: datetime, limit: int = 100) -> list[int]:
    """Whose time has come and whose job may be lost: the sweep sees to them."""
    due = Q(state=State.WAITING, next_attempt_at__lte=now) | Q(state=State.WORKING, lease_until__lte=now)
    found = Intervention.objects.filter(due).order_by("next_attempt_at", "pk")
    return list(found.values_list("pk", flat=True)[:limit])


@transaction.atomic
def claim(intervention_id: int, now: datetime) -> Intervention | None:
    """Take one for an attempt; None when it is not ours to try now."""
    due = Q(state=State.WAITING, next_attempt_at__lte=now) | Q(state=State.WORKING, lease_until__lte=now)
    held = (
        Intervention.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("account", "agent__user", "message__identity", "message__conversation")
        .filter(due, pk=intervention_id)
        .first()
    )
    if held is None:
        return None
    held.state, held.lease_until, held.attempts = State.WORKING, now + LEASE, held.attempts + 1
    held.save(update_fields=["state", "lease_until", "attempts"])
    return held


@transaction.atomic
def settle(wanted: Intervention, now: datetime) -> None:
    """The network has done it."""
    held = _mine(wanted)
    if held is None:
        return
    held.state, held.done_at, held.trouble, held.lease_until = State.DONE, now, "", None
    held.save(update_fields=["state", "done_at", "trouble", "lease_until"])
    if held.kind == Kind.WITHDRAW:
        _gone(held.message, now)
    _tell(held, TOLD[Kind(held.kind)][1], held.agent, {"attempts": held.attempts})


def by_hand(actor: Agent, message: Message, account: Account, reason: str) -> Intervention:
    """A person took it off in the network's own window. Call inside the verb's transaction, with the
    message held."""
    now = clock.now()
    done = Intervention.objects.create(
        brand_id=message.brand_id,
        message=message,
        account=account,
        agent=actor,
        kind=Kind.WITHDRAW,
        reason=_why(reason),
        state=State.DONE,
        created_at=now,
        next_attempt_at=now,
        done_at=now,
    )
    _gone(message, now)
    _tell(done, TOLD[Kind.WITHDRAW][1], actor, {"by_hand": True})
    return done


@transaction.atomic
def put_back(wanted: Intervention, *, trouble: str, at: datetime) -> None:
    held = _mine(wanted)
    if held is None:
        return
    held.state, held.trouble, held.next_attempt_at, held.lease_until = State.WAITING, trouble, at, None
    held.save(update_fields=["state", "trouble", "next_attempt_at", "lease_until"])
    nudge(held.brand_id, _cases(held.message))


@transaction.atomic
def give_up(wanted: Intervention, trouble: str, now: datetime) -> None:
    """It is still as it was, and a person must see to it."""
    held = _mine(wanted)
    if held is None:
        return
    held.state, held.trouble, held.done_at, held.lease_until = State.FAILED, trouble, now, None
    held.save(update_fields=["state", "trouble", "done_at", "lease_until"])
    _tell(held, TOLD[Kind(held.kind)][2], None, {"attempts": held.attempts})


def _mine(wanted: Intervention) -> Intervention | None:
    """The row, unless its attempt was lost to another worker. The message's case is held first."""
    hold(wanted.agent, wanted.message)
    rows = Intervention.objects.select_for_update(of=("self",)).select_related("agent", "message__case")
    held = rows.get(brand_id=wanted.brand_id, pk=wanted.pk)
    return held if held.state == State.WORKING and held.lease_until == wanted.lease_until else None


def _gone(message: Message, now: datetime) -> None:
    """What we took back answers nobody: who was answered by it alone waits again, from now."""
    if message.deleted_at is None:
        message.deleted_at = now
        message.save(update_fields=["deleted_at"])
    amends.unheard(message)
    case = message.case
    if case is None:
        return
    if case.state != Case.State.CLOSED and not case.awaits_us:
        first = showing.unanswered(case).order_by("posted_at", "pk").select_related("account").first()
        if first is not None:
            case.awaits_us = True
            clocks.owe(case, clocks.answer_due(first.account, now))
            case.due_at = clocks.next_due(case)
            save(case, "awaits_us", "due_at")
    standing.refresh(case.brand_id, [case.pk], now)


def _cases(message: Message) -> list[int]:
    """Whose pages show it: its own case, or those in whose thread it stands."""
    if message.case_id:
        return [message.case_id]
    around = Message.objects.filter(
        brand_id=message.brand_id, conversation_id=message.conversation_id, case__isnull=False
    )
    return list(around.values_list("case_id", flat=True).distinct()[:MOST_CASES])


def _tell(wanted: Intervention, kind: str, by: Agent | None, facts: Mapping[str, Any]) -> None:
    message = wanted.message
    data = {"message": message.pk, "intervention": wanted.pk, **facts}
    if message.case is not None:
        record(kind, message.case, by, data, correlation=wanted.correlation)
        return
    Event.objects.create(
        brand_id=wanted.brand_id, kind=kind, agent=by, data=data, correlation=wanted.correlation
    )
    nudge(wanted.brand_id, _cases(message))
    log.get(__name__).info(kind, brand=wanted.brand_id, agent=by.pk if by else None)
