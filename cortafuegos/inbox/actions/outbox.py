"""A reply's way out, step by step, each step a transaction of its own (law 4).

queued ─claim→ sending ─┬→ sent
   ▲                    ├→ failed    the network said no for good, or we tried often enough;
   │                    │            or said so after it had taken it: actions/following.py
   └── put back ────────┤            (no for now; ``look_first`` when its answer was lost)
                        └→ unknown   it may be there and the network cannot tell
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from cortafuegos.channels import meter
from cortafuegos.channels.contract import Sent
from cortafuegos.channels.models import Spending
from cortafuegos.inbox.actions import amends, clocks, promises, saying, turns
from cortafuegos.inbox.actions.record import record, save
from cortafuegos.inbox.models import Case, Deadline, Message, Reply
from cortafuegos.inbox.networks import follows
from cortafuegos.inbox.receive import following, standing
from cortafuegos.inbox.rules import SNIPPET_LENGTH, first_words
from cortafuegos.kit.nudge import nudge
from cortafuegos.team.models import Agent

LEASE = timedelta(seconds=90)  # longer than any connector takes; after it the worker is dead
A_FILE = timedelta(seconds=40)  # the longest a connector waits for an upload (meta/graph.py) and its post


def lease(reply: Reply) -> timedelta:
    """How long an attempt may take. Files travel at 100 kB a second when the line is bad, and a network
    looks at each before it answers."""
    travel = sum(int(one["size"]) for one in reply.files) / 100_000
    return LEASE + len(reply.files) * A_FILE + timedelta(seconds=travel)


def defer(reply: Reply) -> None:
    """Put the job beside the row, in the same transaction. What is held back has its job at its time."""
    from cortafuegos.inbox.jobs import deliver  # jobs import this module

    lock = f"conversation-{reply.conversation_id}"
    deliver.configure(lock=lock, schedule_at=reply.held_until).defer(reply_id=reply.pk)


@transaction.atomic
def claim(reply_id: int, now: datetime) -> Reply | None:
    """Take a reply for one attempt; None when it is not ours to try now.

    A reply found *sending* after its lease belonged to a worker that died: it may have arrived.
    Earlier replies of the same conversation go first. While the network wants peace, nothing goes.
    """
    reply = (
        Reply.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("account", "target", "conversation", "case")
        .filter(pk=reply_id)
        .filter(~Exists(turns.earlier()))
        .first()
    )
    if reply is None:
        return None
    due = reply.state == Reply.State.QUEUED and reply.next_attempt_at <= now
    orphaned = reply.state == Reply.State.SENDING and bool(reply.lease_until and reply.lease_until <= now)
    if not (due or orphaned):
        return None
    if not reply.account.may_send:
        _wait_for_account(reply, now, orphaned)
        return None
    if not turns.ours(reply, now):
        return None
    reply.look_first = reply.look_first or orphaned
    reply.state, reply.lease_until = Reply.State.SENDING, now + lease(reply)
    reply.first_attempt_at = reply.first_attempt_at or now
    reply.attempts += 1
    reply.save(update_fields=["state", "lease_until", "first_attempt_at", "attempts", "look_first"])
    nudge(reply.brand_id, [reply.case_id])
    return reply


def _wait_for_account(reply: Reply, now: datetime, orphaned: bool) -> None:
    with translation.override(reply.agent.user.language):
        reply.reason = _("Waits until the account is connected again.")
    reply.state, reply.look_first = Reply.State.QUEUED, reply.look_first or orphaned
    reply.next_attempt_at, reply.lease_until = now + timedelta(seconds=30), None
    reply.save(update_fields=["state", "look_first", "next_attempt_at", "reason", "lease_until"])
    nudge(reply.brand_id, [reply.case_id])


def hold(reply: Reply) -> Reply:
    """The case, then the reply, always in this order. A merge may have moved the reply meanwhile."""
    mine = Reply.objects.filter(brand_id=reply.brand_id, pk=reply.pk)
    while True:
        case_id = mine.values_list("case_id", flat=True).get()
        Case.objects.select_for_update(no_key=True).get(brand_id=reply.brand_id, pk=case_id)
        held = (
            mine.select_for_update(of=("self",))
            .select_related("account", "target", "conversation", "case")
            .get()
        )
        if held.case_id == case_id:
            return held


def _still_mine(held: Reply, reply: Reply) -> bool:
    """The lease names the attempt: whoever lost it to another has nothing to say any more."""
    return held.state == Reply.State.SENDING and held.lease_until == reply.lease_until


@transaction.atomic
def settle_sent(reply: Reply, sent: Sent | None, now: datetime, by: Agent | None = None) -> None:
    """It is on the network, whoever says so first and whatever we believed meanwhile. ``sent`` is
    None when only a person's word says so."""
    held = hold(reply)
    if held.state == Reply.State.SENT:
        return
    posted_at = min((sent.posted_at if sent else None) or now, now)
    message = saying.message_of(held, sent, posted_at)
    held.state, held.sent_at, held.message = Reply.State.SENT, posted_at, message
    held.reason, held.lease_until, held.look_first = "", None, False
    held.save(update_fields=["state", "sent_at", "message", "reason", "lease_until", "look_first"])
    if sent is not None:
        meter.note(held.account, Spending.Kind.WRITE, sent.spent, now)
        if follows(held.account.network):
            following.sent(held.account, message.network_id, str(held.key), now)
    case = held.case
    kept = clocks.finish(case, clocks.PROMISES, Deadline.State.MET, now)
    promises.answered(case, held, posted_at)
    amends.answered(case, held, posted_at)
    _answered(case, held, posted_at)
    show_failed(case)
    record(
        "reply.sent",
        case,
        by or held.agent,
        {
            "reply": held.pk,
            "message": message.pk,
            "public": held.public,
            "attempts": held.attempts,
            "kept": [[deadline.kind, deadline.state] for deadline in kept],
        },
        correlation=held.correlation,
    )


