"""A real web process for the tests: started, asked, stopped, killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import quote

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from cortafuegos.channels.models import Account
from cortafuegos.channels.receipts import postgres
from cortafuegos.channels.sandbox import signature
from cortafuegos.kit import crypto
from cortafuegos.web.edge.accounts import Accounts
from cortafuegos.web.edge.batcher import Batcher
from cortafuegos.web.edge.link import Link
from cortafuegos.web.edge.webhook import Webhooks

SECRET = "a secret of the network"


class Web:
    def __init__(self, database_url, **env):
        self.env = {**os.environ, "DATABASE_URL": database_url, **env}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        options = ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "30"]
        command = [sys.executable, "-m", "uvicorn", "cortafuegos.asgi:application", *options]
        self.process = subprocess.Popen([*command, "--port", str(self.port)], env=self.env)
        deadline = time.monotonic() + 120  # on a busy machine
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/healthz", timeout=5).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the web process did not start")

    def stop(self):
        """Returns how long it took, in seconds."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(40)
        return time.monotonic() - started

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def url_of(settings_dict):
    """The address of the database Django uses now, which is the tests' own."""
    host, port = settings_dict["HOST"], settings_dict["PORT"]
    user, name = settings_dict["USER"], settings_dict["NAME"]
    return f"postgresql://{user}@/{name}?host={quote(host)}" + (f"&port={port}" if port else "")


def an_account(brand, **fields):
    made = {
        "network": "sandbox",
        "network_id": f"sandbox://condor/{Account.objects.count()}",
        "handle": "condor",
        "name": "Cóndor",
        "sealed": crypto.seal({"webhook_secret": SECRET, "token": "sbx_x"}),
        **fields,
    }
    return Account.objects.create(brand=brand, **made)


def event(name, text="Perdí mi maleta 🧳"):
    """As the sandbox network pushes it."""
    person = {"uri": "sandbox://condor/people/9", "handle": "mateo_ruiz"}
    said = {
        "uri": f"sandbox://condor/posts/{name}",
        "author": person,
        "text": text,
        "created_at": "2026-03-03T10:00:00+00:00",
        "public": True,
        "conversation": f"sandbox://condor/posts/{name}",
    }
    return json.dumps({"event": name, "kind": "post", "post": said}).encode()


def signed(body, *, secret=SECRET, age=0):
    return signature.headers(secret, int(time.time()) - age, body)


def post(client, account, body, headers=None):
    given = signed(body) if headers is None else headers
    return client.post(f"/in/{account.public_id}", content=body, headers=given)


class Edge:
    """Webhooks in this process, on real connections, with limits a test can reach."""

    def __init__(self, **limits):
        self.asking, self.writing = Link("test-ask"), Link("test-write")
        self.batcher = Batcher(self.store)
        self.accounts = Accounts(self.asking)
        webhooks = Webhooks(self.accounts, self.batcher, **limits)
        route = Route("/in/{public_id:uuid}", webhooks.handle, methods=["GET", "POST"])
        self.app = Starlette(routes=[route])

    async def store(self, arrivals):
        return await self.writing.run(lambda link: postgres.store(link, arrivals))

    async def __aenter__(self):
        self.batcher.start()
        transport = httpx.ASGITransport(self.app)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://edge")
        return self

    async def __aexit__(self, *_):
        await self.batcher.stop()
        await self.client.aclose()
        await self.asking.close()
        await self.writing.close()
