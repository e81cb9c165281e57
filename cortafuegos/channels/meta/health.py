"""Is the account well: the token, its permissions, and whether the page still tells the app."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, ConnectError, Health, HealthState, Refused, SendError

from .account import app_graph, graph_of
from .connecting import ends, inspect, missing, named, subscribed
from .errors import LONGEST_WAIT

SOON = timedelta(days=7)


def check(account: AccountView, needed: Iterable[str], wanted: Iterable[str]) -> Health:
    app = app_graph(account)
    try:
        told = inspect(app, str(account.credentials["token"]))
    except ConnectError as error:
        state = HealthState.REFUSED if error.field else HealthState.DEGRADED
        return Health(state, str(error.sentence))
    until = ends(told)
    if told.get("is_valid") is not True:
        return Health(HealthState.REFUSED, _("Meta no longer accepts the access token."), until)
    if lacking := missing(told, needed):
        sentence = _("The access token lacks permissions: %(list)s.") % {"list": named(lacking)}
        return Health(HealthState.REFUSED, sentence, until)
    graph = graph_of(account)
    try:
        fields = subscribed(graph, account.config)
    except Refused as refused:
        return Health(HealthState.REFUSED, str(refused), until)
    except SendError as error:
        return Health(HealthState.DEGRADED, error.reason, until)
    if not set(wanted) <= fields:
        sentence = _("The page no longer tells the app what is new. Connect again; until then we ask Meta.")
        return Health(HealthState.DEGRADED, sentence, until)
    if graph.rest:
        minutes = round(min(graph.rest, LONGEST_WAIT) / 60) or 1
        sentence = _("Meta's limit is nearly used up; it asks for %(minutes)d minutes of rest.")
        return Health(HealthState.DEGRADED, sentence % {"minutes": minutes}, until)
    if until and until - datetime.now(UTC) < SOON:
        return Health(HealthState.EXPIRING, _("The access to Meta ends soon. Connect again."), until)
    return Health(HealthState.OK, expires_at=until)
