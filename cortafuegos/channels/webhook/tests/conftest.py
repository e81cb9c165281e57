"""Another company's system on loopback, which checks our signature as the documents tell it to."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from cortafuegos.channels.contract import AccountView

SECRET = "whsec_de-la-otra-casa-0123456789"


@dataclass
class Other:
    """The other system: what it was told, and how it answers."""

    url: str = ""
    secret: str = SECRET
    told: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], tuple[int, bytes, dict[str, str]]] = lambda event: (200, b"", {})
    hang: float = 0

    def signed(self, header: str, body: bytes) -> bool:
        """Written from docs/channels/webhook.md alone, without our code."""
        parts = [part.split("=", 1) for part in header.split(",")]
        stamp = next(value for name, value in parts if name == "t")
        digest = hmac.new(self.secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
        fresh = abs(time.time() - int(stamp)) < 300
        return fresh and digest.hexdigest() in [value for name, value in parts if name == "v1"]


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Other]:
    monkeypatch.setenv("CORTAFUEGOS_ALLOW_LOCAL_WEBHOOKS", "1")
    system = Other()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not system.signed(self.headers["Cortafuegos-Signature"], body):
                return self.reply(401, b"", {})
            event = json.loads(body)
            system.told.append(event)
            system.keys.append(self.headers["Idempotency-Key"])
            time.sleep(system.hang)
            return self.reply(*system.answer(event))

        def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    system.url = f"http://127.0.0.1:{server.server_address[1]}/hooks?de=cortafuegos"
    yield system
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(other: Other) -> AccountView:
    config, credentials = {"url": other.url}, {"secret": SECRET}
    return AccountView(3, "webhook", "webhook:abc", "resenas", "es", config, credentials)


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
