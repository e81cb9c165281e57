"""The answers of a case that wait for approval, as its writer and its approver see them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cortafuegos.inbox import harmless, words
from cortafuegos.inbox.actions import deciding, guarding, licence
from cortafuegos.inbox.approving import Why
from cortafuegos.inbox.blocks import Attached, attached
from cortafuegos.inbox.models import Approval, Case, Message
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries.cast import Cast
from cortafuegos.inbox.words import Due
from cortafuegos.kit.compiled import compiled
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    who: str
    mine: bool
    mode: str
    text: Any
    attached: list[Attached]
    files_json: str  # for the composer of whoever edits it
    where: str
    when: str
    why: tuple[str, ...]
    due: Due
    due_at: datetime
    returned: bool
    comment: str
    by: str  # who returned it
    decide: bool  # the reader may let it go or return it
    seen: int  # the customer's last message, which the reader sees on this page
    news: str  # what happened since it was written
    template: str  # the network's name for these words: they leave as they are, or not at all
    by_hand: bool
    warning: str  # the writer's reason to pass a warning over


def beside(actor: Agent, case: Case, cast: Cast, now: datetime) -> list[Waiting]:
    """Waiting ones for everybody; what came back, for its writer alone."""
    found = [
        one
        for one in _not_done(case.brand_id, case.pk)
        if one.state == Approval.State.WAITING or one.agent_id == actor.pk
    ]
    if not found:
        return []
    said = Message.objects.filter(brand_id=case.brand_id, case=case, direction="in")
    last = said.order_by("-received_at", "-pk").only("pk", "received_at").first()
    return [_shown(one, actor, cast, last, now) for one in found]


@compiled
def _not_done(brand_id: Any, case_id: Any) -> QuerySet[Approval]:
    rows = Approval.objects.filter(brand_id=brand_id, case_id=case_id, done_at=None)
    return rows.select_related("target__identity", "account").order_by("due_at", "pk")


def _shown(one: Approval, actor: Agent, cast: Cast, last: Message | None, now: datetime) -> Waiting:
    override = guarding.overridden(one.guard) or {}
    judge = cast.agent(one.decided_by_id)
    return Waiting(
        id=one.pk,
        who=cast.agents[one.agent_id].name,
        mine=one.agent_id == actor.pk,
        mode="public" if one.public else "private",
        text=harmless.text(one.text),
        attached=attached(one.files),
        files_json=json.dumps(one.files),
        where=look(one.account.network).name,
        when=words.ago(one.asked_at, now),
        why=because(one.reasons),
        due=words.due(one.due_at, now),
        due_at=one.due_at,
        returned=one.state == Approval.State.RETURNED,
        comment=one.comment,
        by=judge.name if judge else "",
        decide=one.state == Approval.State.WAITING and _decides(actor, one),
        seen=last.pk if last else 0,
        news=_news(one, last),
        template=harmless.name(str(one.template.get("name", ""))),
        by_hand=one.by_hand,
        warning=str(override.get("reason", "")),
    )


def _decides(actor: Agent, one: Approval) -> bool:
    """As ``approvals`` will judge it, but for what only changed this moment."""
    if one.agent_id == actor.pk or not may(actor.role, May.SEND):
        return False
    if licence.lacking(actor, one.account, one.target):
        return False
    return deciding.settles(actor, one.account.network, one.reasons)


def _news(one: Approval, last: Message | None) -> str:
    if one.target.deleted_at is not None:
        return _("The message it answers was deleted. It cannot leave any more.")
    if last is not None and last.received_at > one.asked_at:
        return _("They have written again since.")
    return ""


def because(reasons: Collection[str]) -> tuple[str, ...]:
    said = {
        Why.ROLE: _("whoever wrote it does not send"),
        Why.CERTIFICATE: _("whoever wrote it lacks the certificate"),
        Why.ASKED: _("its writer wants a second pair of eyes"),
        Why.NETWORK: _("every answer there is approved"),
        Why.REACH: _("many people follow this person"),
        Why.POSTURE: _("the desk is on alert"),
        Why.URGENCY: _("it is urgent"),
        Why.WARNING: _("the guard warns"),
        Why.ENDED: _("the relation with them is ended"),
    }
    return tuple(said[Why(one)] for one in reasons if one in set(Why))
