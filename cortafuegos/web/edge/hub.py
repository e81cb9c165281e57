"""One LISTEN connection for the process; what it hears goes to the browsers of that brand.

A burst of nudges becomes one message. A browser that reads slowly holds nobody up: when its
mailbox is full it is told once that everything may have changed.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

import msgspec
import psycopg

from cortafuegos.kit import log
from cortafuegos.web import metrics
from cortafuegos.web.edge.link import Unavailable, connect

_log = log.get(__name__)

CHANNEL = "nudge"
COALESCE = 0.075  # seconds a first nudge waits for others
CHECK = 20.0  # seconds of silence after which the connection is asked whether it lives
SHOWN = frozenset({"case", "presence", "draft", "account"})  # the others are for workers
MOST_CASES = 400
MAILBOX = 8  # messages


class Nudge(msgspec.Struct):
    brand: int
    kind: str = "case"
    cases: list[int] = []
    all: bool = False


_decode = msgspec.json.Decoder(Nudge).decode


def message(data: dict[str, Any]) -> bytes:
    return b"event: nudge\ndata: " + msgspec.json.encode(data) + b"\n\n"


class Listener:
    """One browser's mailbox."""

    def __init__(self, brand_id: int) -> None:
        self.brand_id = brand_id
        self.closing = False
        self._waiting: deque[bytes] = deque()
        self._wake = asyncio.Event()

    def put(self, said: bytes) -> None:
        if len(self._waiting) >= MAILBOX:
            self._waiting.clear()
            said = message({"brand": self.brand_id, "all": True})
        self._waiting.append(said)
        self._wake.set()

    def close(self) -> None:
        self.closing = True
        self._wake.set()

    async def take(self, seconds: float) -> bytes:
        """What has come, or nothing after ``seconds``."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()
        said = b"".join(self._waiting)
        self._waiting.clear()
        return said


class Hub:
    def __init__(self, on_account: Callable[[int | None], None] = lambda brand_id: None) -> None:
        self._on_account = on_account
        self._listeners: dict[int, set[Listener]] = defaultdict(set)
        self._pending: dict[int, dict[str, set[int]]] = {}
        self._everything: set[int] = set()
        self._task: asyncio.Task[None] | None = None
        self.closing = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._listen(), name="hub")

    async def stop(self) -> None:
        self.close()
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def close(self) -> None:
        """Send every browser home: it comes back to whoever serves next."""
        self.closing = True
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.close()

    def join(self, brand_id: int) -> Listener:
        listener = Listener(brand_id)
        self._listeners[brand_id].add(listener)
        metrics.streams.inc()
        return listener

    def leave(self, listener: Listener) -> None:
        here = self._listeners[listener.brand_id]
        here.discard(listener)
        if not here:
            del self._listeners[listener.brand_id]
        metrics.streams.dec()

    @property
    def count(self) -> int:
        return sum(len(here) for here in self._listeners.values())

    # --- hearing ---

    async def _listen(self) -> None:
        wait = 0.25
        while True:
            try:
                async with await connect("cortafuegos-hub") as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    # Whatever was said while nobody listened is lost: ask everybody to look again.
                    self._lost()
                    wait = 0.25
                    while True:
                        async for heard in connection.notifies(timeout=CHECK):
                            self.hear(heard.payload)
                        await connection.execute("SELECT 1")
            except (psycopg.Error, OSError, Unavailable) as error:
                _log.warning("nudges_interrupted", error=type(error).__name__)
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311
            wait = min(wait * 2, 5.0)

    def _lost(self) -> None:
        self._on_account(None)
        for brand_id, listeners in self._listeners.items():
            said = message({"brand": brand_id, "all": True})
            for listener in listeners:
                listener.put(said)

    def hear(self, payload: str) -> None:
        metrics.nudges.inc()
        try:
            nudge = _decode(payload)
        except msgspec.MsgspecError:
            _log.warning("nudge_unreadable", characters=len(payload))
            return
        if nudge.kind == "account":
            self._on_account(nudge.brand)
        if nudge.kind not in SHOWN or nudge.brand not in self._listeners:
            return
        if nudge.brand not in self._pending:
            self._pending[nudge.brand] = defaultdict(set)
            asyncio.get_running_loop().call_later(COALESCE, self._flush, nudge.brand)
        kinds = self._pending[nudge.brand]
        kinds[nudge.kind].update(nudge.cases)
        if nudge.all or sum(map(len, kinds.values())) > MOST_CASES:
            self._everything.add(nudge.brand)

    def _flush(self, brand_id: int) -> None:
        kinds = self._pending.pop(brand_id)
        if brand_id in self._everything:
            self._everything.discard(brand_id)
            said = message({"brand": brand_id, "all": True})
        else:
            said = b"".join(
                message({"brand": brand_id, "cases": sorted(cases), "kind": kind})
                for kind, cases in kinds.items()
            )
        for listener in self._listeners.get(brand_id, ()):
            listener.put(said)
