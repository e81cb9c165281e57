"""Speaking to the Threads API: the Graph API's manners, at an address and with a version of its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop

from cortafuegos.channels.contract import AccountView, Json
from cortafuegos.channels.meta import errors
from cortafuegos.channels.meta.errors import Verdict, says
from cortafuegos.channels.meta.graph import Graph

from .form import API

VERSION = "v1.0"  # the only one there is
NOT_READY = 30.0  # seconds; Meta's advice between preparing and publishing
MOST_POSTS = 250  # in 24 hours; answers 1,000

VERDICTS: Mapping[tuple[int, int], Verdict] = {
    **errors.VERDICTS,
    (24, 4279009): says(gettext_noop("Threads is still preparing it."), permanent=False, wait=NOT_READY),
}


def line(account: AccountView) -> Graph:
    return dial(account.config, str(account.credentials.get("token", "")))


def dial(config: Json, token: str, *, version: str = VERSION) -> Graph:
    """``version`` empty: the addresses of the tokens have none."""
    return Graph(str(config.get("api") or API), version, token, verdicts=VERDICTS)


def own(account: AccountView) -> str:
    return account.network_id.partition(":")[2]
