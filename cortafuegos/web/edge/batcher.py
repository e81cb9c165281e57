"""Many callers, one commit: whoever waits at the same moment is written together.

A caller is told "kept" only after the commit of its batch; all that a caller brings is in one. While
one batch is being written the next gathers by itself, so a slow disk makes larger batches, not a
longer queue.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import psycopg

from cortafuegos.channels.receipts.contract import Arrival
from cortafuegos.kit import log
from cortafuegos.web import metrics
from cortafuegos.web.edge.link import Unavailable

_log = log.get(__name__)

LINGER = 0.002  # seconds the first of a batch waits for company; measured, see docs/operations.md
MOST = 500  # arrivals in one statement
MOST_BYTES = 16_000_000  # of payload in one statement
WAITING = 5_000  # arrivals that may wait; beyond, callers are sent away at once

Store = Callable[[Sequence[Arrival]], Awaitable[int]]


class Full(Exception):
    """More is arriving than the database takes."""


class Unstorable(Exception):
    """These arrivals cannot be kept, whenever they come: an account is gone for good."""


# What one caller brings, and what it waits for.
Waiting = tuple[Sequence[Arrival], asyncio.Future[None]]


class Batcher:
    def __init__(self, store: Store, *, linger: float = LINGER, waiting: int = WAITING) -> None:
        self._store = store
        self._linger = linger
        self._room = waiting
        self._queue: deque[Waiting] = deque()
        self._length = 0  # arrivals in the queue
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="batcher")

    async def stop(self) -> None:
        """What waits is written first."""
        while self._queue:
            await asyncio.sleep(0.01)
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def keep(self, *arrivals: Arrival) -> None:
        """Returns when all of them are on disk. Raises Full, Unavailable, Unstorable: then none is."""
        if self._length >= self._room:
            raise Full
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append((arrivals, kept))
        self._length += len(arrivals)
        self._wake.set()
        await kept

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            if self._length < MOST:
                await asyncio.sleep(self._linger)
            batch = self._take()
            together = [arrival for arrivals, _ in batch for arrival in arrivals]
            try:
                new = await self._store(together)
            except Unavailable as error:
                # Those behind would wait for the same closed door.
                _log.warning("receipts_not_kept", waiting=len(together) + self._length, error=str(error))
                self._answer([*batch, *self._queue], Unavailable())
                self._queue.clear()
                self._length = 0
            except (psycopg.DataError, psycopg.IntegrityError):
                await self._one_by_one(batch)
            except Exception as error:
                _log.exception("receipts_not_kept", waiting=len(together))
                self._answer(batch, Unavailable(type(error).__name__))
            else:
                metrics.kept(new, len(together))
                self._answer(batch, None)
            if not self._queue:
                self._wake.clear()

    def _take(self) -> list[Waiting]:
        """Whole callers, up to what one statement takes; the first whatever it brings."""
        batch: list[Waiting] = []
        count = size = 0
        while self._queue:
            arrivals = self._queue[0][0]
            count += len(arrivals)
            size += sum(len(arrival.delivery.body) for arrival in arrivals)
            if batch and (count > MOST or size > MOST_BYTES):
                break
            batch.append(self._queue.popleft())
            self._length -= len(arrivals)
        return batch

    async def _one_by_one(self, batch: Sequence[Waiting]) -> None:
        """One of them cannot be kept: the others must not suffer for it."""
        for arrivals, kept in batch:
            try:
                new = await self._store(arrivals)
            except (psycopg.DataError, psycopg.IntegrityError) as error:
                account = arrivals[0].account_id
                _log.warning("receipt_unstorable", account=account, error=type(error).__name__)
                self._answer([(arrivals, kept)], Unstorable())
            except Exception as error:
                self._answer([(arrivals, kept)], Unavailable(type(error).__name__))
            else:
                metrics.kept(new, len(arrivals))
                self._answer([(arrivals, kept)], None)

    @staticmethod
    def _answer(batch: Sequence[Waiting], problem: Exception | None) -> None:
        for _, kept in batch:
            if kept.done():  # its caller went away
                continue
            if problem is None:
                kept.set_result(None)
            else:
                kept.set_exception(problem)
