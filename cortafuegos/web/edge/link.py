"""The edge's own connections to PostgreSQL: few, in autocommit, and back by themselves after a loss.

No pool: each user of the database here has one thing to do at a time, and a pool's back-off would
keep callers out for up to a minute after the server returned.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo

T = TypeVar("T")
Connection = psycopg.AsyncConnection[Any]

CONNECT_SECONDS = 3
STATEMENT_SECONDS = 5


class Unavailable(Exception):
    """The database does not answer, or takes nothing: it may in a moment."""


def conninfo(name: str) -> str:
    """Django's database, for a connection that gives up in seconds rather than minutes."""
    found = settings.DATABASES["default"]
    given = {
        "dbname": found["NAME"],
        "user": found.get("USER"),
        "password": found.get("PASSWORD"),
        "host": found.get("HOST"),
        "port": found.get("PORT"),
    }
    defaults = {
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 1000 * STATEMENT_SECONDS,
        "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c TimeZone=UTC",
    }
    options = {k: v for k, v in found.get("OPTIONS", {}).items() if isinstance(v, str | int)}
    present = {key: value for key, value in given.items() if value}
    return make_conninfo("", **{**defaults, **options, **present, "application_name": name})


async def connect(name: str) -> Connection:
    try:
        return await asyncio.wait_for(
            psycopg.AsyncConnection.connect(conninfo(name), autocommit=True), CONNECT_SECONDS + 1
        )
    except (psycopg.Error, OSError, TimeoutError) as error:
        raise Unavailable(type(error).__name__) from None


class Link:
    """One connection, used by one at a time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = asyncio.Lock()
        self._connection: Connection | None = None

    async def run(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """``work`` must be safe to repeat: a connection that went stale while it lay idle shows it
        only when used, and then the work is done again on a fresh one.

        Raises Unavailable; what is wrong with the values themselves (DataError, IntegrityError)
        passes through."""
        async with self._lock:
            stale = self._connection is not None
            try:
                return await self._once(work)
            except Unavailable:
                if not stale:
                    raise
            return await self._once(work)

    async def _once(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        if self._connection is None or self._connection.closed:
            self._connection = await connect(self._name)
        try:
            return await asyncio.wait_for(work(self._connection), STATEMENT_SECONDS + 1)
        except (psycopg.DataError, psycopg.IntegrityError):
            raise
        except (psycopg.Error, OSError, TimeoutError) as error:
            await self.close()
            raise Unavailable(type(error).__name__) from None
        except asyncio.CancelledError:
            await self.close()
            raise

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
