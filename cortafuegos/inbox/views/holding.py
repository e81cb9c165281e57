"""How a brand's answers leave: held back for a moment, and seen by a second person first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cortafuegos.channels.models import Account
from cortafuegos.inbox import approving
from cortafuegos.inbox.actions import deciding, holding
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.holding import LONGEST
from cortafuegos.inbox.labels.words import words as label
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.views.common import done, tells, the_case
from cortafuegos.inbox.views.writing import reply_of
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.licence import Kind
from cortafuegos.team.rules import May


@needs(May.SEND)
@require_POST
@tells
def release(request: BrandRequest, slug: str, number: int, reply_id: int) -> HttpResponse:
    """Send it now."""
    case = the_case(request, number)
    holding.let_go(request.agent, reply_of(case, reply_id))
    return done(request, _("Leaving now"), [case])


@needs(May.GUARD)
def settings(request: BrandRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        try:
            deciding.save_policy(request.agent, **_posted(request.POST))
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, _("Saved."))
        return redirect("inbox:answering", slug)
    return render(request, "inbox/answering.html", _page(request))


def _page(request: BrandRequest) -> dict[str, Any]:
    policy = deciding.policy_of(request.brand.pk)
    rules = approving.read(policy.approval_rules)
    used = Account.objects.filter(brand_id=request.brand.pk, removed_at=None).order_by("network")
    networks = [look(name) for name in dict.fromkeys(used.values_list("network", flat=True))]
    alarms = [("calm", _("always")), ("watch", _("on watch and in a crisis")), ("crisis", _("in a crisis"))]
    return {
        "hold": holding.seconds_of(request.brand.pk),
        "longest": LONGEST,
        "minutes": policy.approval_minutes,
        "most_minutes": approving.MOST_MINUTES,
        "rules": rules,
        "networks": [(one, one.network in rules.networks) for one in networks],
        "wheres": [("off", _("never")), ("public", _("in public")), ("all", _("everywhere"))],
        "alarms": alarms,
        "levels": [(2, label("urgency", 2)), (3, label("urgency", 3))],
        "approvers": [
            ("", _("supervisors and owners")),
            (Kind.CRISIS.value, _("also who holds the certificate for crises")),
            (Kind.CHANNEL.value, _("also every colleague certified for that network")),
        ],
        "approver": policy.approver_certificate,
    }


def _posted(form: QueryDict) -> dict[str, Any]:
    raw: dict[str, Any] = {
        name: form.get(name, "")
        for name in ("network", "reach", "posture", "urgency", "warning", "alarm", "warning_from")
    }
    raw["networks"] = form.getlist("networks")
    raw["followers"], raw["level"] = _number(form.get("followers", "")), _number(form.get("level", ""))
    raw["everybody"] = form.get("everybody") == "1"
    try:
        rules = approving.chosen(raw)
    except ValueError:
        raise Refusal(_("There is no such rule or setting."), code="no_such_rule", status=422) from None
    return {
        "hold_seconds": _number(form.get("hold", "")),
        "approval_minutes": _number(form.get("minutes", "")),
        "approver_certificate": form.get("approvers", ""),
        "rules": rules,
    }


def _number(raw: str) -> int:
    """What is no number is one that no rule allows."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else -1
