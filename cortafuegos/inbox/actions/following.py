"""What the network says of an answer after it had taken it: delivered, read, or failed after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from cortafuegos.channels.capabilities import Step
from cortafuegos.channels.contract import Sent
from cortafuegos.inbox.actions import amends, clocks, outbox
from cortafuegos.inbox.actions.record import record, save
from cortafuegos.inbox.models import Case, Deadline, DeliveryStatus, Message, Reply
from cortafuegos.inbox.receive import standing


def arrived(reply: Reply) -> Sent | None:
    """An attempt whose answer was lost, and of which the network has told us since under our key."""
    told = DeliveryStatus.objects.filter(
        brand_id=reply.brand_id, network=reply.account.network, key=reply.key
    )
    # Earlier attempts that failed late have become messages; this one has not.
    known = Message.objects.filter(
        brand_id=reply.brand_id, network=OuterRef("network"), network_id=OuterRef("network_id")
    )
    found = told.filter(~Exists(known)).order_by("-step", "pk").first()
    return Sent(found.network_id, posted_at=found.at) if found else None


@transaction.atomic
def turn(brand_id: int, reply_id: int, now: datetime) -> None:
    """Bring a reply in step with what the network has told of it. May run any number of times."""
    reply = Reply.objects.filter(brand_id=brand_id, pk=reply_id).first()
    if reply is None:
        return
    held = outbox.hold(reply)
    if held.message is None:
        if held.state in (Reply.State.UNKNOWN, Reply.State.FAILED) and (sent := arrived(held)):
            outbox.settle_sent(held, sent, now)
        return
    message = held.message
    status = DeliveryStatus.objects.filter(
        brand_id=brand_id, network=message.network, network_id=message.network_id
    ).first()
    if status is None:
        return
    if held.state == Reply.State.SENT and status.step == Step.FAILED:
        _undelivered(held, status.reason, now)
    elif held.state == Reply.State.FAILED and status.step > Step.FAILED:
        outbox.settle_sent(held, Sent(message.network_id, posted_at=message.posted_at), now)


def _undelivered(reply: Reply, reason: str, now: datetime) -> None:
    """The customer has no answer: the case is open again and owes one, unless another got through."""
    reply.state, reply.reason = Reply.State.FAILED, reason
    reply.save(update_fields=["state", "reason"])
    if reply.message is not None:
        amends.unheard(reply.message)
    case, was = reply.case, reply.case.state
    others = Reply.objects.filter(brand_id=case.brand_id, case=case, state=Reply.State.SENT)
    if not others.filter(sent_at__gte=reply.sent_at).exists():
        if case.first_answered_at == reply.sent_at:
            case.first_answered_at = None
        case.awaits_us = True
        _wake(case, now)
        clocks.owe(case, clocks.answer_due(reply.account, now))
        case.due_at = clocks.next_due(case)
        save(case, "state", "closed_at", "snoozed_until", "first_answered_at", "awaits_us", "due_at")
        standing.refresh(case.brand_id, [case.pk], now)
    outbox.show_failed(case)
    record(
        "reply.failed",
        case,
        None,
        {"reply": reply.pk, "attempts": reply.attempts, "late": True},
        correlation=reply.correlation,
    )
    if case.state != was:
        kind = "case.reopened" if was == Case.State.CLOSED else "case.woken"
        record(kind, case, None, {"undelivered": reply.pk})


def _wake(case: Case, now: datetime) -> None:
    if case.state == Case.State.SNOOZED:
        clocks.finish(case, [Deadline.Kind.SNOOZE], Deadline.State.CANCELLED, now)
    if case.state in (Case.State.SNOOZED, Case.State.CLOSED):
        case.state, case.closed_at, case.snoozed_until = Case.State.OPEN, None, None
