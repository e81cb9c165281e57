"""Whose address a webhook came to: looked up once, remembered for seconds.

A nudge about accounts forgets what is remembered of that brand, so a changed secret holds at once;
the seconds are for when the nudge was lost.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from typing import Any

from cortafuegos.channels.contract import AccountView, Connector
from cortafuegos.channels.registry import connector
from cortafuegos.kit import crypto
from cortafuegos.web.edge.link import Connection, Link

SECONDS = 5.0
MOST = 10_000  # remembered, unknown addresses too: guessing must not fill the memory

_SELECT = """
SELECT id, brand_id, network, network_id, handle, language, config, sealed, state = 'paused',
       removed_at IS NOT NULL
FROM cortafuegos_account WHERE public_id = %(public_id)b
"""


@dataclass(frozen=True, slots=True)
class Known:
    brand_id: int
    view: AccountView
    connector: Connector
    paused: bool
    removed: bool


class Accounts:
    """Raises Unavailable when the database does not answer, Unsealable when the installation's
    secret is not the one that sealed the credentials."""

    def __init__(self, link: Link, *, seconds: float = SECONDS) -> None:
        self._link = link
        self._seconds = seconds
        self._known: dict[uuid.UUID, tuple[float, Known | None]] = {}
        self._loading: dict[uuid.UUID, asyncio.Task[Known | None]] = {}
        self._forgotten = 0

    async def find(self, public_id: uuid.UUID) -> Known | None:
        remembered = self._known.get(public_id)
        if remembered and remembered[0] > time.monotonic():
            return remembered[1]
        loading = self._loading.get(public_id)
        if loading is None:  # a burst to one address asks once
            loading = self._loading[public_id] = asyncio.create_task(self._remember(public_id))
            loading.add_done_callback(lambda _: self._loading.pop(public_id, None))
        return await asyncio.shield(loading)

    def forget(self, brand_id: int | None = None) -> None:
        """What is remembered of a brand, and every "unknown": its account may be there now."""
        self._forgotten += 1
        self._known = {
            key: (until, known)
            for key, (until, known) in self._known.items()
            if known and brand_id is not None and known.brand_id != brand_id
        }

    async def _remember(self, public_id: uuid.UUID) -> Known | None:
        before = self._forgotten
        found = await self._load(public_id)
        if len(self._known) >= MOST:
            self._known.clear()
        if before == self._forgotten:  # else it may have changed while we asked
            self._known[public_id] = (time.monotonic() + self._seconds, found)
        return found

    async def _load(self, public_id: uuid.UUID) -> Known | None:
        async def work(connection: Connection) -> tuple[Any, ...] | None:
            cursor = await connection.execute(_SELECT, {"public_id": public_id}, binary=True)
            return await cursor.fetchone()

        row = await self._link.run(work)
        if row is None:
            return None
        pk, brand_id, network, network_id, handle, language, config, sealed, paused, removed = row
        # A network's library may take its time to import, and the first unsealing derives a key.
        speaks = await asyncio.to_thread(connector, network)
        credentials = await asyncio.to_thread(crypto.unseal, sealed) if sealed else {}
        view = AccountView(pk, network, network_id, handle, language, config, credentials)
        return Known(brand_id, view, speaks, paused, removed)
