"""One verb over the chosen rows, each row by itself."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cortafuegos.inbox.actions import cases
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.views.common import done, ids, tells
from cortafuegos.inbox.views.verbs import assigned_to, until_of, whom
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.WORK)
@require_POST
@tells
def batch(request: BrandRequest, slug: str) -> HttpResponse:
    """POST verb=close|reopen|claim|release|assign|tag|snooze|wake, id=… for each case."""
    verb = request.POST.get("verb", "")
    chosen = ids(request.POST.getlist("id"))
    if not chosen:
        raise Refusal(_("Choose at least one case."), code="nothing_chosen", status=422)
    before = list(Case.objects.filter(brand_id=request.brand.pk, pk__in=chosen))
    outcome = cases.bulk(request.agent, chosen, verb, **_wanted(request, verb))
    moved = [case for case, refusal in outcome if refusal is None]
    refused = [(case, refusal) for case, refusal in outcome if refusal is not None]
    if refused and not moved:
        raise refused[0][1]
    words = _said(verb, len(moved)) % {"n": len(moved)}
    if refused:
        words += ". " + ngettext("%(n)d was left: %(why)s", "%(n)d were left: %(why)s", len(refused)) % {
            "n": len(refused),
            "why": refused[0][1].sentence,
        }
    done_ids = {case.pk for case in moved}
    undo = _back(request, verb, [case for case in before if case.pk in done_ids])
    left = sorted(done_ids) if verb in {"close", "snooze"} else []
    return done(request, words, moved, undo=undo, event={"left": left} if left else None)


def _said(verb: str, n: int) -> str:
    match verb:
        case "close":
            return ngettext("%(n)d case closed", "%(n)d cases closed", n)
        case "reopen":
            return ngettext("%(n)d case is open again", "%(n)d cases are open again", n)
        case "snooze":
            return ngettext("%(n)d case put off", "%(n)d cases put off", n)
        case "wake":
            return ngettext("%(n)d case is back", "%(n)d cases are back", n)
        case "claim":
            return ngettext("%(n)d case is yours", "%(n)d cases are yours", n)
        case _:
            return ngettext("%(n)d case changed", "%(n)d cases changed", n)


def _wanted(request: BrandRequest, verb: str) -> dict[str, Any]:
    if verb == "assign":
        assignee, team = whom(request, request.POST.get("to", ""))
        return {"assignee": assignee, "team": team}
    if verb == "tag":
        return {"add": request.POST.getlist("add"), "remove": request.POST.getlist("remove")}
    if verb == "snooze":
        return {"until": until_of(request)}
    return {}


def _back(request: BrandRequest, verb: str, before: list[Case]) -> list[dict[str, Any]]:
    """The calls that put each case back to how it was."""
    url = reverse("inbox:batch", args=[request.brand.slug])

    def call(inverse: str, some: list[Case], **body: Any) -> dict[str, Any]:
        return {"method": "POST", "url": url, "body": {"verb": inverse, "id": [c.pk for c in some], **body}}

    if verb == "close":
        return [call("reopen", [c for c in before if c.state != "closed"])]
    if verb == "snooze":
        return [call("wake", [c for c in before if c.state != "snoozed"])]
    if verb == "claim":
        return [call("release", [c for c in before if c.assignee_id is None])]
    if verb in {"assign", "release"}:
        groups: defaultdict[tuple[tuple[str, Any], ...], list[Case]] = defaultdict(list)
        for case in before:
            groups[tuple(assigned_to(case).items())].append(case)
        return [call("assign", some, **dict(to)) for to, some in groups.items()]
    if verb == "tag":
        add, remove = request.POST.getlist("add"), request.POST.getlist("remove")
        steps = [call("tag", [c for c in before if tag not in c.tags], remove=tag) for tag in add]
        return [
            s
            for s in steps + [call("tag", [c for c in before if tag in c.tags], add=tag) for tag in remove]
            if s["body"]["id"]
        ]
    return []
