"""Who is in a case right now. Forgotten after a minute."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Presence
from cortafuegos.kit import clock
from cortafuegos.kit.nudge import nudge
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

STAYS = timedelta(seconds=40)


@transaction.atomic
def seen(actor: Agent, case: Case, *, typing: bool = False) -> None:
    """Nudges only when something a colleague would notice has changed."""
    allow(actor, May.READ)
    if case.brand_id != actor.brand_id:
        raise Refusal(_("There is no such case."), code="no_such_case", status=404)
    now = clock.now()
    mine = Presence.objects.filter(brand_id=actor.brand_id, case=case, agent=actor)
    before = mine.first()
    Presence.objects.update_or_create(
        brand_id=actor.brand_id, case=case, agent=actor, defaults={"typing": typing, "seen_at": now}
    )
    if before is None or before.typing != typing or before.seen_at < now - STAYS:
        nudge(actor.brand_id, [case.pk], kind="presence")


@transaction.atomic
def left(actor: Agent, case: Case) -> None:
    gone, _rows = Presence.objects.filter(brand_id=actor.brand_id, case=case, agent=actor).delete()
    if gone:
        nudge(actor.brand_id, [case.pk], kind="presence")
