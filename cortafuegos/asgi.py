"""The web process: Django's pages in threads, behind the edge (webhooks in, nudges out)."""

from __future__ import annotations

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from starlette.types import ASGIApp, Receive, Scope, Send

PAGE_THREADS = 8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortafuegos.settings")
pages: Any = WSGIMiddleware(get_wsgi_application(), workers=PAGE_THREADS)  # type: ignore[arg-type]


def _with_demo(desk: ASGIApp) -> ASGIApp:
    """The demo's pretend network under /sandbox, where there is a demo."""
    from cortafuegos.worker.seed import sandbox_store

    if not sandbox_store().exists():
        return desk
    from cortafuegos.channels.sandbox.server import build

    sandbox = build(sandbox_store())

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and (path == "/sandbox" or path.startswith("/sandbox/")):
            scope = {**scope, "root_path": scope.get("root_path", "") + "/sandbox"}
            await sandbox(scope, receive, send)
        else:
            await desk(scope, receive, send)

    return application


def _build() -> ASGIApp:
    from cortafuegos.web.edge import build

    return _with_demo(build(pages))


application = _build()
