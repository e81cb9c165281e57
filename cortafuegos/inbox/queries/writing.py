"""What the composer needs: where an answer can go, as whom, and what was written so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cortafuegos.channels.models import Account
from cortafuegos.inbox import rules
from cortafuegos.inbox.models import Case, Draft, Message
from cortafuegos.inbox.queries.cast import Cast
from cortafuegos.inbox.queries.thread import Thread
from cortafuegos.kit.compiled import compiled, first
from cortafuegos.team.models import Agent


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer: public or private, to one message, as one of some accounts."""

    public: bool
    target: Message
    accounts: tuple[Account, ...]
    account: Account  # the one proposed


@dataclass(frozen=True, slots=True)
class Writing:
    public: Way | None
    private: Way | None
    draft: Draft | None  # one's own
    last_public: bool | None  # where the customer spoke last; None when they never did


def writing(actor: Agent, case: Case, thread: Thread, cast: Cast) -> Writing:
    last_public, last_private = _latest(case, thread, public=True), _latest(case, thread, public=False)
    last = max((m for m in (last_public, last_private) if m), key=lambda m: (m.posted_at, m.pk), default=None)
    return Writing(
        public=way(last_public, cast.live(), public=True),
        private=way(last_private or last_public, cast.live(), public=False),
        draft=first(_drafts(case.brand_id, case.pk, actor.pk)),
        last_public=last.public if last else None,
    )


@compiled
def _drafts(brand_id: Any, case_id: Any, agent_id: Any) -> QuerySet[Draft]:
    return Draft.objects.filter(brand_id=brand_id, case_id=case_id, agent_id=agent_id)


def _latest(case: Case, thread: Thread, *, public: bool) -> Message | None:
    """What the customer said last, in public or in private: nearly always in the thread already."""
    for message in reversed(thread.messages):
        if message.public == public and message.direction == "in" and not message.deleted_at:
            return message
    if not thread.earlier:
        return None
    said = Message.objects.filter(brand_id=case.brand_id, case_id=case.pk, direction="in", deleted_at=None)
    return said.filter(public=public).select_related("identity").order_by("-posted_at", "-id").first()


def way(target: Message | None, accounts: list[Account], *, public: bool) -> Way | None:
    """None when there is nothing to answer this way, or no account left to do it."""
    if target is None:
        return None
    # A private exchange goes on from the account it began with; in public a sister may answer.
    able = [
        a
        for a in accounts
        if a.network == target.network and (public or target.public or a.pk == target.account_id)
    ]
    if not able:
        return None
    siblings = [rules.Sibling(a.pk, a.network, a.is_support, a.may_send) for a in able]
    chosen = rules.answering_account(target.account_id, target.network, public, siblings)
    proposed = next((a for a in able if a.pk == chosen), able[0])
    return Way(public, target, tuple(able), proposed)
