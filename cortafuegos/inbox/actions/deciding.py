"""Which of a brand's answers wait for a second person, and who decides about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels import registry
from cortafuegos.channels.models import Account
from cortafuegos.inbox import approving
from cortafuegos.inbox.actions import guarding, licence
from cortafuegos.inbox.actions.holding import seconds_of
from cortafuegos.inbox.actions.posture import posture_of
from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.approving import Answer, Rules, Why
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.holding import LONGEST
from cortafuegos.inbox.models import Approval, Event, Message, ReplyPolicy
from cortafuegos.inbox.queries.relations import ended_with
from cortafuegos.kit import clock
from cortafuegos.kit.compiled import compiled, first
from cortafuegos.team.certificates import holdings_of
from cortafuegos.team.licence import Kind, Need, Place, covers
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may

APPROVERS = ("", Kind.CRISIS.value, Kind.CHANNEL.value)  # besides supervisors and owners


def policy_of(brand_id: int) -> ReplyPolicy:
    return first(_policies(brand_id)) or ReplyPolicy(brand_id=brand_id)


@compiled
def _policies(brand_id: Any) -> QuerySet[ReplyPolicy]:
    return ReplyPolicy.objects.filter(brand_id=brand_id)


def decides(agent: Agent, network: str, policy: ReplyPolicy | None = None) -> bool:
    """A supervisor, an owner, or somebody with the certificate that the brand names."""
    if not agent.active or not may(agent.role, May.SEND):
        return False
    if may(agent.role, May.APPROVE):
        return True
    named = (policy or policy_of(agent.brand_id)).approver_certificate
    if named not in APPROVERS[1:]:
        return False
    need, place = Need(Kind(named)), Place(network, "", "crisis")
    return any(covers(held, need, place) for held in holdings_of(agent, clock.now()))


def settles(agent: Agent, network: str, why: Collection[str]) -> bool:
    """Whether this person may let go what waits for these reasons. Only those who end relations decide what
    is said in public to somebody with whom one is ended."""
    if Why.ENDED in why and not may(agent.role, May.END):
        return False
    return not approving.needs_a_decider(why) or decides(agent, network)


def reasons(
    agent: Agent,
    account: Account,
    target: Message,
    *,
    public: bool,
    warned: frozenset[str] = frozenset(),
) -> tuple[Why, ...]:
    """Why what this person writes waits for a second one; empty: it may leave."""
    found: list[Why] = []
    if not may(agent.role, May.SEND):
        found.append(Why.ROLE)
    elif licence.lacking(agent, account, target):
        found.append(Why.CERTIFICATE)
    ended = public and ended_with(target)
    return (*found, *by_rule(agent, [Spot(account.network, target, public, ended=ended)], warned)[0])


def only_for_a_warning(
    agent: Agent, account: Account, target: Message, *, public: bool, verdict: Mapping[str, Any]
) -> bool:
    """Whether nothing but what the guard warns of makes it wait: nobody knows before it is written."""
    warned = warned_of(verdict)
    if not warned:
        return False
    return reasons(agent, account, target, public=public, warned=warned) == (Why.WARNING,)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer would appear, and what it answers."""

    network: str
    target: Message
    public: bool
    ended: bool = False  # the relation with whoever it answers


def by_rule(
    agent: Agent, places: Sequence[Spot], warned: frozenset[str] = frozenset()
) -> list[tuple[Why, ...]]:
    """What the brand's rules say to each. One statement as a rule: a graver posture never asks for
    less, so where the gravest asks for nothing, nobody needs to know how alarmed the desk is."""
    last = [
        (Why.ENDED,) if place.public and place.ended and not may(agent.role, May.END) else ()
        for place in places
    ]
    return [(*why, *ended) for why, ended in zip(_by_rule(agent, places, warned), last, strict=True)]


