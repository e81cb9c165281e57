"""A sandbox network that really runs on loopback, a desk's account on it, and a desk's ear."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cortafuegos.channels.contract import AccountView
from cortafuegos.channels.sandbox import accounts, server
from cortafuegos.channels.sandbox.client import http
from cortafuegos.channels.sandbox.connector import connector
from cortafuegos.channels.sandbox.store import Store, now


@dataclass
class Network:
    """The running server, and a hand on it."""

    address: str
    store: Store
    people: dict[str, str] = field(default_factory=dict)

    def admin(self, method: str, path: str, **body: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.store.admin_token}"}
        answer = http().request(method, f"{self.address}/api/admin/{path}", json=body, headers=headers)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
        return said

    def says(self, who: str, text: str, **more: Any) -> dict[str, Any]:
        return self.admin("POST", "speak", **{"as": who, "text": text, **more})

    def fault(self, kind: str, **params: Any) -> None:
        self.admin("POST", "faults", kind=kind, **params)

    def count(self) -> int:
        with self.store.read() as db:
            return int(db.execute("SELECT count(*) FROM post").fetchone()[0])


@dataclass
class Ear:
    """A desk's webhook: keeps what arrives, and answers what the test wants."""

    url: str
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[int], int] = lambda attempt: 200


@pytest.fixture
def serve() -> Iterator[Callable[[Starlette], str]]:
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: Starlette) -> str:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
        web = uvicorn.Server(config)
        thread = threading.Thread(target=web.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((web, thread))
        until(lambda: web.started)
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for web, thread in running:
        web.should_exit = True
        thread.join(10)


@pytest.fixture
def network(tmp_path: Path, serve: Callable[[Starlette], str]) -> Network:
    app = server.build(tmp_path / "sandbox.sqlite3", background=False, realm="prueba")
    store: Store = app.state.store
    with store.write() as db:
        for handle, brand in (("tienda", 1), ("tienda_ayuda", 1), ("marta", 0), ("luis", 0)):
            accounts.ensure(db, handle, name=handle.title(), brand=brand, language="es")
    store.base_url = ""
    return Network(serve(app), store)


@pytest.fixture
def desk(network: Network) -> AccountView:
    return connect(network, "tienda_ayuda")


def connect(network: Network, handle: str) -> AccountView:
    token = network.admin("POST", "accounts", handle=handle)["token"]
    found = connector.connect({"address": network.address + "/", "token": f" {token} "})
    return AccountView(7, "sandbox", found.network_id, found.handle, "es", found.config, found.credentials)


@pytest.fixture
def ear(network: Network, desk: AccountView, serve: Callable[[Starlette], str]) -> Ear:
    heard = Ear("")

    async def hook(request: Request) -> Response:
        heard.heard.append((dict(request.headers), await request.body()))
        return Response(status_code=heard.answer(len(heard.heard)))

    heard.url = serve(Starlette(routes=[Route("/hook", hook, methods=["POST"])])) + "/hook"
    with network.store.write() as db:
        row = accounts.by_handle(db, desk.handle)
        accounts.ensure_webhook(db, row, heard.url, desk.credentials["webhook_secret"])
    return heard


def until(ready: Callable[[], Any], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


__all__ = ["Ear", "Network", "connect", "now", "until"]
