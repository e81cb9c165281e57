"""The sandbox network as one Starlette application: its API and its page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from . import api, page
from .edge import Allowance, endpoint
from .runner import Runner
from .store import Store


def build(
    store_path: Path | str, *, base_url: str = "", realm: str = "", background: bool = True
) -> Starlette:
    """The network kept in ``store_path``, a file that is made when it is not there.

    ``base_url`` is where a browser finds it, for instance http://127.0.0.1:8000/sandbox; without
    it, the first request tells. A mounted application gets no lifespan events, so the heartbeat
    (stories, webhooks) starts with the first request; ``background=False`` never starts it.
    """
    store = Store(Path(store_path), realm=realm, base_url=base_url)
    runner = Runner(store)
    start = runner.start if background else _nothing

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        start()
        yield
        runner.stop()

    allowance = Allowance()
    routes: list[Route | Mount] = [
        Route(path, endpoint(store, handler, guard, allowance, start), methods=[method])
        for method, path, handler, guard in api.ROUTES
    ]
    static = StaticFiles(directory=Path(__file__).parent / "static")
    app = Starlette(
        routes=[*routes, *page.routes(store, start), Mount("/static", static, name="static")],
        lifespan=lifespan,
    )
    app.state.store = store
    app.state.runner = runner
    return app


def _nothing() -> None:
    return None
