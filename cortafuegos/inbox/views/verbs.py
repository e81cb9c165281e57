"""One case, one verb: each view does it and says so, with the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.inbox import snoozing, threads, words
from cortafuegos.inbox.actions import cases, merging, presence
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.views.common import done, ids, tells, the_case
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.models import Agent, Team
from cortafuegos.team.rules import May

both = require_http_methods(["POST", "DELETE"])


@needs(May.WORK)
@both
@tells
def claim(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    if request.method == "DELETE":
        cases.release(request.agent, case)
        return done(
            request,
            _("Case %(number)d is free again") % {"number": number},
            [case],
            undo=[step(case, "claim")],
        )
    cases.claim(request.agent, case)
    undo = [step(case, "claim", "DELETE")] if case.assignee_id is None else []
    return done(request, _("Case %(number)d is yours") % {"number": number}, [case], undo=undo)


@needs(May.WORK)
@require_POST
@tells
def assignment(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """``to``: "agent-3", "team-2", "me" or "nobody". A team keeps whoever has the case out of it."""
    case = the_case(request, number)
    before = assigned_to(case)
    assignee, team = whom(request, request.POST.get("to", ""), case)
    cases.assign(request.agent, case, assignee=assignee, team=team)
    return done(
        request,
        assigned_words(request, number, assignee, team),
        [case],
        undo=[step(case, "assignment", **before)],
    )


@needs(May.WORK)
@require_POST
@tells
def tags(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    add, remove = request.POST.getlist("add"), request.POST.getlist("remove")
    before = set(case.tags)
    after = set(cases.tag(request.agent, case, add=add, remove=remove).tags)
    back: dict[str, Any] = {"add": sorted(before - after), "remove": sorted(after - before)}
    changed = ", ".join(sorted(before ^ after))
    words_ = _("Labels changed: %(tags)s") % {"tags": changed} if changed else _("Nothing changed")
    return done(request, words_, [case], undo=[step(case, "tags", **back)] if changed else [])


@needs(May.WORK)
@both
@tells
def snooze(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    if request.method == "DELETE":
        cases.wake(request.agent, case)
        return done(request, _("Case %(number)d is back") % {"number": number}, [case])
    until = until_of(request)
    cases.snooze(request.agent, case, until)
    back = words.at(until, clock.now())
    said = _("Case %(number)d is back %(moment)s") % {"number": number, "moment": back}
    return done(request, said, [case], undo=[step(case, "snooze", "DELETE")], event={"left": case.pk})


@needs(May.WORK)
@both
@tells
def closure(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    if request.method == "DELETE":
        cases.reopen(request.agent, case)
        said = _("Case %(number)d is open again") % {"number": number}
        return done(request, said, [case], undo=[step(case, "closure")])
    cases.close(request.agent, case)
    said = _("Case %(number)d closed") % {"number": number}
    return done(request, said, [case], undo=[step(case, "closure", "DELETE")], event={"left": case.pk})


@needs(May.WORK)
@both
@tells
def merge(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """POST joins other cases, by their numbers, to this one; DELETE takes this one out again."""
    case = the_case(request, number)
    if request.method == "DELETE":
        source = merging.unmerge(request.agent, case)
        said = _("Case %(number)d stands by itself again") % {"number": number}
        return done(request, said, [source])
    numbers = [n for raw in request.POST.getlist("number") for n in ids(raw.replace("#", " ").split())]
    sources = list(Case.objects.filter(brand_id=request.brand.pk, number__in=numbers).exclude(pk=case.pk))
    if not sources:
        raise Refusal(_("There is no other case of that number."), code="no_such_case", status=422)
    merging.merge(request.agent, case, sources)
    said = _("Joined to case %(number)d") % {"number": number}
    undo = [step(source, "merge", "DELETE") for source in sources]
    return done(request, said, [case, *sources], undo=undo)


@needs(May.WORK)
@require_POST
@tells
def split(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    new = merging.split(request.agent, case, ids(request.POST.getlist("message")))
    said = _("Moved to the new case %(number)d") % {"number": new.number}
    address = reverse("inbox:case", args=[slug, new.number])
    return done(request, said, [case, new], event={"made": address})


@needs(May.READ)
@both
def presence_(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """A heartbeat every 15 s; the first also has the whole thread read. DELETE says goodbye."""
    case = the_case(request, number)
    if request.method == "DELETE" or request.POST.get("gone"):
        presence.left(request.agent, case)
    else:
        presence.seen(request.agent, case, typing=request.POST.get("typing") == "1")
        if request.POST.get("opened") and case.state != Case.State.MERGED:
            threads.ask(case)
    return HttpResponse(status=204)


def step(case: Case, noun: str, method: str = "POST", **body: Any) -> dict[str, Any]:
    """One call of an undo."""
    url = reverse(f"inbox:{noun}", args=[case.brand.slug, case.number])
    return {"method": method, "url": url, "body": body}


def assigned_to(case: Case) -> dict[str, Any]:
    """What to send to give it back to whom it belonged."""
    if case.assignee_id:
        return {"to": f"agent-{case.assignee_id}", "team": case.team_id or ""}
    return {"to": f"team-{case.team_id}"} if case.team_id else {"to": "nobody"}


def whom(request: BrandRequest, to: str, case: Case | None = None) -> tuple[Agent | None, Team | None]:
    kind, _dash, raw = to.partition("-")
    found = ids([raw])
    if to == "me":
        return request.agent, case.team if case else None
    if to == "nobody":
        return None, None
    if kind == "agent" and found:
        agent = Agent.objects.filter(brand_id=request.brand.pk, pk=found[0]).select_related("user").first()
        if agent:
            return agent, _team(request, case)
    if kind == "team" and found:
        team = Team.objects.filter(brand_id=request.brand.pk, pk=found[0]).first()
        if team:
            return None, team
    raise Refusal(_("There is nobody of that name here."), code="no_such_agent", status=422)


def _team(request: BrandRequest, case: Case | None) -> Team | None:
    """An undo names the team there was; otherwise the case keeps its own."""
    named = ids([request.POST.get("team", "")])
    if named:
        return Team.objects.filter(brand_id=request.brand.pk, pk=named[0]).first()
    return case.team if case else None


def assigned_words(request: BrandRequest, number: int, assignee: Agent | None, team: Team | None) -> str:
    if assignee:
        return _("Case %(number)d: %(name)s has it") % {"number": number, "name": assignee}
    if team:
        return _("Case %(number)d: team %(name)s has it") % {"number": number, "name": team}
    return _("Case %(number)d is free again") % {"number": number}


def until_of(
    request: HttpRequest, named: Callable[[str, datetime], datetime | None] = snoozing.until
) -> datetime:
    """A named choice, or a time written by hand in the person's own zone."""
    local = timezone.localtime(clock.now())
    found = named(request.POST.get("when", ""), local)
    if found:
        return found
    try:
        typed = datetime.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        raise Refusal(_("Choose until when."), code="no_time", status=422) from None
    return typed if typed.tzinfo else typed.replace(tzinfo=local.tzinfo)
