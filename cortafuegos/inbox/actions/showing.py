"""What a case shows of its messages, reckoned again after messages were moved."""

from __future__ import annotations

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from cortafuegos.channels.capabilities import Step
from cortafuegos.inbox.actions import asking, clocks, outbox, waiting
from cortafuegos.inbox.actions.record import save
from cortafuegos.inbox.models import Case, Deadline, DeliveryStatus, Message
from cortafuegos.inbox.receive import standing
from cortafuegos.inbox.rules import SNIPPET_LENGTH, first_words
from cortafuegos.kit import clock

IN, OUT = Message.Direction.IN, Message.Direction.OUT


def refresh(case: Case, *, awaits_us: bool | None = None) -> None:
    """Make the case agree with the messages it has now. ``awaits_us``: what is known of whose
    turn it is; without it the messages tell."""
    said = Message.objects.filter(brand_id=case.brand_id, case=case)
    first, last = said.order_by("posted_at", "pk").first(), said.order_by("-posted_at", "-pk").first()
    inbound = said.filter(direction=IN).order_by("-posted_at", "-pk").first()
    answered = _reached(said).order_by("posted_at").first()
    if first is not None and last is not None:
        case.opened_at, case.last_message_at = first.posted_at, last.posted_at
        case.snippet = first_words(last.text or last.subject, SNIPPET_LENGTH)
    if inbound is not None:
        case.identity_id, case.account_id = inbound.identity_id, inbound.account_id
        case.network, case.public = inbound.network, inbound.public
    case.first_answered_at = answered.posted_at if answered else None
    case.awaits_us = unanswered(case).exists() if awaits_us is None else awaits_us
    if not case.awaits_us or case.quiet:
        clocks.finish(case, clocks.PROMISES, Deadline.State.CANCELLED, clock.now())
    elif case.state != Case.State.CLOSED:
        owe_what_waits(case)
    case.due_at = clocks.next_due(case)
    save(
        case,
        *("last_message_at", "snippet", "awaits_us", "identity", "account", "network", "public"),
        *("opened_at", "first_answered_at", "due_at", "state", "closed_at", "tags", "assignee", "quiet"),
    )
    standing.refresh(case.brand_id, [case.pk], clock.now(), look=True)
    waiting.show(case)
    outbox.show_failed(case)
    asking.show(case)


def unanswered(case: Case) -> QuerySet[Message]:
    """What they said after we spoke last, or what came in after we had written our last answer. What we
    took back is no answer, and neither is what the network could not deliver."""
    said = Message.objects.filter(brand_id=case.brand_id, case=case)
    spoke = _reached(said).filter(deleted_at=None)
    last = spoke.order_by("-posted_at", "-pk").values_list("posted_at", "pk").first()
    theirs = said.filter(direction=IN)
    if last is None:
        return theirs
    at, place = last
    written = spoke.aggregate(at=Max("reply__created_at"))["at"]
    late = Q(received_at__gt=written) if written else Q(pk=None)
    return theirs.filter(Q(posted_at__gt=at) | Q(posted_at=at, pk__gt=place) | late)


def _reached(said: QuerySet[Message]) -> QuerySet[Message]:
    """Of these, what we said and did not fail on its way."""
    failed = DeliveryStatus.objects.filter(
        brand_id=OuterRef("brand_id"),
        network=OuterRef("network"),
        network_id=OuterRef("network_id"),
        step=Step.FAILED,
    )
    return said.filter(~Exists(failed), direction=OUT)


def owe_what_waits(case: Case) -> None:
    """A case that awaits us owes an answer: to the first thing that nobody has answered."""
    if clocks.owed_by(case) is None:
        first = unanswered(case).order_by("posted_at", "pk").select_related("account").first()
        message = first or (
            Message.objects.filter(brand_id=case.brand_id, case=case, direction=IN)
            .order_by("-posted_at", "-pk")
            .select_related("account")
            .first()
        )
        if message is not None:
            clocks.owe(case, clocks.answer_due(message.account, message.posted_at))
