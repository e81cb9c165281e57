"""Whose address a webhook came to, and which accounts of that brand it may speak of besides."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from typing import Any

from cortafuegos.channels.contract import AccountView, Connector
from cortafuegos.channels.registry import connector
from cortafuegos.kit import crypto
from cortafuegos.kit.text import storable
from cortafuegos.web.edge.link import Connection, Link
from cortafuegos.web.edge.memory import SECONDS, Memory

_SELECT = """
SELECT id, brand_id, network, network_id, handle, language, config, sealed, state = 'paused',
       removed_at IS NOT NULL
FROM cortafuegos_account WHERE public_id = %(public_id)b
"""
_SISTER = """
SELECT id FROM cortafuegos_account
WHERE brand_id = %(brand_id)s AND network = %(network)s AND network_id = %(network_id)s
  AND removed_at IS NULL AND state <> 'paused'
"""


@dataclass(frozen=True, slots=True)
class Known:
    brand_id: int
    view: AccountView
    connector: Connector
    paused: bool
    removed: bool


@dataclass(frozen=True, slots=True)
class Sister:
    """An account of the same brand on the same network, by the name the network has for it."""

    brand_id: int
    network: str
    network_id: str


class Accounts:
    """Raises Unavailable when the database does not answer, Unsealable when the installation's
    secret is not the one that sealed the credentials."""

    def __init__(self, link: Link, *, seconds: float = SECONDS) -> None:
        self._link = link
        self._addressed = Memory(self._load, lambda _, known: known.brand_id, seconds=seconds)
        self._sisters = Memory(self._load_sister, lambda key, _: key.brand_id, seconds=seconds)

    async def find(self, public_id: uuid.UUID) -> Known | None:
        return await self._addressed.find(public_id)

    async def sister(self, known: Known, network_id: str) -> int | None:
        """The id of the listening account that the network calls so; None when there is none here."""
        if storable(network_id) != network_id:  # PostgreSQL holds no such text, so no account has it
            return None
        return await self._sisters.find(Sister(known.brand_id, known.view.network, network_id))

    def forget(self, brand_id: int | None = None) -> None:
        self._addressed.forget(brand_id)
        self._sisters.forget(brand_id)

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

    async def _load_sister(self, sister: Sister) -> int | None:
        wanted = {
            "brand_id": sister.brand_id,
            "network": sister.network,
            "network_id": sister.network_id,
        }

        async def work(connection: Connection) -> tuple[Any, ...] | None:
            return await (await connection.execute(_SISTER, wanted)).fetchone()

        row = await self._link.run(work)
        return int(row[0]) if row else None
