"""Connecting by OAuth 2: the person says yes on the network's own page and comes back.

The address to come back to is one per network and installation, since it is to be registered there.
What is remembered meanwhile lies sealed in the signed-in session under ``state``: whoever comes back
with another is not the one who left (RFC 6749, 10.12). It serves once, and for ten minutes.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cortafuegos.channels import actions
from cortafuegos.channels.capabilities import Authorises
from cortafuegos.channels.connecting import (
    SHOW_SECRET,
    account_of,
    connector_of,
    form_of,
    page,
    return_address,
    sentence,
    tell,
)
from cortafuegos.channels.contract import ConnectError, Json, Refused, SendError
from cortafuegos.kit import clock, crypto, log
from cortafuegos.kit.access import DeskRequest, needs

SECONDS = 600
MOST = 5  # begun at once, in as many tabs
LONGEST = 4_000  # characters of one value that a network's page may come back with
_KEY = "authorising"

logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Pending:
    """A connection begun and not finished. ``account`` when it is one to be connected again."""

    network: str
    slug: str
    account: int | None
    return_to: str
    kept: Json


def remember(session: SessionBase, state: str, pending: Pending, now: datetime) -> None:
    sealed = base64.b64encode(crypto.seal(asdict(pending))).decode()
    begun = {**session.get(_KEY, {}), state: [now.timestamp() + SECONDS, pending.slug, sealed]}
    session[_KEY] = dict(sorted(begun.items(), key=lambda one: one[1][0])[-MOST:])


def brand_of(session: SessionBase, state: str) -> str | None:
    """Where a return belongs; None when it was not begun in this session, or has been used."""
    found = session.get(_KEY, {}).get(state)
    return str(found[1]) if found else None


def take(session: SessionBase, state: str, slug: str, now: datetime) -> Pending | None:
    """Once: from here on nobody else can use it, whatever becomes of the rest. None when there is no
    such connection in this brand, or its time has passed."""
    begun = dict(session.get(_KEY, {}))
    found = begun.pop(state, None)
    if found is None or found[1] != slug:
        return None
    session[_KEY] = begun
    session.save()
    if found[0] < now.timestamp():
        return None
    try:
        return Pending(**crypto.unseal(base64.b64decode(found[2])))
    except crypto.Unsealable:
        return None


# The network may be asked while the page waits: no transaction stays open meanwhile.
@transaction.non_atomic_requests
@sensitive_post_parameters()
@never_cache
@require_POST
@needs("connect")
def begin(request: DeskRequest, slug: str, network: str = "", pk: int | None = None) -> HttpResponse:
    """Off to the network's page. What the form lacks, the connector misses in its own words."""
    account = account_of(request, pk) if pk is not None else None
    connector = connector_of(account.network if account else network)
    if not isinstance(connector, Authorises):
        raise Http404
    form = form_of(request, connector, account, lenient=True)
    if form.is_valid():
        state = crypto.new_token()
        return_to = return_address(request, connector.network)
        try:
            begun = connector.begin(form.typed(account.opened if account else None), return_to, state)
        except (ConnectError, Refused, SendError) as error:
            tell(form, error)
        else:
            pending = Pending(connector.network, slug, pk, return_to, begun.kept)
            remember(request.session, state, pending, clock.now())
            return HttpResponseRedirect(begun.address)
    return page(request, connector, form, account)


@never_cache
@login_required
def returned(request: HttpRequest, network: str) -> HttpResponse:
    """Back from the network: on to the brand where it began, if it began in this session."""
    query = _query(request)
    slug = brand_of(request.session, query.get("state", ""))
    if slug is None:
        messages.error(request, _("Nothing was connected: this does not belong to what you began here."))
        return redirect("web:root")
    return redirect(f"{reverse('channels:authorised', args=[slug, network])}?{urlencode(query)}")


@transaction.non_atomic_requests
@never_cache
@needs("connect")
def authorised(request: DeskRequest, slug: str, network: str) -> HttpResponse:
    connector = connector_of(network)
    query = _query(request)
    pending = take(request.session, query.get("state", ""), slug, clock.now())
    if pending is None or pending.network != network or not isinstance(connector, Authorises):
        messages.error(
            request,
            _("That took longer than ten minutes, or was finished already. Nothing changed; begin again."),
        )
        return redirect("channels:accounts", slug)
    again = account_of(request, pending.account) if pending.account is not None else None
    try:
        if "error" in query:
            raise ConnectError(_refusal(query["error"], connector.name))
        found = connector.finish(pending.kept, query, pending.return_to)
        if again is not None:
            actions.keep_again(again, found)
            messages.success(request, _("Reconnected. What was waiting goes out now."))
            return redirect("channels:account", slug, again.pk)
        made = actions.keep(request.agent.pk, request.brand, network, found)
    except (ConnectError, Refused, SendError) as error:
        logger.info("authorisation_failed", network=network, error=type(error).__name__)
        messages.error(request, sentence(error))
        if again is not None:
            return redirect("channels:reconnect", slug, again.pk)
        return redirect("channels:connect", slug, network)
    request.session[SHOW_SECRET] = made.pk
    return redirect("channels:welcome", slug, made.pk)


def _query(request: HttpRequest) -> dict[str, str]:
    return {name: str(value)[:LONGEST] for name, value in request.GET.items()}


def _refusal(error: str, name: Any) -> str:
    """RFC 6749, 4.1.2.1. The network's own description is a stranger's words, and not shown."""
    if error == "access_denied":
        return _("You did not give the permission on the page of %(network)s. Nothing changed.") % {
            "network": name
        }
    return _("%(network)s did not let us in. Check what is set up there, and begin again.") % {
        "network": name
    }
