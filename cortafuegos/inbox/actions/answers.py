"""Our answers, and what is about to be one, go where the messages are that they answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from cortafuegos.inbox.actions import showing
from cortafuegos.inbox.actions.record import record, save
from cortafuegos.inbox.actions.splitting import carry, move_drafts
from cortafuegos.inbox.models import Approval, Case, Draft, Message, Reply
from cortafuegos.team.models import Agent

IN, OUT = Message.Direction.IN, Message.Direction.OUT
Groups = Mapping[int, Sequence[Message]]


def answers(case: Case, groups: Groups) -> dict[int, list[int]]:
    """Our answers in ``case`` to what is, or will be, in other cases (``groups``: by the case's id): those
    written to it, those that name it, and in private those of its exchange when nobody else speaks there."""
    where = {message.pk: pk for pk, said in groups.items() for message in said}
    named = {(m.network, m.network_id): pk for pk, said in groups.items() for m in said}
    exchanges = {m.conversation_id: pk for pk, said in groups.items() for m in said if not m.public}
    staying = Message.objects.filter(brand_id=case.brand_id, case=case, direction=IN).exclude(pk__in=where)
    shared = set(staying.values_list("conversation_id", flat=True))
    replies = Reply.objects.filter(brand_id=case.brand_id, case=case, message__isnull=False)
    targets = dict(replies.values_list("message_id", "target_id"))
    found: dict[int, list[int]] = defaultdict(list)
    for one in _ours(case).order_by("posted_at", "pk"):
        pk = where.get(targets.get(one.pk, 0)) or named.get((one.network, one.in_reply_to))
        if pk is None and one.conversation_id not in shared:
            pk = exchanges.get(one.conversation_id)
        if pk is not None:
            named[(one.network, one.network_id)] = pk  # what continues it goes along
            found[pk].append(one.pk)
    return found


def hand_over(actor: Agent, case: Case, target: Case, said: Sequence[int], ours: Sequence[int]) -> None:
    """What they said, which may be there already, and what we answered, with all that hangs on either."""
    ids = [*said, *ours]
    waiting = Draft.objects.filter(brand_id=case.brand_id, case=case, target_id__in=ids)
    move_drafts(target, list(waiting))
    here = Message.objects.filter(brand_id=case.brand_id, case=case, pk__in=ids)
    moved = set(here.values_list("pk", flat=True))
    answered = not showing.unanswered(case).exists()
    carry(case, target, ids)
    if answered and case.state != Case.State.CLOSED and showing.unanswered(case).exists():
        case.awaits_us = True  # the last word was for somebody else
        save(case, "awaits_us")
    if told := [pk for pk in ids if pk in moved]:
        record("case.split", case, actor, {"into": target.pk, "number": target.number, "messages": told})
        record("case.opened", target, actor, {"split_from": case.pk, "number": case.number})


def follow(actor: Agent, case: Case, others: Mapping[int, Case]) -> set[int]:
    """What in ``case`` answers something that is in one of ``others`` goes there. Returns the cases that
    changed."""
    ours = _ours(case)
    mine = {"brand_id": case.brand_id, "case": case}
    about = Q(pk__in=[])
    for model in (Reply, Draft, Approval):
        about |= Q(pk__in=model.objects.filter(**mine, target__isnull=False).values("target_id"))
    about |= Q(network_id__in=ours.exclude(in_reply_to="").values("in_reply_to"))
    about |= Q(public=False, conversation__in=ours.filter(public=False).values("conversation_id"))
    theirs = Message.objects.filter(brand_id=case.brand_id, direction=IN, case__in=list(others))
    groups: dict[int, list[Message]] = defaultdict(list)
    for message in theirs.exclude(case=case).filter(about).order_by("posted_at", "pk"):
        groups[message.case_id or 0].append(message)
    moving = answers(case, groups) if groups else {}
    for pk, said in groups.items():
        hand_over(actor, case, others[pk], [message.pk for message in said], moving.get(pk, []))
    return {case.pk, *groups} if groups else set()


def _ours(case: Case) -> QuerySet[Message]:
    return Message.objects.filter(brand_id=case.brand_id, case=case, direction=OUT)
