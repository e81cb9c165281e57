"""Whose turn it is to leave: in the order of a conversation, and, where a network wants to be spoken
to slowly, what is urgent before what can wait. Who claims a reply asks here (see outbox.py)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from cortafuegos.channels.models import Account
from cortafuegos.inbox.models import Reply
from cortafuegos.inbox.rules import HEAD_START

# Who leaves first when not all can: when it was written, less the head start of what is urgent.
RANK = ExpressionWrapper(
    F("created_at")
    - Case(
        *(When(case__urgency=urgency, then=Value(ahead)) for urgency, ahead in HEAD_START.items()),
        default=Value(timedelta(0)),
        output_field=DurationField(),
    ),
    output_field=DateTimeField(),
)


def waiting(now: datetime, limit: int = 100, grace: timedelta = timedelta()) -> list[int]:
    """Replies whose time has come and whose job may be lost: the sweep delivers them. Of an account
    that was asked to be slow, only the first in line. ``grace`` is left to the job of a fresh reply,
    which is quicker; one that was held back has waited enough."""
    due = Q(state=Reply.State.QUEUED, next_attempt_at__lte=now - grace)
    due |= Q(state=Reply.State.QUEUED, next_attempt_at__lte=now, held_until__isnull=False)
    orphaned = Q(state=Reply.State.SENDING, lease_until__lte=now)
    rested = Q(account__rests_until=None) | Q(account__rests_until__lte=now)
    place = Window(RowNumber(), partition_by="account_id", order_by=["rank", "pk"])
    return list(
        Reply.objects.filter(due | orphaned, rested)
        .filter(~Exists(earlier()))
        .annotate(rank=RANK, place=place)
        .filter(Q(account__rests_until=None) | Q(place=1))
        .order_by("rank", "pk")
        .values_list("pk", flat=True)[:limit]
    )


def earlier() -> QuerySet[Reply]:
    """Replies of the same conversation that must leave before this one."""
    return Reply.objects.filter(
        conversation_id=OuterRef("conversation_id"),
        pk__lt=OuterRef("pk"),
        state__in=[Reply.State.QUEUED, Reply.State.SENDING],
    )


def ours(reply: Reply, now: datetime) -> bool:
    """Whether the account's network may be spoken to, and this reply is the one to go. After a pause
    they leave one at a time, the first in line first: all at once would only ask for the next pause."""
    if reply.account.rests_until is None:
        return True
    # Whoever decides for this account decides alone.
    account = Account.objects.select_for_update(no_key=True).get(brand=reply.brand_id, pk=reply.account_id)
    if account.rests_until is None:
        return True
    if account.rests_until > now:
        return False
    others = Reply.objects.filter(brand_id=reply.brand_id, account_id=account.pk).exclude(pk=reply.pk)
    if others.filter(state=Reply.State.SENDING, lease_until__gt=now).exists():
        return False
    if reply.state == Reply.State.SENDING:  # of a dead worker: it was in line before
        return True
    mine = Reply.objects.filter(brand_id=reply.brand_id, pk=reply.pk).annotate(rank=RANK).get()
    in_line = others.filter(state=Reply.State.QUEUED, next_attempt_at__lte=now).filter(~Exists(earlier()))
    before = Q(rank__lt=mine.rank) | Q(rank=mine.rank, pk__lt=reply.pk)
    return not in_line.annotate(rank=RANK).filter(before).exists()
