"""The web process: Django's pages in threads, behind the edge (webhooks in, nudges out)."""

from __future__ import annotations

import os
import threading
import time
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


def _warm() -> None:
    """The guard prepares each phrase when its first word is met; nobody who types should wait for it."""
    from cortafuegos.guard.rules import check, tone
    from cortafuegos.guard.values import Context, Draft

    for text in ("Lo siento, ¿me das tu DNI?", "Sorry about that, what is your e-mail?"):
        check(Draft(text, public=True), Context())
    for _ in tone.prepare():
        time.sleep(0.01)  # pages go first


def _build() -> ASGIApp:
    from cortafuegos.web.edge import build

    return _with_demo(build(pages))


application = _build()
threading.Thread(target=_warm, name="warm", daemon=True).start()
