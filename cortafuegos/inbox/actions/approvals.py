"""Answers that wait for a second person: asked for, decided, returned, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.models import Account
from cortafuegos.inbox import approving
from cortafuegos.inbox.actions import (
    deciding,
    drafts,
    filing,
    guarding,
    licence,
    permission,
    replies,
    waiting,
)
from cortafuegos.inbox.actions.record import allow, lock, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.files.carrying import Json
from cortafuegos.inbox.models import Approval, Case, Draft, Message, Reply
from cortafuegos.inbox.templating import Filled, stored
from cortafuegos.kit import clock
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may

State = Approval.State
LONGEST_COMMENT = 1_000
OPEN = (State.WAITING, State.RETURNED)


@transaction.atomic
def send(actor: Agent, case: Case, **wanted: Any) -> Reply | Approval:
    """What the button does: the answer leaves, or waits for whoever may let it go. Somebody who may not
    send there is refused, as by every other door."""
    key, template, meant = wanted.get("key"), wanted.get("template"), wanted.pop("meant", False)
    if not (key and Reply.objects.filter(brand_id=actor.brand_id, key=key).exists()):
        lock(actor, case)
        place = {name: wanted[name] for name in ("public", "target", "account")}
        judged = replies.check(actor, case, text=template.text if template else wanted["text"], **place)
        why = deciding.reasons(actor, **place, warned=deciding.warned_of(judged))
        if why and not approving.NOT_THEIRS_TO_SEND & set(why):
            return ask(actor, case, **wanted)
    return replies.send(actor, case, **wanted, meant=meant)


@transaction.atomic
def ask(
    actor: Agent,
    case: Case,
    *,
    text: str,
    public: bool,
    target: Message,
    account: Account,
    key: UUID | None = None,
    reason: str = "",
    template: Filled | None = None,
    by_hand: bool = False,
    files: Sequence[Json] = (),
) -> Approval:
    """Hand an answer over. What the guard blocks is refused to whoever could send it; a drafter may
    hand it over all the same, and whoever owns it mends it. ``template`` and ``by_hand`` as in
    ``replies.send``."""
    allow(actor, May.WRITE)
    case = lock(actor, case)
    if key and (again := Approval.objects.filter(brand_id=actor.brand_id, key=key).first()):
        return again
    replies.belongs(case, target, account)
    words = template.text if template else storable(text).strip()
    judged = guarding.judge(words, public=public, target=target, account=account, agent=actor)
    why = deciding.reasons(actor, account, target, public=public, warned=deciding.warned_of(judged))
    why = why or (approving.Why.ASKED,)
    if may(actor.role, May.SEND):
        replies.free_to_answer(case, actor)
        replies.reachable(account, target, public)
        permission.require(account, target, public=public, by_hand=by_hand, template=template is not None)
        alone = by_hand or template is not None
        replies.carrying(account, target, words, files, public=public, alone=alone)
    if approving.needs_a_decider(why) and approving.Why.ROLE not in why:
        judged = guarding.settle(judged, reason)
    elif not words:
        raise Refusal(_("Write the reply first."), code="empty", status=422)
    now = clock.now()
    approval = Approval.objects.create(
        brand_id=case.brand_id,
        case=case,
        agent=actor,
        account=account,
        target=target,
        public=public,
        text=words,
        template=template.stored() if template else {},
        by_hand=by_hand,
        files=list(files),
        reasons=[str(one) for one in why],
        guard=judged,
        asked_at=now,
        due_at=approving.due(now, deciding.policy_of(case.brand_id).approval_minutes),
        **({"key": key} if key else {}),
    )
    if case.assignee_id is None and may(actor.role, May.SEND):
        case.assignee = actor
        save(case, "assignee")
        record("case.claimed", case, actor, {"by_answering": True})
    filing.hand_over(case.brand_id, files)
    replies.use_up_drafts(case, actor)
    waiting.show(case)
    record("approval.asked", case, actor, {**facts(approval), "reasons": approval.reasons})
    return approval


@transaction.atomic
def propose(actor: Agent, case: Case) -> Approval:
    """Hand the draft as it stands over; without a chosen message it answers their last."""
    allow(actor, May.WRITE)
    case = lock(actor, case)
    draft = Draft.objects.filter(brand_id=case.brand_id, case=case, agent=actor).first()
    if draft is None or draft.mode == "note":
        raise Refusal(_("Write the reply first."), code="empty", status=422)
    said = Message.objects.filter(brand_id=case.brand_id, case=case, direction="in", deleted_at=None)
    target = draft.target or said.select_related("account", "identity").order_by("-posted_at", "-pk").first()
    if target is None:
        raise Refusal(_("There is nothing to answer this way."), code="no_such_message", status=422)
    public, account = draft.mode == "public", draft.account or target.account
    place: dict[str, Any] = {"public": public, "target": target, "account": account}
    return ask(actor, case, text=draft.text, files=draft.files, **place)


@transaction.atomic
def approve(
    actor: Agent,
    approval: Approval,
    *,
    text: str | None = None,
    files: Sequence[Json] | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Reply:
    """Let it go, as it is or with other words or files, and judged again as if it were written now.

    It leaves in the writer's name when they may answer there themselves and every word is theirs;
    otherwise the approver owns it. ``seen`` is the customer's last message that the approver has read.
    """
    allow(actor, May.SEND)
    case, held = _held(actor, approval)
    _still(held, State.WAITING)
    _may_decide(actor, held)
    _nothing_new(case, held, seen)
    words = held.text if text is None else storable(text).strip()
    if held.template and words != held.text:
        raise Refusal(
            _("The network approved these words as they are. Approve them, or return them with a comment."),
            code="template",
            status=422,
        )
    carried = held.files if files is None else list(files)
    same = words == held.text and carried == held.files
    theirs = same and _may_send(held)
    owner = held.agent if theirs else actor
    _settle(held, State.APPROVED, actor)
    held.reply = replies.send(
        owner,
        case,
        text=words,
        files=carried,
        public=held.public,
        target=held.target,
        account=held.account,
        drafted_by=None if theirs else held.agent,
        key=held.key,
        reason=reason or deciding.reason_given(held, words, owner),
        approved=held,
        by_hand=held.by_hand,
        template=stored(held.template, held.text),
    )
    held.save(update_fields=["reply"])
    waiting.show(case)
    edited = {"edited": not same, "owner": owner.pk}
    record("approval.given", case, actor, {**facts(held), **edited, "reply": held.reply.pk})
    return held.reply


@transaction.atomic
def give_back(actor: Agent, approval: Approval, comment: str) -> Approval:
    """Return it to its writer, with what they should change or why it will not go."""
    allow(actor, May.SEND)
    case, held = _held(actor, approval)
    _still(held, State.WAITING)
    _may_decide(actor, held)
    said = storable(comment, LONGEST_COMMENT).strip()
    if not any(char.isalnum() for char in said):
        raise Refusal(_("Tell its writer why, in a few words."), code="needs_reason", status=422)
    held.comment = said
    _settle(held, State.RETURNED, actor)
    if held.agent.active:
        drafts.again(held.agent, held)
    waiting.show(case)
    record("approval.returned", case, actor, facts(held))
    return held


@transaction.atomic
def take_back(actor: Agent, approval: Approval) -> Approval:
    """Its writer wants it again, or leaves what was returned. The words are in their composer."""
    allow(actor, May.WRITE)
    case, held = _held(actor, approval)
    if held.agent_id != actor.pk:
        raise Refusal(_("Only who wrote it can take it back."), code="not_yours", status=403)
    _still(held, *OPEN)
    if held.state == State.WAITING:
        _settle(held, State.WITHDRAWN)
        drafts.again(actor, held)
    else:
        held.done_at = clock.now()
        held.save(update_fields=["done_at"])
    waiting.show(case)
    record("approval.withdrawn", case, actor, facts(held))
    return held


def _held(actor: Agent, approval: Approval) -> tuple[Case, Approval]:
    """The case, then the row, in this order as everywhere. A merge may have moved it meanwhile."""
    mine = Approval.objects.filter(brand_id=actor.brand_id, pk=approval.pk)
    while True:
        where = mine.select_related("case").first()
        if where is None:
            raise Refusal(_("There is no such answer."), code="no_such_approval", status=404)
        case = lock(actor, where.case)
        rows = mine.select_for_update(of=("self",)).select_related(
            "account", "agent__user", "decided_by__user"
        )
        held = rows.select_related("target__identity", "target__conversation").get()
        if held.case_id == case.pk:
            held.case = case
            return case, held


def _still(held: Approval, *states: str) -> None:
    if held.state in states and held.done_at is None:
        return
    at = {"name": held.decided_by or held.agent, "hour": f"{timezone.localtime(held.decided_at):%H:%M}"}
    match held.state:
        case State.APPROVED:
            sentence = _("%(name)s approved it already, at %(hour)s.") % at
        case State.RETURNED:
            sentence = _("%(name)s returned it already, at %(hour)s.") % at
        case _:
            sentence = _("%(name)s took it back, at %(hour)s.") % at
    raise Refusal(sentence, code="decided")


def _may_decide(actor: Agent, held: Approval) -> None:
    """Another person, who may answer there; and one who decides where a rule asks for it, also when it
    asks only since the answer was written."""
    if actor.pk == held.agent_id:
        raise Refusal(_("Nobody approves their own answer."), code="own", status=403)
    licence.require(actor, held.account, held.target)
    warned = deciding.warned_of(held.guard)
    now = deciding.reasons(held.agent, held.account, held.target, public=held.public, warned=warned)
    mine = deciding.reasons(actor, held.account, held.target, public=held.public, warned=warned)
    asked = {*held.reasons, *now, *mine}
    if not deciding.settles(actor, held.account.network, asked):
        raise Refusal(_("A supervisor has to decide about this answer."), code="not_approver", status=403)


def _nothing_new(case: Case, held: Approval, seen: int | None) -> None:
    said = Message.objects.filter(brand_id=case.brand_id, case=case, direction="in")
    last = said.order_by("-received_at", "-pk").values_list("pk", "received_at").first()
    if last and last[1] > held.asked_at and seen != last[0]:
        raise Refusal(_("They have written again since. Read it, and decide then."), code="wrote_again")


def _may_send(held: Approval) -> bool:
    writer = held.agent
    able = writer.active and may(writer.role, May.SEND)
    return able and not licence.lacking(writer, held.account, held.target)


def _settle(held: Approval, state: str, by: Agent | None = None) -> None:
    now = clock.now()
    held.state, held.decided_at, held.decided_by = state, now, by
    held.done_at = None if state == State.RETURNED and held.agent.active else now
    held.save(update_fields=["state", "decided_at", "decided_by", "done_at", "comment"])


def facts(approval: Approval) -> dict[str, Any]:
    return {"approval": approval.pk, "by": approval.agent_id, "public": approval.public}
