"""A moment to take a reply back: how long it is, and letting a reply go before it is over."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions.record import allow, lock, record
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Reply, ReplyPolicy
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May


def seconds_of(brand_id: int) -> int:
    """How long this brand holds its replies back."""
    chosen = ReplyPolicy.objects.filter(brand_id=brand_id).values_list("hold_seconds", flat=True).first()
    return int(settings.HOLD_SECONDS) if chosen is None else chosen


@transaction.atomic
def let_go(actor: Agent, reply: Reply) -> Reply:
    """Do not wait any longer. What was pressed before it in the same conversation goes first."""
    allow(actor, May.SEND)
    lock(actor, reply.case)
    now = clock.now()
    mine = Reply.objects.filter(brand_id=actor.brand_id, conversation_id=reply.conversation_id)
    held = mine.select_for_update(of=("self",)).select_related("case").order_by("pk")
    waiting = list(held.filter(pk__lte=reply.pk, state=Reply.State.QUEUED, attempts=0, held_until__gt=now))
    if not any(one.pk == reply.pk for one in waiting):
        raise Refusal(_("It is not held back any more."), code="not_held")
    for one in waiting:
        one.held_until = one.next_attempt_at = now
        one.save(update_fields=["held_until", "next_attempt_at"])
        record("reply.let_go", one.case, actor, {"reply": one.pk}, correlation=one.correlation)
    return next(one for one in waiting if one.pk == reply.pk)