def _by_rule(agent: Agent, places: Sequence[Spot], warned: frozenset[str]) -> list[tuple[Why, ...]]:
    policy = policy_of(agent.brand_id)
    rules = approving.read(policy.approval_rules)
    answers = [_answer(place, warned) for place in places]
    if not any(approving.needed(rules, replace(one, posture="crisis"), decides=False) for one in answers):
        return [() for _place in places]
    posture = posture_of(agent.brand_id)
    spoken = [approving.needed(rules, replace(one, posture=posture), decides=False) for one in answers]
    free = not rules.everybody
    return [
        () if why and free and decides(agent, place.network, policy) else why
        for place, why in zip(places, spoken, strict=True)
    ]


def _answer(place: Spot, warned: frozenset[str]) -> Answer:
    target = place.target
    urgency = target.labels.get("urgency") if isinstance(target.labels, dict) else None
    return Answer(
        network=place.network,
        public=place.public,
        followers=target.identity.followers,
        urgency=urgency if isinstance(urgency, int) and not isinstance(urgency, bool) else None,
        warned=warned,
    )


def warned_of(verdict: Mapping[str, Any]) -> frozenset[str]:
    """The rules that would be passed over if this left."""
    return frozenset(one["rule"] for one in verdict.get("findings", ()) if one["severity"] == "warn")


@transaction.atomic
def save_policy(
    actor: Agent, *, hold_seconds: int, approval_minutes: int, rules: Rules, approver_certificate: str = ""
) -> ReplyPolicy:
    """For the answers to come; what is held or waits now keeps the time it was given."""
    allow(actor, May.GUARD)
    if not 0 <= hold_seconds <= LONGEST:
        raise Refusal(_("Choose between 0 and 60 seconds."), code="no_such_time", status=422)
    if not 1 <= approval_minutes <= approving.MOST_MINUTES:
        raise Refusal(_("Choose between 1 and 240 minutes."), code="no_such_time", status=422)
    kept = approving.stored(rules)
    known = rules.networks <= set(registry.networks()) and approving.read(kept) == rules
    if approver_certificate not in APPROVERS or not known:
        raise Refusal(_("There is no such rule or setting."), code="no_such_rule", status=422)
    policy, _made = ReplyPolicy.objects.select_for_update().get_or_create(brand_id=actor.brand_id)
    before = _facts(policy)
    policy.hold_seconds, policy.approval_minutes = hold_seconds, approval_minutes
    policy.approval_rules, policy.approver_certificate = kept, approver_certificate
    policy.save()
    changed = {name: value for name, value in _facts(policy).items() if before[name] != value}
    if changed:
        Event.objects.create(brand_id=actor.brand_id, kind="answering.set", agent=actor, data=changed)
    return policy


def set_hold(actor: Agent, seconds: int) -> ReplyPolicy:
    """Only how long a reply is held back."""
    return _change(actor, hold_seconds=seconds)


def set_rules(actor: Agent, **changed: Any) -> ReplyPolicy:
    """Only some of the rules of approval."""
    policy = policy_of(actor.brand_id)
    return _change(actor, rules=replace(approving.read(policy.approval_rules), **changed))


def _change(actor: Agent, **changed: Any) -> ReplyPolicy:
    policy = policy_of(actor.brand_id)
    now = {
        "hold_seconds": seconds_of(actor.brand_id),
        "approval_minutes": policy.approval_minutes,
        "rules": approving.read(policy.approval_rules),
        "approver_certificate": policy.approver_certificate,
    }
    return save_policy(actor, **{**now, **changed})


def _facts(policy: ReplyPolicy) -> dict[str, Any]:
    return {
        "hold_seconds": policy.hold_seconds,
        "approval_minutes": policy.approval_minutes,
        "approver_certificate": policy.approver_certificate,
        **approving.stored(approving.read(policy.approval_rules)),
    }


def reason_given(held: Approval, words: str, owner: Agent) -> str:
    """The writer's reason serves for the warnings it was given for, and for no other."""
    override = guarding.overridden(held.guard) or {}
    if not override or words != held.text:
        return ""
    judged = guarding.judge(words, public=held.public, target=held.target, account=held.account, agent=owner)
    return str(override["reason"]) if warned_of(judged) <= set(override["rules"]) else ""
