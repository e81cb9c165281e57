"""Half-written replies, kept on the server at every pause so that none is ever lost."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.models import Account
from cortafuegos.inbox.actions.record import allow, lock, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Draft, Message
from cortafuegos.kit import clock
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

MODES = ("public", "private", "note")
MOST = 50_000


@transaction.atomic
def keep(
    actor: Agent,
    case: Case,
    *,
    mode: str,
    text: str,
    target: Message | None = None,
    account: Account | None = None,
) -> Draft | None:
    """Write down what somebody has typed so far; an empty text forgets the draft. No event: it is
    nobody's business what people erase."""
    allow(actor, May.WRITE)
    if mode not in MODES:
        raise Refusal(_("There is no such way to write."), code="no_such_mode", status=422)
    if case.brand_id != actor.brand_id:
        raise Refusal(_("There is no such case."), code="no_such_case", status=404)
    while case.merged_into is not None:  # the page was older than the merge; the words are not lost
        case = case.merged_into
    text = storable(text, MOST)
    mine = Draft.objects.filter(brand_id=actor.brand_id, case=case, agent=actor)
    if not text.strip():
        withdrawn = mine.filter(proposed_at__isnull=False).exists()
        mine.delete()
        if withdrawn:
            show_proposed(lock(actor, case))
        return None
    draft, _made = Draft.objects.update_or_create(
        brand_id=actor.brand_id,
        case=case,
        agent=actor,
        defaults={
            "mode": mode,
            "text": text,
            "target": target if target and target.case_id == case.pk else None,
            "account": account if account and account.brand_id == actor.brand_id else None,
            "updated_at": clock.now(),
        },
    )
    return draft


@transaction.atomic
def propose(actor: Agent, case: Case) -> Draft:
    """Hand a draft over to somebody who may send it. The writer may go on changing it."""
    allow(actor, May.WRITE)
    case = lock(actor, case)
    draft = Draft.objects.filter(brand_id=case.brand_id, case=case, agent=actor).first()
    if draft is None or draft.mode == "note":
        raise Refusal(_("Write the reply first."), code="empty", status=422)
    draft.proposed_at = clock.now()
    draft.save(update_fields=["proposed_at"])
    show_proposed(case)
    record("draft.proposed", case, actor, {"draft": draft.pk})
    return draft


@transaction.atomic
def discard(actor: Agent, case: Case, draft: Draft | None = None) -> None:
    """Throw one's own draft away, or, with the right to send, a proposal of somebody else."""
    case = lock(actor, case)
    own = draft is None or draft.agent_id == actor.pk
    allow(actor, May.WRITE if own else May.SEND)
    drafts = Draft.objects.filter(brand_id=case.brand_id, case=case)
    drafts = drafts.filter(agent=actor) if draft is None else drafts.filter(pk=draft.pk)
    found = drafts.first()
    if found is None:
        return
    drafts.delete()
    if found.proposed_at:
        record("draft.declined" if not own else "draft.withdrawn", case, actor, {"by": found.agent_id})
    show_proposed(case)


def show_proposed(case: Case) -> None:
    waiting = Draft.objects.filter(brand_id=case.brand_id, case=case, proposed_at__isnull=False).exists()
    if waiting != case.proposed:
        case.proposed = waiting
        save(case, "proposed")
        nudge(case.brand_id, [case.pk])
