"""Coming in by invitation, and asking for a new password."""

from __future__ import annotations

from allauth.account import views as account
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cortafuegos.kit.refusal import Refusal
from cortafuegos.team import actions
from cortafuegos.team.accounts import mail_works
from cortafuegos.team.forms import ROLE_NAMES, JoinForm
from cortafuegos.team.models import Invitation, User
from cortafuegos.team.rules import Role


def password_reset(request: HttpRequest) -> HttpResponseBase:
    """Without a mail server nothing could arrive, so the page says who can help instead."""
    if not mail_works():
        return render(request, "account/password_reset.html", {"no_mail": True})
    response: HttpResponseBase = account.password_reset(request)
    return response


@never_cache
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with one press when signed in, else as somebody new."""
    try:
        invitation = actions.check_invitation(token)
        if request.user.is_authenticated:
            return _join_signed_in(request, request.user, invitation, token)
        return _join_as_new(request, invitation, token)
    except Refusal as refusal:
        return render(request, "team/refused.html", {"sentence": refusal.sentence}, status=refusal.status)


def _join_signed_in(request: HttpRequest, user: User, invitation: Invitation, token: str) -> HttpResponse:
    if request.method == "POST":
        agent = actions.accept(token, user=user)
        return redirect("web:brand", agent.brand.slug)
    return render(request, "team/join.html", _about(invitation))


def _join_as_new(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None, email=invitation.email)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "team/join.html", {**_about(invitation), "form": form}, status=status)
    try:
        agent = actions.accept(
            token,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            password=form.cleaned_data["password"],
            language=get_language() or "",
        )
    except Refusal as refusal:
        if refusal.code != "email_taken":
            raise
        form.add_error("email", str(refusal.sentence))
        return render(request, "team/join.html", {**_about(invitation), "form": form}, status=422)
    login = Login(user=agent.user, redirect_url=f"/b/{agent.brand.slug}/")
    response: HttpResponse = perform_login(request, login)
    return response


def _about(invitation: Invitation) -> dict[str, object]:
    return {"invitation": invitation, "role": ROLE_NAMES[Role(invitation.role)]}
