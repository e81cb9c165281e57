"""The page where a brand's leads set the guard and see which rules are worth their keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cortafuegos.guard.models import GuardPolicy
from cortafuegos.guard.rules import FIXED, IDS
from cortafuegos.guard.sentences import title
from cortafuegos.guard.values import Setting
from cortafuegos.inbox.actions.policy import save_policy
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.queries.overrides import Record, records
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

LOOKED_BACK = 90  # days


@needs(May.GUARD)
def guard(request: BrandRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        try:
            save_policy(request.agent, **_posted(request.POST))
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, _("Saved."))
        return redirect("inbox:guard", slug)
    return render(request, "inbox/guard.html", _page(request))


def _page(request: BrandRequest) -> dict[str, Any]:
    policy = GuardPolicy.objects.filter(brand_id=request.brand.pk).first() or GuardPolicy()
    seen = records(request.brand.pk, clock.now() - timedelta(days=LOOKED_BACK))
    rules = [
        {
            "id": rule,
            "title": title(rule, _),
            "setting": policy.rules.get(rule, ""),
            "record": seen.get(rule, Record()),
        }
        for rule in IDS
        if rule not in FIXED
    ]
    return {
        "rules": rules,
        "days": LOOKED_BACK,
        "settings": [("", _("as shipped")), *((one.value, _setting_words()[one]) for one in Setting)],
        "formality": policy.formality,
        "formalities": [("", _("no choice")), ("tu", "tú"), ("usted", "usted"), ("vos", "vos")],
        "forbidden": "\n".join(
            f"{word} = {said}" if said else word for word, said in policy.forbidden.items()
        ),
        "names": "\n".join(policy.names),
        "domains": "\n".join(policy.domains),
    }


def _setting_words() -> dict[Setting, str]:
    return {
        Setting.OFF: _("off"),
        Setting.NOTE: _("note"),
        Setting.WARN: _("warn"),
        Setting.BLOCK: _("stop"),
    }


def _posted(form: Mapping[str, Any]) -> dict[str, Any]:
    pairs = (line.partition("=") for line in str(form.get("forbidden", "")).splitlines())
    return {
        "rules": {rule: str(form.get(f"rule-{rule}", "")) for rule in IDS if rule not in FIXED},
        "formality": str(form.get("formality", "")),
        "forbidden": {word.strip(): said.strip() for word, _sign, said in pairs if word.strip()},
        "names": str(form.get("names", "")).splitlines(),
        "domains": str(form.get("domains", "")).splitlines(),
    }
