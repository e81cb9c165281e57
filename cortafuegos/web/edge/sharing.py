"""One address for many accounts: to which of them each part of a delivery goes.

A network's app sends what concerns any of a brand's accounts to one address. The signature speaks
for the app, so a part may go to another account of the same brand and network, and to nobody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from cortafuegos.channels.capabilities import Shared
from cortafuegos.channels.contract import AccountView, Connector, Delivery
from cortafuegos.channels.receipts.contract import ADDRESSEE, stored_key
from cortafuegos.kit import log
from cortafuegos.kit.text import storable
from cortafuegos.web.edge.accounts import Accounts, Known

MOST_PARTS = 1_000  # of one delivery; more are kept as the one they came in
MOST_BYTES = 8_000_000  # of all parts together: each may carry the envelope again

_log = log.get(__name__)


async def share(accounts: Accounts, known: Known, whole: Delivery) -> list[tuple[int, Delivery]]:
    """Account ids with what each is to keep. A part whose account does not listen (unknown here, or
    paused) stays with the addressed one, marked with the name it is for: read, it goes to that account
    if it listens by then, and is put aside if not.

    Raises Unavailable when the database does not answer."""
    view = known.view
    if not isinstance(known.connector, Shared):
        return [(view.id, whole)]
    kept: list[tuple[int, Delivery]] = []
    for network_id, part in _split(known.connector, view, whole) or [(view.network_id, whole)]:
        if network_id == view.network_id and not known.paused:
            kept.append((view.id, part))
        elif (sister := await accounts.sister(known, network_id)) is not None:
            kept.append((sister, part))
        else:
            addressee = storable(network_id, 500)
            kept.append((view.id, replace(part, headers={ADDRESSEE: addressee, **part.headers})))
    return _distinct(known, kept)


def _split(speaks: Shared, view: AccountView, whole: Delivery) -> Sequence[tuple[str, Delivery]]:
    """Nothing when it cannot be split: then it is kept whole, and reading it says what is wrong."""
    try:
        parts = speaks.split(view, whole)
        size = sum(len(part.body) for _, part in parts)
        return parts if len(parts) <= MOST_PARTS and size <= MOST_BYTES else []
    except Exception as error:
        _log.warning("not_split", network=view.network, error=type(error).__name__)
        return []


def _distinct(known: Known, kept: Sequence[tuple[int, Delivery]]) -> list[tuple[int, Delivery]]:
    """Each part under a key of its own. Two different ones under the same key would be one to the
    log, and the other would be lost."""
    found: dict[tuple[int, str], Delivery] = {}
    for account_id, part in kept:
        digest = hashlib.sha256(part.body).hexdigest()
        key = _key(known.connector, known.view, part) or f"sha256:{digest}"
        before = found.get((account_id, stored_key(key)))
        if before is not None and before.body != part.body:
            key = f"{key}:{digest}"
        found[account_id, stored_key(key)] = replace(part, key=key)
    return [(account_id, part) for (account_id, _), part in found.items()]


def _key(speaks: Connector, view: AccountView, part: Delivery) -> str:
    try:
        return speaks.key(view, part)
    except Exception:  # what cannot be named is kept under its own hash
        return ""
