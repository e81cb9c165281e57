"""Connecting an account, and connecting it again, with what a person types."""

from __future__ import annotations

import contextlib
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, select_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cortafuegos.channels import actions, registry
from cortafuegos.channels.capabilities import Authorises, Guides
from cortafuegos.channels.contract import ConnectError, Connector, Refused, SendError
from cortafuegos.channels.forms import ConnectForm
from cortafuegos.channels.models import Account
from cortafuegos.kit.access import DeskRequest, needs
from cortafuegos.kit.address import absolute, from_this_machine
from cortafuegos.kit.middleware import content_security

SHOW_SECRET = "show_secret_of"  # noqa: S105 - in the session: whose secret the next page shows, once
Failed = ConnectError | Refused | SendError


# The network is asked while the page waits: no transaction stays open meanwhile.
@transaction.non_atomic_requests
@sensitive_post_parameters()
@never_cache
@needs("connect")
def connect(request: DeskRequest, slug: str, network: str) -> HttpResponse:
    connector = connector_of(network)
    form = form_of(request, connector)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.connect(request.agent.pk, request.brand, network, form.typed())
        except (ConnectError, Refused, SendError) as error:
            tell(form, error)
        else:
            request.session[SHOW_SECRET] = made.pk
            return redirect("channels:welcome", slug, made.pk)
    return page(request, connector, form)


@transaction.non_atomic_requests
@sensitive_post_parameters()
@never_cache
@needs("connect")
def reconnect(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    connector = connector_of(account.network)
    form = form_of(request, connector, account)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reconnect(account, form.typed(account.opened))
        except (ConnectError, Refused, SendError) as error:
            tell(form, error)
        else:
            messages.success(request, _("Reconnected. What was waiting goes out now."))
            return redirect("channels:account", slug, pk)
    return page(request, connector, form, account)


def form_of(
    request: DeskRequest, connector: Connector, account: Account | None = None, **options: Any
) -> ConnectForm:
    """The form as it was sent, or as it begins: with what is known of an account, but no secret."""
    data = request.POST if request.method == "POST" else None
    if account is None:
        return ConnectForm(connector, data, **options)
    credentials = account.opened
    known = {name: str(value) for name, value in account.config.items() if name not in credentials}
    # Where we hold what is ours and theirs alike, a field left empty keeps it.
    keeps = connector.poll_seconds == 0 or isinstance(connector, Authorises)
    return ConnectForm(
        connector,
        data,
        known={"name": account.name, "handle": account.handle, **known},
        held=list(credentials) if keeps else [],
        **options,
    )


def page(
    request: DeskRequest, connector: Connector, form: ConnectForm, account: Account | None = None
) -> HttpResponse:
    authorises = isinstance(connector, Authorises)
    context = {"connector": connector, "form": form, "account": account, "authorises": authorises}
    context["checks"] = not getattr(connector, "only_authorises", False)
    context["help"] = _help(request, connector, account, authorises=authorises)
    response = render(request, "channels/connect.html", context, status=422 if form.errors else 200)
    # The button leads on to the network's own page: at home, that may be a network on this machine.
    response.headers["Content-Security-Policy"] = content_security(at_home=from_this_machine(request))
    return response


def _help(request: DeskRequest, connector: Connector, account: Account | None, *, authorises: bool) -> str:
    """What to do on the network's side: its own page of help if it has one, and its steps."""
    net = connector.network
    context: dict[str, Any] = {"connector": connector, "account": account}
    if authorises:
        context["return_to"] = return_address(request, net)
    names = [f"{net}/connect_help.html", f"channels/help/{net}.html"]
    if not isinstance(connector, Guides):
        found = select_template([*names, "channels/help/any.html"])
        return str(found.render(context, request))
    guide = str(get_template("channels/_guide.html").render(context, request))
    with contextlib.suppress(TemplateDoesNotExist):
        guide = str(select_template(names).render(context, request)) + guide
    return guide


def return_address(request: DeskRequest, network: str) -> str:
    """Where the network's own page sends people back to; one per installation, registered there."""
    return absolute(request, reverse("channels:returned", args=[network]))


def tell(form: ConnectForm, error: Failed) -> None:
    """The connector's own sentence, at the field it names. Everything typed stays but passwords."""
    named = error.field if isinstance(error, ConnectError) and error.field in form.fields else None
    form.add_error(named, sentence(error))


def sentence(error: Failed) -> str:
    if isinstance(error, ConnectError):
        return str(error.sentence)
    if isinstance(error, Refused):
        return _("The network does not accept these credentials.")
    return _("The network does not answer as it should. Try again in a moment.")


def account_of(request: DeskRequest, pk: int) -> Account:
    return get_object_or_404(Account, pk=pk, brand=request.brand, removed_at=None)


def connector_of(network: str) -> Connector:
    try:
        return registry.connector(network)
    except registry.UnknownNetwork:
        raise Http404 from None
