"""The pages where a brand's people, teams and name are looked after."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cortafuegos.kit import clock
from cortafuegos.kit.address import absolute
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team import actions
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.forms import ROLE_MEANINGS, ROLE_NAMES, BrandForm, InviteForm, role_choices
from cortafuegos.team.models import Agent, Invitation, Team
from cortafuegos.team.rules import May, Role, may_grant

P = ParamSpec("P")


def change(to: str) -> Callable[[Any], Any]:
    """A POST that asks one verb and goes back to the page; a refusal is told there."""

    def decorate(view: Callable[Concatenate[BrandRequest, P], str]) -> Any:
        @require_POST
        @needs(May.INVITE)
        @wraps(view)
        def posted(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                messages.success(request, view(request, *args, **kwargs))
            except Refusal as refusal:
                messages.error(request, str(refusal.sentence))
            return redirect(to, request.brand.slug)

        return posted

    return decorate


# --- people -----------------------------------------------------------------------


@needs(May.INVITE)
def people(request: BrandRequest, slug: str) -> HttpResponse:
    return _people(request, InviteForm(granter=request.agent.role))


def _people(request: BrandRequest, form: InviteForm, status: int = 200, **more: Any) -> HttpResponse:
    has_factor = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    agents = (
        Agent.objects.filter(brand=request.brand)
        .select_related("user")
        .annotate(
            second_factor=Exists(has_factor),
            open_cases=Count("cases", filter=Q(cases__state__in=["open", "snoozed"])),
        )
        .order_by("-active", "user__name", "pk")
    )
    waiting = Invitation.objects.filter(
        brand=request.brand, accepted_at=None, revoked_at=None, expires_at__gt=clock.now()
    ).order_by("-created_at")
    context = {
        "agents": [_row(request.agent, agent) for agent in agents],
        "invitations": [(one, ROLE_NAMES[Role(one.role)]) for one in waiting],
        "meanings": [(ROLE_NAMES[role], ROLE_MEANINGS[role]) for role in Role],
        "form": form,
        **more,
    }
    return render(request, "team/people.html", context, status=status)


def _row(actor: Agent, agent: Any) -> dict[str, Any]:
    """What the list shows of one person, and what ``actor`` may do about them."""
    below = may_grant(actor.role, agent.role)
    owner = actor.role == Role.OWNER
    return {
        "agent": agent,
        "role": ROLE_NAMES[Role(agent.role)],
        "roles": role_choices(actor.role) if below and agent.active else [],
        "me": agent.pk == actor.pk,
        "may_change": below,
        "may_help": owner and agent.active and agent.pk != actor.pk,
    }


@never_cache
@require_POST
@needs(May.INVITE)
def invitations(request: BrandRequest, slug: str) -> HttpResponse:
    """The link is on this one answer and nowhere else: only its hash is kept."""
    form = InviteForm(request.POST, granter=request.agent.role)
    if not form.is_valid():
        return _people(request, form, status=422)
    try:
        made, token = actions.invite(request.agent, form.cleaned_data["role"], form.cleaned_data["email"])
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return _people(request, form, status=refusal.status)
    link = absolute(request, reverse("team:join", args=[token]))
    fresh = InviteForm(granter=request.agent.role)
    return _people(request, fresh, status=201, link=link, link_for=made, link_days=actions.INVITATION_DAYS)


@change("team:people")
def revocation(request: BrandRequest, slug: str, pk: int) -> str:
    actions.revoke(request.agent, get_object_or_404(Invitation, pk=pk, brand=request.brand))
    return _("The invitation is withdrawn: its link no longer works.")


@change("team:people")
def role(request: BrandRequest, slug: str, pk: int) -> str:
    agent = _agent(request, pk)
    actions.change_role(request.agent, agent, request.POST.get("role", ""))
    return _("%(name)s is now: %(role)s.") % {"name": agent, "role": ROLE_NAMES[Role(agent.role)]}


@change("team:people")
def deactivation(request: BrandRequest, slug: str, pk: int) -> str:
    agent = _agent(request, pk)
    actions.deactivate(request.agent, agent)
    return _("%(name)s can no longer come in. What they wrote keeps their name.") % {"name": agent}


@change("team:people")
def reactivation(request: BrandRequest, slug: str, pk: int) -> str:
    agent = _agent(request, pk)
    actions.reactivate(request.agent, agent)
    return _("%(name)s can come in again.") % {"name": agent}


@change("team:people")
def second_factor_removal(request: BrandRequest, slug: str, pk: int) -> str:
    agent = _agent(request, pk)
    actions.remove_second_factor(request.agent, agent)
    return _("%(name)s signs in with the password alone until they set up a new one.") % {"name": agent}


@never_cache
@require_POST
@needs(May.OWN)
def sign_in_link(request: BrandRequest, slug: str, pk: int) -> HttpResponse:
    """For somebody who forgot the password where no mail server is set up."""
    agent = _agent(request, pk)
    form = InviteForm(granter=request.agent.role)
    try:
        token = actions.sign_in_link_for(request.agent, agent)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return _people(request, form, status=refusal.status)
    link = absolute(request, reverse("web:sign-in-link", args=[token]))
    return _people(request, form, status=201, link=link, link_to_sign_in=agent)


def _agent(request: BrandRequest, pk: int) -> Agent:
    return get_object_or_404(Agent.objects.select_related("user"), pk=pk, brand=request.brand)


# --- teams ----------------------------------------------------------------------------


@needs(May.INVITE)
def teams(request: BrandRequest, slug: str) -> HttpResponse:
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            made = actions.create_team(request.agent, request.POST.get("name", ""))
            return redirect("team:team", slug, made.pk)
        except Refusal as refusal:
            context = {"error": refusal.sentence, "typed": request.POST.get("name", "")}
    found = Team.objects.filter(brand=request.brand).prefetch_related("members__user").order_by("name")
    status = 422 if context else 200
    return render(request, "team/teams.html", {**context, "teams": found}, status=status)


@needs(May.INVITE)
def team(request: BrandRequest, slug: str, pk: int) -> HttpResponse:
    found = get_object_or_404(Team, pk=pk, brand=request.brand)
    error = ""
    if request.method == "POST":
        try:
            actions.rename_team(request.agent, found, request.POST.get("name", ""))
            chosen = [int(one) for one in request.POST.getlist("member") if one.isdecimal()]
            actions.set_members(request.agent, found, chosen)
            messages.success(request, _("Saved."))
            return redirect("team:teams", slug)
        except Refusal as refusal:
            error = refusal.sentence
    agents = Agent.objects.filter(brand=request.brand, active=True).select_related("user")
    context = {
        "team": found,
        "agents": agents.order_by("user__name", "pk"),
        "members": set(found.members.values_list("pk", flat=True)),
        "error": error,
        "typed": request.POST.get("name", found.name),
    }
    return render(request, "team/team.html", context, status=422 if error else 200)


@change("team:teams")
def team_removal(request: BrandRequest, slug: str, pk: int) -> str:
    found = get_object_or_404(Team, pk=pk, brand=request.brand)
    actions.remove_team(request.agent, found)
    return _("The team %(name)s is gone. Its cases stay, without a team.") % {"name": found.name}


# --- brand ----------------------------------------------------------------------------


@needs(May.OWN)
def brand(request: BrandRequest, slug: str) -> HttpResponse:
    here = request.brand
    initial = {"name": here.name, "language": here.language, "time_zone": here.time_zone}
    form = BrandForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.save_brand(request.agent, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("team:brand", slug)
    return render(request, "team/brand.html", {"form": form}, status=422 if form.errors else 200)
