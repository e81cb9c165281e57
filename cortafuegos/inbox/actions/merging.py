"""Two cases that are one matter, one case that is two, and the way back from both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions import clocks, drafts, outbox
from cortafuegos.inbox.actions.record import allow, lock, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline, Draft, Event, Message, Note, Reply
from cortafuegos.inbox.rules import SNIPPET_LENGTH, SUBJECT_LENGTH, first_words
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent, Brand
from cortafuegos.team.rules import May

State = Case.State
MOST = 20  # cases merged at once


@transaction.atomic
def merge(actor: Agent, into: Case, sources: Sequence[Case]) -> Case:
    """Everything of the sources moves into one case. What moved is on record, so that each source
    can be taken out again (:func:`unmerge`)."""
    allow(actor, May.WORK)
    wanted = {case.pk for case in sources} - {into.pk}
    if not wanted or len(wanted) > MOST:
        raise Refusal(
            _("Choose between one and %(most)d other cases.") % {"most": MOST},
            code="nothing_to_merge",
            status=422,
        )
    held = {case.pk: case for case in (lock(actor, c) for c in _in_order([into, *sources]))}
    into = held[into.pk]
    for pk in sorted(wanted):
        _absorb(actor, into, held[pk])
    _refresh(into)
    return into


def _in_order(cases: Sequence[Case]) -> list[Case]:
    """Locks are always taken by rising number, so that two merges never wait for each other."""
    return [case for _pk, case in sorted({case.pk: case for case in cases}.items())]


def _absorb(actor: Agent, into: Case, source: Case) -> None:
    mine = {"brand_id": source.brand_id, "case": source}
    moved = {
        "messages": list(Message.objects.filter(**mine).values_list("pk", flat=True)),
        "notes": list(Note.objects.filter(**mine).values_list("pk", flat=True)),
        "replies": list(Reply.objects.filter(**mine).values_list("pk", flat=True)),
    }
    before = {
        "state": source.state,
        "closed_at": source.closed_at.isoformat() if source.closed_at else None,
        "snoozed_until": source.snoozed_until.isoformat() if source.snoozed_until else None,
    }
    for model in (Message, Note, Reply):
        model.objects.filter(**mine).update(case=into)
    _move_drafts(source, into)
    owed = list(Deadline.objects.filter(**mine, done_at=None, kind__in=clocks.PROMISES))
    clocks.finish(source, list(Deadline.Kind), Deadline.State.CANCELLED, clock.now())
    for deadline in owed:  # the earlier of two promises of one kind is the one that counts
        there = Deadline.objects.filter(
            brand_id=into.brand_id, case=into, kind=deadline.kind, done_at=None
        ).first()
        if there is None or there.due_at > deadline.due_at:
            clocks.start(into, deadline.kind, deadline.due_at)
    if source.state in (State.OPEN, State.SNOOZED) and into.state == State.CLOSED:
        into.state, into.closed_at = State.OPEN, None
    into.tags = list(dict.fromkeys([*into.tags, *source.tags]))
    into.assignee_id = into.assignee_id or source.assignee_id
    source.state, source.merged_into, source.due_at = State.MERGED, into, None
    source.proposed = source.failed = False
    save(source, "state", "merged_into", "due_at", "proposed", "failed")
    record("case.merged", source, actor, {"into": into.pk, "before": before, "moved": moved})
    record("case.absorbed", into, actor, {"source": source.pk, "number": source.number})


def _move_drafts(source: Case, into: Case) -> None:
    """A draft goes along. Who was writing in both has the two texts in one."""
    for draft in Draft.objects.filter(brand_id=source.brand_id, case=source):
        there = Draft.objects.filter(brand_id=into.brand_id, case=into, agent_id=draft.agent_id).first()
        if there is None:
            draft.case = into
            draft.save(update_fields=["case"])
        else:
            there.text = f"{there.text}\n\n{draft.text}"
            there.save(update_fields=["text"])
            draft.delete()
    drafts.show_proposed(into)


@transaction.atomic
def unmerge(actor: Agent, source: Case) -> Case:
    """Undo a merge: what came from the source goes back to it, if it is still in the case it was
    merged into."""
    allow(actor, May.WORK)
    held = Case.objects.select_for_update(of=("self",), no_key=True)
    found = held.filter(brand_id=actor.brand_id, pk=source.pk, state=State.MERGED).first()
    if found is None or found.merged_into is None:
        raise Refusal(_("This case is not merged."), code="not_merged")
    source, into = found, found.merged_into
    into = held.get(brand_id=actor.brand_id, pk=into.pk)
    event = (
        Event.objects.filter(brand_id=source.brand_id, case=source, kind="case.merged")
        .order_by("-pk")
        .first()
    )
    moved: dict[str, Any] = event.data["moved"] if event else {}
    for model, name in ((Message, "messages"), (Note, "notes"), (Reply, "replies")):
        model.objects.filter(brand_id=source.brand_id, case=into, pk__in=moved.get(name, [])).update(
            case=source
        )
    source.state, source.merged_into = State.OPEN, None
    source.closed_at = source.snoozed_until = None
    save(source, "state", "merged_into", "closed_at", "snoozed_until")
    record("case.unmerged", source, actor, {"from": into.pk})
    record("case.gave_back", into, actor, {"source": source.pk, "number": source.number})
    for case in (source, into):
        if case.state != State.MERGED:
            _refresh(case)
    return source


@transaction.atomic
def split(actor: Agent, case: Case, message_ids: Sequence[int]) -> Case:
    """Some messages are another matter: they become a case of their own, in the same hands."""
    allow(actor, May.WORK)
    case = lock(actor, case)
    chosen = list(
        Message.objects.filter(brand_id=case.brand_id, case=case, pk__in=message_ids)
        .select_related("identity")
        .order_by("posted_at", "pk")
    )
    theirs = [m for m in chosen if m.direction == Message.Direction.IN]
    if not theirs:
        raise Refusal(_("Choose at least one message of the customer."), code="nothing_to_split", status=422)
    if len(chosen) == Message.objects.filter(brand_id=case.brand_id, case=case).count():
        raise Refusal(_("Leave at least one message in the case."), code="nothing_left", status=422)
    brand = Brand.objects.select_for_update(no_key=True).get(pk=case.brand_id)
    first, last = theirs[0], theirs[-1]
    new = Case.objects.create(
        brand=brand,
        number=brand.next_case_number,
        subject=first_words(first.subject or first.text, SUBJECT_LENGTH) or case.subject,
        person_id=first.identity.person_id,
        identity=last.identity,
        account_id=last.account_id,
        network=last.network,
        public=last.public,
        assignee_id=case.assignee_id,
        team_id=case.team_id,
        language=first.language,
        snippet=first_words(chosen[-1].text, SNIPPET_LENGTH),
        awaits_us=chosen[-1].direction == Message.Direction.IN,
        opened_at=first.posted_at,
        last_message_at=chosen[-1].posted_at,
    )
    brand.next_case_number += 1
    brand.save(update_fields=["next_case_number"])
    ids = [message.pk for message in chosen]
    Message.objects.filter(brand_id=case.brand_id, pk__in=ids).update(case=new)
    Reply.objects.filter(brand_id=case.brand_id, case=case, message_id__in=ids).update(case=new)
    Reply.objects.filter(brand_id=case.brand_id, case=case, target_id__in=ids, message_id=None).update(
        case=new
    )
    if new.awaits_us:
        clocks.start(new, Deadline.Kind.FIRST_ANSWER, clocks.answer_due(last.account, first.posted_at))
    record("case.split", case, actor, {"into": new.pk, "number": new.number, "messages": ids})
    record("case.opened", new, actor, {"split_from": case.pk, "number": case.number})
    _refresh(case)
    _refresh(new)
    return new


def _refresh(case: Case) -> None:
    """Make what the case shows agree with the messages it has now."""
    said = Message.objects.filter(brand_id=case.brand_id, case=case)
    last = said.order_by("-posted_at", "-pk").first()
    inbound = said.filter(direction=Message.Direction.IN).order_by("-posted_at", "-pk").first()
    answered = said.filter(direction=Message.Direction.OUT).order_by("posted_at").first()
    if last is not None:
        case.last_message_at = last.posted_at
        case.snippet = first_words(last.text or last.subject, SNIPPET_LENGTH)
        case.awaits_us = last.direction == Message.Direction.IN
    if inbound is not None:
        case.identity_id, case.account_id = inbound.identity_id, inbound.account_id
        case.network, case.public = inbound.network, inbound.public
    first = said.order_by("posted_at").first()
    if first is not None:
        case.opened_at = first.posted_at
    case.first_answered_at = answered.posted_at if answered else None
    if not case.awaits_us:
        clocks.finish(case, clocks.PROMISES, Deadline.State.CANCELLED, clock.now())
    elif inbound is not None and case.state == State.OPEN:
        owed = Deadline.objects.filter(
            brand_id=case.brand_id, case=case, kind__in=clocks.PROMISES, done_at=None
        )
        if not owed.exists():
            kind = Deadline.Kind.ANSWER if answered else Deadline.Kind.FIRST_ANSWER
            clocks.start(case, kind, clocks.answer_due(inbound.account, inbound.posted_at))
    case.due_at = clocks.next_due(case) if case.state != State.CLOSED else None
    save(
        case,
        *("last_message_at", "snippet", "awaits_us", "identity", "account", "network", "public"),
        *("opened_at", "first_answered_at", "due_at", "state", "closed_at", "tags", "assignee"),
    )
    drafts.show_proposed(case)
    outbox.show_failed(case)
