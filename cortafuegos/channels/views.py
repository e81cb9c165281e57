"""Looking after accounts. Who may only read sees how they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cortafuegos.channels import actions, guiding, health, meter, registry, trial, week
from cortafuegos.channels.capabilities import Guides
from cortafuegos.channels.connecting import SHOW_SECRET, account_of
from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.channels.forms import CapForm, ProfileForm, SettingsForm
from cortafuegos.channels.models import Account
from cortafuegos.kit import clock
from cortafuegos.kit.access import DeskRequest, needs
from cortafuegos.kit.address import absolute
from cortafuegos.kit.refusal import Refusal


@needs("read")
def accounts(request: DeskRequest, slug: str) -> HttpResponse:
    context = {"conditions": health.conditions(request.brand), "may_connect": request.may("connect")}
    return render(request, "channels/accounts.html", context)


@needs("connect")
def new(request: DeskRequest, slug: str) -> HttpResponse:
    context = {"connectors": registry.connectors(), "first": not _accounts(request).exists()}
    return render(request, "channels/new.html", context)


@never_cache
@needs("connect")
def welcome(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    context = {"account": account, "condition": health.condition(account), **_ways_in(request, account)}
    if request.session.get(SHOW_SECRET) == pk:
        request.session.pop(SHOW_SECRET)
        context["secret"] = account.credentials.get("secret") if context["address"] else None
    return render(request, "channels/welcome.html", context)


@needs("connect")
def account(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    found = account_of(request, pk)
    if request.method != "POST":
        return _settings_page(request, found)
    form = SettingsForm(request.POST)
    hours, wrong = week.read(request.POST.dict())
    if not form.is_valid() or wrong:
        return _settings_page(request, found, form=form, hours=hours, wrong=wrong, status=422)
    actions.configure(found, opening_hours=hours, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("channels:account", slug, pk)


def _settings_page(
    request: DeskRequest, account: Account, *, status: int = 200, **given: Any
) -> HttpResponse:
    hours = given.get("hours", account.opening_hours)
    names = ["name", "language", "first_answer_minutes", "stretch_minutes", "is_support", "time_zone"]
    typed = request.POST if status == 422 else {}
    context = {
        "account": account,
        "condition": health.condition(account),
        "form": given.get("form") or SettingsForm(initial={name: getattr(account, name) for name in names}),
        "profile": given.get("profile") or ProfileForm(initial={"profile_text": account.profile_text}),
        "week": _week(hours, typed, given.get("wrong", set())),
        "always": bool(typed.get("always")) if typed else not hours,
        "suggestion": week.sentence(account.opening_hours, account.language),
        "has_secret": "secret" in account.opened,
        "tasks": guiding.tasks_of(account),
        "findings": given.get("findings"),
        **_money(account, given.get("cap")),
        **_ways_in(request, account),
    }
    return render(request, "channels/account.html", context, status=status)


def _money(account: Account, form: CapForm | None) -> dict[str, Any]:
    """What an account costs; nothing for one that costs nothing."""
    currency, now = meter.currency_of(account), clock.now()
    if not currency:
        return {}
    budget = meter.budget(account, now)
    shown = [
        (line, *(meter.money(sum_, "") for sum_ in (line.reading, line.writing, line.amount)))
        for line in meter.months(account, now)
    ]
    return {
        "budget": budget,
        "spent": meter.money(budget.spent, currency),
        "left": meter.money(budget.left, currency) if budget.left is not None else "",
        "months": shown,
        "cap": form or CapForm(initial={"cap": account.monthly_cap}),
        "currency": currency,
    }


def _week(hours: Any, typed: Any, wrong: set[str]) -> list[dict[str, Any]]:
    names = {
        "mon": _("Monday"), "tue": _("Tuesday"), "wed": _("Wednesday"), "thu": _("Thursday"),
        "fri": _("Friday"), "sat": _("Saturday"), "sun": _("Sunday"),
    }  # fmt: skip
    return [
        {"day": day, "name": names[day], "ranges": ranges, "wrong": day in wrong}
        for day, ranges in week.rows(hours)
    ]


@transaction.non_atomic_requests
@require_POST
@needs("connect")
def profile(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, account, profile=form, status=422)
    try:
        published = actions.set_profile(account, form.cleaned_data["profile_text"])
    except (Refused, SendError):
        words = _("Kept here, but the network did not take it. Try again once the account works.")
        messages.error(request, words)
    else:
        done = _("Saved, and written on the network.")
        by_hand = _("Saved. This network does not let us write it: copy it into the profile by hand.")
        messages.success(request, done if published else by_hand)
    return redirect("channels:account", slug, pk)


# The network is asked while the page waits: no transaction stays open meanwhile.
@transaction.non_atomic_requests
@never_cache
@require_POST
@needs("connect")
def test(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    findings = trial.look(account, clock.now())
    account.refresh_from_db()
    return _settings_page(request, account, findings=findings)


@require_POST
@needs("connect")
def cap(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    form = CapForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, account, cap=form, status=422)
    actions.set_cap(account, form.cleaned_data["cap"])
    messages.success(request, _("Saved."))
    return redirect("channels:account", slug, pk)


@never_cache
@require_POST
@needs("connect")
def secret(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    """A new secret; like the first, it is shown this once."""
    account = account_of(request, pk)
    try:
        actions.rotate_secret(account)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("channels:account", slug, pk)
    request.session[SHOW_SECRET] = pk
    return redirect("channels:welcome", slug, pk)


@require_POST
@needs("connect")
def pause(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    actions.pause(account_of(request, pk))
    return redirect("channels:account", slug, pk)


@require_POST
@needs("connect")
def resumption(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    actions.resume(account_of(request, pk))
    return redirect("channels:account", slug, pk)


@needs("connect")
def removal(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    """Cannot be undone for the credentials, so the handle is to be typed."""
    account = account_of(request, pk)
    wrong = False
    if request.method == "POST":
        typed = request.POST.get("handle", "").strip().lstrip("@").casefold()
        if typed == account.handle.lstrip("@").casefold():
            actions.remove(account)
            messages.success(request, _("%(name)s is removed. Its conversations stay.") % {"name": account})
            return redirect("channels:accounts", slug)
        wrong = True
    context = {"account": account, "network": health.network_name(account.network), "wrong": wrong}
    return render(request, "channels/removal.html", context, status=422 if wrong else 200)


def _ways_in(request: DeskRequest, account: Account) -> dict[str, Any]:
    """Where another system posts to, for networks that call us."""
    known = account.network in registry.networks()
    connector = registry.connector(account.network) if known else None
    pushed = connector is not None and trial.pushes(connector)
    return {
        "address": absolute(request, f"/in/{account.public_id}") if pushed else "",
        "steps": connector.steps if isinstance(connector, Guides) else (),
    }


def _accounts(request: DeskRequest) -> Any:
    return Account.objects.filter(brand=request.brand, removed_at=None)
