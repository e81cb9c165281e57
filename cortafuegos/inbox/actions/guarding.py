"""Brings a draft before the guard, and puts its findings into words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels import registry
from cortafuegos.channels.models import Account
from cortafuegos.guard.rules import check
from cortafuegos.guard.values import Context, Draft, Finding
from cortafuegos.inbox.models import Message


def judge(text: str, *, public: bool, target: Message, account: Account) -> dict[str, Any]:
    """The verdict in the form it is stored and shown: verdict, findings with sentences, and the
    length as this network counts it."""
    connector = registry.connector(account.network)
    limits = connector.limits(account.view(), public=public)
    length = connector.measure(text, public=public)
    context = Context(length=length, limit=limits.length, asked_in_private=not target.public)
    judgement = check(Draft(text, public), context)
    return {
        "verdict": str(judgement.verdict),
        "findings": [
            {
                "rule": finding.rule,
                "severity": str(finding.severity),
                "span": list(finding.span),
                "message": sentence(finding, limits.unit),
                "proposal": None,
            }
            for finding in judgement.findings
        ],
        "length": length,
        "limit": limits.length,
        "unit": limits.unit,
    }


def sentence(finding: Finding, unit: str) -> str:
    match finding.rule:
        case "empty":
            return _("There is nothing to send yet.")
        case "too-long":
            return _("Too long for this network by %(over)d %(unit)s.") % {
                "over": finding.facts["over"],
                "unit": unit_name(unit),
            }
        case "private-in-public":
            return _("This was asked in private. Answer it in private.")
    raise LookupError(finding.rule)


def unit_name(unit: str) -> str:
    return {
        "graphemes": _("characters"),
        "characters": _("characters"),
        "bytes": _("bytes"),
        "weighted": _("characters as the network counts them"),
    }.get(unit, unit)
