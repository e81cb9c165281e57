"""Somebody's own system, on the other side of the webhook channel."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from playwright.sync_api import Page

from cortafuegos.channels.webhook import signing
from e2e import hands


class OtherSystem:
    """Takes what the desk sends, and says so."""

    def __enter__(self) -> OtherSystem:
        self.received: list[Any] = []
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                received.append(json.loads(body))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def connect(self, page: Page, brand: str, name: str) -> None:
        hands.connect(page, brand, "webhook", {"name": name, "url": self.url})
        shown = page.locator(".copy input")
        self.address, self.secret = shown.nth(0).input_value(), shown.nth(1).input_value()

    def posts(self, message: dict[str, Any], *, forged: bool = False) -> int:
        """Deliver a message as the documents say; returns the status of the answer."""
        body = json.dumps(message).encode()
        signature = "t=1,v1=00" if forged else signing.header([self.secret], int(time.time()), body)
        return httpx.post(self.address, content=body, headers={signing.HEADER: signature}).status_code
