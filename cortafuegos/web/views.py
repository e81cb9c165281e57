"""The front door: where "/" leads, the first run, one-time links, a person's own preferences."""

from __future__ import annotations

import sys
from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import reverse
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cortafuegos.kit import crypto
from cortafuegos.kit.address import from_this_machine
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team import actions
from cortafuegos.team.access import BrandRequest, brands_of
from cortafuegos.team.forms import PreferencesForm, SetupForm
from cortafuegos.team.models import Brand, User
from cortafuegos.web.middleware import LAST_BRAND

SETUP_OPEN = "setup"  # in the session of whoever opened the setup link


@never_cache
def root(request: HttpRequest) -> HttpResponse:
    if not Brand.objects.exists():
        return _first_run(request)
    if not request.user.is_authenticated:
        return redirect("account_login")
    found = _last_brand(request)
    if found is None:
        return render(request, "team/no_brand.html", status=403)
    return redirect("web:brand", found.slug)


def _last_brand(request: HttpRequest) -> Brand | None:
    mine = brands_of(cast(User, request.user).pk)
    last = [one for one in mine if one.slug == request.session.get(LAST_BRAND)]
    return next(iter(last or mine), None)


def brand(request: BrandRequest, slug: str) -> HttpResponse:
    return redirect("inbox:queue", slug=slug, queue="mine")


def settings(request: BrandRequest, slug: str) -> HttpResponse:
    return redirect("web:preferences", slug)


# --- first run ----------------------------------------------------------------


@never_cache
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """The link `cortafuegos up --empty` prints. It opens the page for this browser alone."""
    if not Brand.objects.exists() and crypto.same(token, actions.setup_token()):
        request.session[SETUP_OPEN] = True
    return redirect("web:root")


@sensitive_post_parameters("password")
def _first_run(request: HttpRequest) -> HttpResponse:
    if not (from_this_machine(request) or request.session.get(SETUP_OPEN)):
        return render(request, "team/setup_closed.html", status=403)
    posted = request.POST if request.method == "POST" else None
    form = SetupForm(posted, initial={"language": get_language()})
    if posted is None or not form.is_valid():
        return render(request, "team/setup.html", {"form": form}, status=422 if form.errors else 200)
    typed = form.cleaned_data
    with transaction.atomic():
        owner = actions.create_owner(
            name=typed["name"],
            email=typed["email"],
            password=typed["password"],
            language=typed["language"],
            time_zone=typed["time_zone"],
        )
        made = actions.create_brand(
            name=typed["brand"], owner=owner, language=typed["language"], time_zone=typed["time_zone"]
        )
    request.session.pop(SETUP_OPEN, None)
    accounts = reverse("channels:new", args=[made.slug])
    response: HttpResponse = perform_login(request, Login(user=owner, redirect_url=accounts))
    return response


# --- one-time sign-in links -------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """The programs that preview links only GET, so a press is asked for; but not on this machine,
    where nobody previews and the terminal's link shall do with one click."""
    try:
        link = actions.check_sign_in_link(token)
        prefetched = "prefetch" in request.headers.get("Sec-Purpose", "")
        at_once = request.method == "GET" and from_this_machine(request) and not prefetched
        if request.method != "POST" and not at_once:
            return render(request, "team/sign_in_link.html", {"person": link.user})
        user = actions.use_sign_in_link(token)
    except Refusal as refusal:
        return render(request, "team/refused.html", {"sentence": refusal.sentence}, status=refusal.status)
    # It stands for the password only: somebody with a second factor is asked for it now.
    record_authentication(request, user, method="link")
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url="/"))
    return response


# --- my preferences --------------------------------------------------------------


def my_preferences(request: HttpRequest) -> HttpResponse:
    """Where pages that know no brand lead back to."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    found = _last_brand(request)
    if found is None:
        return redirect("web:root")
    if request.GET.get("done") == "password":
        messages.success(request, _("Your password is changed."))
    return redirect("web:preferences", found.slug)


def preferences(request: BrandRequest, slug: str) -> HttpResponse:
    user, agent = request.agent.user, request.agent
    names = ["name", "language", "time_zone", "theme", "after_send"]
    initial = {**{name: getattr(user, name) for name in names}, "signature": agent.signature}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.save_preferences(agent, **form.cleaned_data)
        activate(user.language)
        messages.success(request, _("Saved."))
        return redirect("web:preferences", slug)
    context = {
        "form": form,
        "brands": brands_of(user.pk),
        "second_factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "has_password": user.has_usable_password(),
    }
    return render(request, "team/preferences.html", context, status=422 if form.errors else 200)


# --- when it goes wrong -------------------------------------------------------------


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs neither database nor session. 503 when it is the database that is away."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    page = loader.get_template("500.html").render({"away": away})
    return HttpResponse(page, status=503 if away else 500, headers={"Retry-After": "5"} if away else None)
