"""The edge in front of the pages: a few addresses answered by coroutines, all else by Django."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from types import FrameType
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from cortafuegos.channels.receipts import postgres
from cortafuegos.channels.receipts.contract import Arrival
from cortafuegos.web.edge.accounts import Accounts
from cortafuegos.web.edge.batcher import Batcher
from cortafuegos.web.edge.hub import Hub
from cortafuegos.web.edge.link import Link
from cortafuegos.web.edge.probes import Probes, healthz
from cortafuegos.web.edge.stalling import impatient
from cortafuegos.web.edge.streaming import Streams
from cortafuegos.web.edge.webhook import Webhooks

OURS = ("/in/", "/stream", "/healthz", "/readyz", "/metrics")


def build(pages: ASGIApp) -> ASGIApp:
    # One each, so that a slow question about figures keeps no webhook waiting.
    writing, asking, probing = (Link(f"cortafuegos-edge-{use}") for use in ("write", "ask", "probe"))

    async def store(arrivals: Sequence[Arrival]) -> int:
        return await writing.run(lambda link: postgres.store(link, arrivals))

    accounts = Accounts(asking)
    batcher = Batcher(store)
    hub = Hub(on_account=accounts.forget)
    probes = Probes(probing)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hub.start()
        batcher.start()
        with _told_to_stop(hub.close):
            yield
        await hub.stop()
        await batcher.stop()
        for link in (writing, asking, probing):
            await link.close()

    edge = Starlette(
        routes=[
            Route("/in/{public_id:uuid}", Webhooks(accounts, batcher).handle, methods=["GET", "POST"]),
            Route("/stream", Streams(hub, asking)),
            Route("/healthz", healthz),
            Route("/readyz", probes.readyz),
            Route("/metrics", probes.metrics),
        ],
        lifespan=lifespan,
    )

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        ours = scope["type"] != "http" or path in OURS or path.startswith("/in/")
        if ours:
            await edge(scope, receive, send)
        else:
            await pages(scope, impatient(receive), send)

    return application


@contextlib.contextmanager
def _told_to_stop(close: Callable[[], None]) -> Iterator[None]:
    """Call ``close`` at the signal that stops the server.

    A server tells its application to shut down only after the last request has ended, and a
    stream does not end by itself: without this each stop would wait for the grace period.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before: dict[int, Any] = {}

    def heard(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(close)
        if callable(before[number]):
            before[number](number, frame)

    numbers: tuple[int, ...] = (signal.SIGTERM, signal.SIGINT)
    for number in numbers:
        before[number] = signal.getsignal(number)
        signal.signal(number, heard)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is heard:
                signal.signal(number, handler)
