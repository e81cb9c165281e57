"""Answers to customers: judged, owned, put into the outbox; and what a person may still do there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels import registry
from cortafuegos.channels.models import Account
from cortafuegos.inbox import holding, pricing
from cortafuegos.inbox.actions import (
    cases,
    deciding,
    drafts,
    filing,
    guarding,
    licence,
    outbox,
    permission,
    promises,
    waiting,
)
from cortafuegos.inbox.actions.holding import seconds_of
from cortafuegos.inbox.actions.record import allow, lock, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.files import taking
from cortafuegos.inbox.files.carrying import Json
from cortafuegos.inbox.models import Approval, Case, Draft, Message, Reply
from cortafuegos.inbox.queries.relations import ended_with
from cortafuegos.inbox.templating import Filled
from cortafuegos.kit import clock
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may


def check(
    actor: Agent, case: Case, *, text: str, public: bool, target: Message, account: Account
) -> dict[str, Any]:
    """What the guard would say to this draft, for the composer. Writes nothing."""
    allow(actor, May.WRITE)
    belongs(case, target, account)
    return guarding.judge(text, public=public, target=target, account=account, agent=actor)


STILL_HERE = (Reply.State.QUEUED, Reply.State.FAILED, Reply.State.BY_HAND)


@transaction.atomic
def send(
    actor: Agent,
    case: Case,
    *,
    text: str,
    public: bool,
    target: Message,
    account: Account,
    drafted_by: Agent | None = None,
    key: UUID | None = None,
    reason: str = "",
    approved: Approval | None = None,
    by_hand: bool = False,
    template: Filled | None = None,
    meant: bool = False,
    files: Sequence[Json] = (),
) -> Reply:
    """Put an answer into the outbox, in the actor's name (law 5).

    ``key`` names the press: the same one twice is one reply. ``reason`` is why it goes although the
    guard warns. ``approved`` is what a second person has just decided (``approvals.approve``); without
    it an answer that waits for one is refused. Who answers a case that nobody has takes it. ``by_hand``: not
    into the outbox; somebody posts it in the network's own window (``actions.by_hand``). ``template``: what
    goes instead of ``text``. ``meant``: a supervisor wants it public although the relation
    with whoever it answers is ended. ``files``: what goes along (``files.carrying``).
    """
    allow(actor, May.SEND)
    case = lock(actor, case)  # a second press waits here for the first
    if key and (again := Reply.objects.filter(brand_id=actor.brand_id, key=key).first()):
        return again
    belongs(case, target, account)
    if drafted_by is not None and drafted_by.brand_id != case.brand_id:
        raise Refusal(_("There is nobody of that name here."), code="no_such_agent", status=422)
    free_to_answer(case, actor, *([approved.agent, approved.decided_by] if approved else []))
    reachable(account, target, public)
    alone = by_hand or template is not None
    carrying(account, target, text, files, public=public, alone=alone)
    licence.require(actor, account, target)
    permission.require(account, target, public=public, by_hand=by_hand, template=template is not None)
    text = template.text if template else storable(text).strip()
    if not by_hand and (sentence := pricing.refusal(account, case, target, text, public=public)):
        raise Refusal(sentence, code="too_dear")
    judged = guarding.judge(text, public=public, target=target, account=account, agent=actor)
    verdict = guarding.settle(judged, reason)
    if approved is None and deciding.reasons(
        actor, account, target, public=public, warned=deciding.warned_of(judged)
    ):
        raise Refusal(_("Somebody has to approve this answer first."), code="needs_approval", status=403)
    if public and approved is None and not meant and ended_with(target):
        raise Refusal(
            _("The relation with them is ended. Tick the box if you really want to answer in public."),
            code="ended",
            status=422,
        )
    now = clock.now()
    held_until = None if by_hand else holding.until(now, seconds_of(case.brand_id))
    reply = Reply.objects.create(
        brand_id=case.brand_id,
        case=case,
        conversation_id=target.conversation_id,
        account=account,
        target=target,
        agent=actor,
        drafted_by=drafted_by,
        public=public,
        text=text,
        files=list(files),
        guard=verdict,
        created_at=now,
        held_until=held_until,
        next_attempt_at=held_until or now,
        state=Reply.State.BY_HAND if by_hand else Reply.State.QUEUED,
        by_hand=by_hand,
        template=template.stored() if template else {},
        **({"key": key} if key else {}),
    )
    if case.assignee_id is None:
        case.assignee = actor
        save(case, "assignee")
        record("case.claimed", case, actor, {"by_answering": True})
    filing.hand_over(case.brand_id, files)
    use_up_drafts(case, actor, drafted_by)
    promises.carry(reply)
    kind = "reply.by_hand" if by_hand else "reply.queued"
    record(kind, case, actor, _facts(reply), correlation=reply.correlation)
    if override := guarding.overridden(verdict):
        record(
            "reply.overridden", case, actor, {"reply": reply.pk, **override}, correlation=reply.correlation
        )
    if not by_hand:
        outbox.defer(reply)
    return reply


@transaction.atomic
def cancel(actor: Agent, reply: Reply) -> Reply:
    """Take a reply back while its words have not left. They become the draft again, and whatever files
    are not on the network yet: what is there would go twice. A case that was closed
    over a held reply is open again: its customer has no answer now."""
    allow(actor, May.SEND)
    reply = held(actor, reply)
    if reply.state not in STILL_HERE or reply.look_first:
        raise Refusal(_("It has left already."), code="left")
    was_held = holding.left(reply.held_until, clock.now()) > 0
    reply.state = Reply.State.CANCELLED
    reply.save(update_fields=["state"])
    drafts.again(actor, reply)
    promises.carry_again(reply)
    outbox.show_failed(reply.case)
    record("reply.cancelled", reply.case, actor, {"reply": reply.pk}, correlation=reply.correlation)
    if was_held and reply.case.state == Case.State.CLOSED:
        cases.reopen(actor, reply.case)
    return reply


@transaction.atomic
def retry(actor: Agent, reply: Reply) -> Reply:
    """Try a failed reply again now. It is looked for first where it may have arrived."""
    allow(actor, May.SEND)
    reply = held(actor, reply)
    if reply.state not in (Reply.State.FAILED, Reply.State.QUEUED):
        raise Refusal(_("There is nothing to try again."), code="not_failed")
    licence.require(actor, reply.account, reply.target)
    failed = reply.state == Reply.State.FAILED
    if failed and reply.public and not may(actor.role, May.END) and ended_with(reply.target):
        raise Refusal(_("A supervisor has to decide about this answer."), code="not_approver", status=403)
    if not reply.account.may_send:
        raise Refusal(_refused_sentence(reply.account), code="account_refused")
    reply.state, reply.reason, reply.attempts = Reply.State.QUEUED, "", 0
    reply.next_attempt_at, reply.message = clock.now(), None  # one that failed late stays in the thread
    if licence.lacking(reply.agent, reply.account, reply.target):  # who presses answers for it now
        reply.agent, reply.drafted_by = actor, reply.drafted_by or reply.agent
    changed = ["state", "reason", "attempts", "next_attempt_at", "message", "agent", "drafted_by"]
    reply.save(update_fields=changed)
    outbox.show_failed(reply.case)
    record("reply.retried", reply.case, actor, {"reply": reply.pk}, correlation=reply.correlation)
    outbox.defer(reply)
    return reply


@transaction.atomic
def settle(actor: Agent, reply: Reply, *, sent: bool) -> Reply:
    """A person has looked and says what became of a reply whose fate nobody knew."""
    allow(actor, May.SEND)
    reply = held(actor, reply)
    if reply.state != Reply.State.UNKNOWN:
        raise Refusal(_("Its fate is known already."), code="known")
    now = clock.now()
    if sent:
        outbox.settle_sent(reply, None, now, by=actor)
    else:
        reply.state, reply.look_first = Reply.State.FAILED, False
        reply.unsure = bool(reply.files)  # the words are meant
        reply.reason = str(_("Somebody looked: it is not there."))
        reply.save(update_fields=["state", "reason", "look_first", "unsure"])
        outbox.show_failed(reply.case)
        record("reply.settled", reply.case, actor, {"reply": reply.pk, "sent": False})
    return reply


def belongs(case: Case, target: Message, account: Account) -> None:
    if target.brand_id != case.brand_id or target.case_id != case.pk:
        raise Refusal(_("That message is not part of this case."), code="no_such_message", status=422)
    if account.brand_id != case.brand_id or account.network != target.network:
        raise Refusal(_("That account cannot answer here."), code="wrong_account", status=422)


def free_to_answer(case: Case, *who: Agent | None) -> None:
    """Two people never answer one customer: the case is answered by who has it."""
    able = {None, *(agent.pk for agent in who if agent)}
    if case.assignee_id not in able and case.assignee and case.assignee.active:
        raise Refusal(
            _("%(name)s has this case. Assign it to yourself before you answer.") % {"name": case.assignee},
            code="taken",
        )


def reachable(account: Account, target: Message, public: bool) -> None:
    if not account.may_send:
        raise Refusal(_refused_sentence(account), code="account_refused")
    if target.deleted_at is not None:
        raise Refusal(_("The author has deleted that message."), code="deleted")
    if not target.public and account.pk != target.account_id:
        raise Refusal(
            _("A private conversation can only go on from the account it began with."),
            code="wrong_account",
            status=422,
        )
    limits = registry.connector(account.network).limits(account.view(), public=public)
    if not (limits.public if public else limits.private):
        sentence = _("This account cannot answer in public.") if public else None
        raise Refusal(sentence or _("This account cannot answer in private."), code="no_such_way", status=422)


def carrying(
    account: Account, target: Message, text: str, files: Sequence[Json], *, public: bool, alone: bool
) -> None:
    """Refuse what the network would refuse afterwards."""
    if not files:
        return
    if alone:
        raise Refusal(_("No file can go this way. Take the files out first."), code="no_files", status=422)
    length = registry.connector(account.network).measure(text, public=public)
    if sentence := taking.refusal(account, target, files, length, public=public):
        raise Refusal(sentence, code="no_files", status=422)


def _refused_sentence(account: Account) -> Any:
    return _("%(account)s cannot send now. Your text is kept. Reconnect the account first.") % {
        "account": account.name
    }


def use_up_drafts(case: Case, actor: Agent, drafted_by: Agent | None = None) -> None:
    """What they were writing is written, and what had come back to them is dealt with."""
    writers = [agent.pk for agent in (actor, drafted_by) if agent]
    Draft.objects.filter(brand_id=case.brand_id, case=case, agent_id__in=writers).exclude(
        mode="note"
    ).delete()
    returned = Approval.objects.filter(
        brand_id=case.brand_id, case=case, agent_id__in=writers, state=Approval.State.RETURNED, done_at=None
    )
    if returned.update(done_at=clock.now()):
        waiting.show(case)


def held(actor: Agent, reply: Reply) -> Reply:
    lock(actor, reply.case)
    rows = Reply.objects.select_for_update(of=("self",)).select_related("case", "account", "target", "agent")
    try:
        return rows.get(brand_id=actor.brand_id, pk=reply.pk)
    except Reply.DoesNotExist:
        raise Refusal(_("There is no such reply."), code="no_such_reply", status=404) from None


def _facts(reply: Reply) -> dict[str, Any]:
    return {
        "reply": reply.pk,
        "account": reply.account_id,
        "public": reply.public,
        "verdict": reply.guard["verdict"],
        "drafted_by": reply.drafted_by_id,
    }
