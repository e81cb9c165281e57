"""A sandbox network on loopback, and one of its customers' posts as a case on the desk."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from cortafuegos.channels.contract import Post
from cortafuegos.channels.models import Account
from cortafuegos.channels.sandbox import accounts, posts, server
from cortafuegos.channels.sandbox.client import http
from cortafuegos.channels.sandbox.store import Store, now
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.tests.people import a_post, an_account, arrive, author
from cortafuegos.team.models import Brand


class Door:
    """Counts who is inside, so that a test can wait until all is quiet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.inside = app, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.inside -= 1


@dataclass
class Twin:
    address: str
    store: Store
    door: Door

    def settle(self) -> None:
        """Whatever was on its way here when its sender died has been dealt with."""
        http().get(f"{self.address}/api/health", timeout=30).raise_for_status()
        while self.door.inside > 1:  # the lifespan stays inside
            time.sleep(0.001)

    def account(
        self, brand: Brand, network: str = "sandbox", handle: str = "condor", **fields: Any
    ) -> Account:
        with self.store.write() as db:
            row = accounts.ensure(db, handle, name=handle.title(), brand=1)
            token = accounts.ensure_token(db, row)
        return an_account(
            brand,
            handle,
            network,
            network_id=self.store.uri("people", row["id"]),
            config={"address": self.address},
            credentials={"token": token, "webhook_secret": "secreto de prueba 1234"},
            **fields,
        )

    def speaks(self, text: str, by: str = "lucia") -> int:
        """A customer's public post, there only."""
        with self.store.write() as db:
            return int(posts.publish(self.store, db, accounts.ensure(db, by), text, now())["id"])

    def says(
        self, account: Account, text: str = "¿A qué hora abre el mostrador?", by: str = "lucia", **fields: Any
    ) -> Message:
        """A customer's public post, there and here."""
        with self.store.write() as db:
            who = accounts.ensure(db, by)
            row = posts.publish(self.store, db, who, text, now())
        uri = self.store.uri("posts", row["id"])
        post: Post = a_post(
            text,
            by=author(by, account.network, network_id=self.store.uri("people", who["id"])),
            network_id=uri,
            conversation=uri,
            ref={"uri": uri, "author": self.store.uri("people", who["id"])},
            **fields,
        )
        arrive(account, post)
        return Message.objects.select_related("case").get(brand=account.brand, network_id=uri)

    def fault(self, kind: str, times: int = 1, **params: Any) -> None:
        headers = {"Authorization": f"Bearer {self.store.admin_token}"}
        said = {"kind": kind, "times": times, **params}
        http().post(f"{self.address}/api/admin/faults", json=said, headers=headers).raise_for_status()

    def heal(self) -> None:
        with self.store.write() as db:
            db.execute("DELETE FROM fault")

    def ours(self) -> list[str]:
        """What the brand has said on the network, in order."""
        with self.store.read() as db:
            found = db.execute(
                "SELECT post.text FROM post JOIN account ON account.id = post.author"
                " WHERE account.brand = 1 ORDER BY post.id"
            )
            return [row["text"] for row in found.fetchall()]


@contextmanager
def running(folder: Path) -> Iterator[Twin]:
    app = server.build(folder / "sandbox.sqlite3", background=False)
    door = Door(app)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    web = uvicorn.Server(uvicorn.Config(door, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=web.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not web.started:
        time.sleep(0.01)
    try:
        yield Twin(f"http://127.0.0.1:{listener.getsockname()[1]}", app.state.store, door)
    finally:
        web.should_exit = True
        thread.join(10)
        listener.close()