def _answered(case: Case, reply: Reply, at: datetime) -> None:
    """Only what was said before the button was pressed is answered by it: what came later is owed
    an answer of its own."""
    later = (
        Message.objects.filter(
            brand_id=case.brand_id,
            case=case,
            direction=Message.Direction.IN,
            received_at__gt=reply.created_at,
        )
        .exclude(pk=reply.target_id)
        .select_related("account")
        .order_by("posted_at", "pk")
        .first()
    )
    case.first_answered_at = case.first_answered_at or at
    if at >= case.last_message_at:
        case.last_message_at = at
        case.snippet = first_words(reply.text, SNIPPET_LENGTH)
    case.awaits_us = later is not None
    if later is not None and case.state != Case.State.CLOSED:
        clocks.owe(case, clocks.answer_due(later.account, later.posted_at))
    case.due_at = clocks.next_due(case)
    save(case, "first_answered_at", "last_message_at", "snippet", "awaits_us", "due_at")
    standing.refresh(case.brand_id, [case.pk], at)


@transaction.atomic
def put_back(reply: Reply, *, reason: str, at: datetime, look_first: bool) -> None:
    """Not this time: try again at ``at``."""
    held = hold(reply)
    if not _still_mine(held, reply):
        return
    held.state, held.reason, held.next_attempt_at = Reply.State.QUEUED, reason, at
    held.look_first, held.lease_until = held.look_first or look_first, None
    held.save(update_fields=["state", "reason", "next_attempt_at", "look_first", "lease_until"])
    record(
        "reply.put_back",
        held.case,
        None,
        {"reply": held.pk, "attempts": held.attempts, "look_first": held.look_first},
        correlation=held.correlation,
    )


@transaction.atomic
def give_up(reply: Reply, *, state: str, reason: str) -> None:
    """failed or unknown: a person must see it."""
    held = hold(reply)
    if not _still_mine(held, reply):
        return
    held.state, held.reason, held.lease_until = state, reason, None
    held.save(update_fields=["state", "reason", "lease_until"])
    show_failed(held.case)
    record(
        f"reply.{state}",
        held.case,
        None,
        {"reply": held.pk, "attempts": held.attempts},
        correlation=held.correlation,
    )


@transaction.atomic
def absent(reply: Reply, parts: Sequence[str] = ()) -> None:
    """We looked, and of earlier attempts nothing had arrived but these files: the next one is safe."""
    _mine(reply).update(look_first=False, unsure=False, parts=list(parts or reply.parts))
    reply.look_first, reply.unsure, reply.parts = False, False, list(parts or reply.parts)


def begun(reply: Reply, parts: Sequence[str]) -> None:
    """These files of it are on the network, whatever becomes of the rest: they never go again."""
    if parts:
        _mine(reply).update(parts=list(parts))
        reply.parts = list(parts)


def _mine(reply: Reply) -> QuerySet[Reply]:
    return Reply.objects.filter(
        brand_id=reply.brand_id, pk=reply.pk, state=Reply.State.SENDING, lease_until=reply.lease_until
    )


def show_failed(case: Case) -> None:
    """Keep the mark on the case in step with its replies."""
    failed = Reply.objects.filter(
        brand_id=case.brand_id, case=case, state__in=[Reply.State.FAILED, Reply.State.UNKNOWN]
    ).exists()
    if failed != case.failed:
        case.failed = failed
        save(case, "failed")
        nudge(case.brand_id, [case.pk])
