"""Brings a draft before the guard, and puts its findings into words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from cortafuegos.channels import registry
from cortafuegos.channels.models import Account
from cortafuegos.guard.rules import check
from cortafuegos.guard.sentences import sentence
from cortafuegos.guard.values import Draft, Finding
from cortafuegos.inbox.actions import amends
from cortafuegos.inbox.actions.surroundings import context
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Message
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent

LONGEST_REASON = 300


def judge(
    text: str, *, public: bool, target: Message, account: Account, agent: Agent | None = None
) -> dict[str, Any]:
    """The verdict in the form it is stored and shown: verdict, findings with sentences, and the
    length as this network counts it."""
    connector = registry.connector(account.network)
    limits = connector.limits(account.view(), public=public)
    length = connector.measure(text, public=public)
    owed = amends.open_of(target.brand_id, target.case_id)
    around = context(
        target=target,
        account=account,
        agent=agent,
        length=length,
        limit=limits.length,
        erred=amends.owes_an_apology(owed, public=public),
    )
    judgement = check(Draft(text, public), around)
    return {
        "verdict": str(judgement.verdict),
        "findings": [_shown(finding, limits.unit) for finding in judgement.findings],
        "length": length,
        "limit": limits.length,
        "unit": limits.unit,
    }


def _shown(finding: Finding, unit: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "span": list(finding.span),
        "message": in_words(finding, unit),
        "proposal": finding.proposal,
        **({"variants": list(finding.facts["variants"])} if finding.facts.get("variants") else {}),
    }


def in_words(finding: Finding, unit: str) -> str:
    if finding.rule == "too-long":  # the desk knows what this network counts
        return _("Too long for this network by %(over)d %(unit)s.") % {
            "over": finding.facts["over"],
            "unit": unit_name(unit),
        }
    return sentence(finding, gettext)


def settle(verdict: dict[str, Any], reason: str) -> dict[str, Any]:
    """The verdict a reply may leave with. What is blocked stays; what is warned of goes with a reason,
    which is kept beside it."""
    if verdict["verdict"] == "block":
        first = _first(verdict, "block")
        raise Refusal(first["message"], code=first["rule"], status=422)
    if verdict["verdict"] != "warn":
        return verdict
    why = " ".join(storable(reason, LONGEST_REASON).split())
    if not any(char.isalnum() for char in why):
        raise Refusal(
            gettext_lazy("%(finding)s To send it all the same, say why.")
            % {"finding": _first(verdict, "warn")["message"]},
            code="needs_reason",
            status=422,
        )
    rules = sorted({one["rule"] for one in verdict["findings"] if one["severity"] == "warn"})
    return {**verdict, "override": {"reason": why, "rules": rules}}


def overridden(verdict: Mapping[str, Any]) -> dict[str, Any] | None:
    return verdict.get("override")


def _first(verdict: Mapping[str, Any], severity: str) -> dict[str, Any]:
    return next(one for one in verdict["findings"] if one["severity"] == severity)


def unit_name(unit: str) -> str:
    return {
        "graphemes": _("characters"),
        "characters": _("characters"),
        "bytes": _("bytes"),
        "weighted": _("characters as the network counts them"),
    }.get(unit, unit)
