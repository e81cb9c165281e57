"""What is known around a draft: the case it answers, told to the guard as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from cortafuegos.channels.models import Account
from cortafuegos.guard.models import GuardPolicy
from cortafuegos.guard.values import Context, Entry, Formality, Setting
from cortafuegos.inbox.actions.posture import posture_of
from cortafuegos.inbox.models import Event, Message, Reply
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent

LOOK_BACK = 30  # messages of the case
SAID_LATELY = timedelta(hours=24)
MOST_SAID = 100
WAITING = (Reply.State.QUEUED, Reply.State.SENDING, Reply.State.UNKNOWN)


def context(
    *, target: Message, account: Account, agent: Agent | None, length: int, limit: int, erred: bool = False
) -> Context:
    """``erred``: a mistake of ours waits for its apology there. Whoever is owed one has a complaint, whatever
    they wrote, and nothing we said before counts as an answer to it."""
    policy = GuardPolicy.objects.filter(brand_id=target.brand_id).first() or GuardPolicy()
    labels = target.labels if isinstance(target.labels, dict) else {}
    history, answered = _history(target)
    urgency = labels.get("urgency")
    return Context(
        length=length,
        limit=limit,
        asked_in_private=not target.public,
        network=account.network,
        language=(target.language or account.language)[:2],
        first_answer=erred or not answered,
        message=target.text,
        intent="complaint" if erred else _label(labels, "intent"),
        cause="human" if erred else _label(labels, "cause"),
        urgency=urgency if isinstance(urgency, int) and not isinstance(urgency, bool) else None,
        customer=target.identity.name,
        agent=agent.user.name if agent else "",
        initials=sign(agent) if agent else "",
        history=history,
        formality=Formality(policy.formality) if policy.formality in set(Formality) else None,
        posture=posture_of(target.brand_id),
        reach=target.identity.followers,
        recent_public=_said_to_others(target),
        forbidden=policy.forbidden,
        names=tuple(policy.names),
        own_domains=tuple(policy.domains),
        settings=settings_of(policy),
    )


def settings_of(policy: GuardPolicy) -> Mapping[str, Setting]:
    return {rule: Setting(value) for rule, value in policy.rules.items() if value in set(Setting)}


def _history(target: Message) -> tuple[Sequence[Entry], bool]:
    """The case's messages with what still waits to leave, oldest first, without the one answered; and
    whether anybody of ours has answered."""
    mine = {"brand_id": target.brand_id, "case_id": target.case_id}
    said = Message.objects.filter(**mine).exclude(pk=target.pk).order_by("-posted_at", "-pk")
    rows = said.values_list("direction", "public", "text")[:LOOK_BACK]
    entries = [Entry("customer" if way == "in" else "agent", public, text) for way, public, text in rows]
    entries.reverse()
    waiting = Reply.objects.filter(**mine, state__in=WAITING).order_by("created_at")
    entries += [Entry("agent", public, text) for public, text in waiting.values_list("public", "text")]
    return tuple(entries), any(entry.author == "agent" for entry in entries)


def _said_to_others(target: Message) -> Sequence[str]:
    """Found through the log of events, whose index begins with brand and kind."""
    since = clock.now() - SAID_LATELY
    queued = Event.objects.filter(brand_id=target.brand_id, kind="reply.queued", at__gt=since)
    others = queued.exclude(case=target.case).order_by("-at").values_list("data__reply", flat=True)
    replies = Reply.objects.filter(brand_id=target.brand_id, pk__in=list(others[:MOST_SAID]), public=True)
    return tuple(replies.values_list("text", flat=True))


def _label(labels: Mapping[str, Any], key: str) -> str:
    """Triage may say it plainly or with how sure it is."""
    value = labels.get(key)
    if isinstance(value, dict):
        value = value.get("label") or value.get("value")
    return value if isinstance(value, str) else ""


def sign(agent: Agent) -> str:
    """As customers read it, without the mark before it."""
    signature = agent.signature.strip(" ^-–—*/|~.")
    return signature or "".join(part[0] for part in agent.user.name.split()[:3]).upper()
