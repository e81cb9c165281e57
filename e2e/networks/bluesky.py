"""The Bluesky reference network on loopback: identities, a data server, an app view, and a chat
service of ours beside them (``bluesky_chat``), since the reference network has none.

    with BlueskyNetwork() as network:
        brand = network.account("marca")
        form = network.connect_form(brand)        # what a person types on the connect page
        ana = network.client(network.account("anaperez"))   # the official SDK, as a customer

The servers are Debian's Redis, the PostgreSQL that comes with the desk, and Node packages which
``make servers`` installs. All take free ports and end with the ``with`` block, or with this process.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx

from cortafuegos.kit.postgres import EmbeddedPostgres

from .bluesky_chat import ChatService

NODE = Path(__file__).resolve().parent.parent / "node"
START_SECONDS = 180.0


@dataclass(frozen=True)
class BlueskyAccount:
    handle: str
    did: str
    password: str = field(repr=False)  # opens everything: for customers, and to manage the account
    app_password: str = field(repr=False)  # what a desk is given: posts and direct messages


class BlueskyNetwork:
    service: str  # the data server's address: what the connect page calls "Server"
    chat: str  # what the connect page calls "Direct-message service"

    def __enter__(self) -> Self:
        self._stack = contextlib.ExitStack()
        try:
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def account(self, name: str) -> BlueskyAccount:
        """A new account ``<name>.test``, known to the app view when this returns."""
        handle, password = f"{name}.test", f"clave-de-{name}"
        made = self._call(
            "com.atproto.server.createAccount",
            {"handle": handle, "email": f"{name}@example.test", "password": password},
        )
        token, did = made["accessJwt"], made["did"]
        self._chat.people[did] = handle
        app_password = self._app_password(token, messages=True)
        self.eventually(lambda: self._profile(did, token))
        return BlueskyAccount(handle, did, password, app_password)

    def connect_form(self, account: BlueskyAccount, *, messages: bool = True) -> dict[str, str]:
        """What a person types; without ``messages``, an app password that may only read and write posts."""
        secret = account.app_password
        if not messages:
            secret = self._app_password(self._sign_in(account), messages=False)
        return {"service": self.service, "chat": self.chat, "handle": account.handle, "password": secret}

    def client(self, account: BlueskyAccount) -> Any:
        """The official SDK, signed in with the account's own password."""
        from atproto import Client, Request

        # The SDK gives up after five seconds; several servers on two cores may take longer once in a while.
        client = Client(base_url=f"{self.service}/xrpc", request=Request(timeout=30.0))
        client.login(account.handle, account.password)
        return client

    def messages(self, client: Any) -> Any:
        """The official SDK's view of direct messages, for a client of ``client()``."""
        did, _, kind = self.chat.partition("#")
        return client.with_proxy(kind, did).chat.bsky.convo

    def refuse_strangers(self, did: str) -> None:
        """From now on this person takes direct messages only from whom they follow."""
        self._chat.closed_to_strangers.add(did)

    def revoke(self, account: BlueskyAccount) -> None:
        """Take back the app password, as a person does in the settings."""
        self._call("com.atproto.server.revokeAppPassword", {"name": "all"}, self._sign_in(account))

    @staticmethod
    def eventually(ask: Any, seconds: float = 30.0) -> Any:
        """What ``ask`` gives once it gives something: the app view follows the data server with a lag."""
        deadline = time.monotonic() + seconds
        while not (got := ask()):
            if time.monotonic() > deadline:
                raise AssertionError(f"nothing within {seconds:.0f} s")
            time.sleep(0.1)
        return got

    def _start(self) -> None:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="cf-bsky-")))
        postgres = self._stack.enter_context(EmbeddedPostgres(folder / "pg", settings={"fsync": "off"}))
        redis_port = _free_port()
        redis = ["redis-server", "--bind", "127.0.0.1", "--port", str(redis_port), "--save", ""]
        # Node stops when its standard input ends; Redis has to be told that we died.
        dies_with_us = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        self._stack.enter_context(_process([*dies_with_us, *redis, "--dir", str(folder)]))
        self._chat = self._stack.enter_context(ChatService())
        env = {
            **os.environ,
            # Node's URL parser wants a host; the one in the query wins.
            "DB_POSTGRES_URL": postgres.url.replace("@/", "@localhost/"),
            "REDIS_HOST": f"127.0.0.1:{redis_port}",
            "CHAT_URL": self._chat.url,
            "TMPDIR": str(folder),
            "NODE_NO_WARNINGS": "1",
        }
        log = self._stack.enter_context((folder / "node.log").open("w+"))
        node = self._stack.enter_context(
            _process(["node", "bluesky_network.js"], cwd=NODE, env=env, stderr=log)
        )
        line = _first_line(node)
        if not line:
            log.seek(0)
            raise RuntimeError(f"the Bluesky network did not start (make servers?):\n{log.read()[-2000:]}")
        told = json.loads(line)
        self.service, self.chat = told["pds"], told["chat"]

    def _sign_in(self, account: BlueskyAccount) -> str:
        credentials = {"identifier": account.did, "password": account.password}
        return str(self._call("com.atproto.server.createSession", credentials)["accessJwt"])

    def _app_password(self, token: str, *, messages: bool) -> str:
        wanted = {"name": "all" if messages else "posts", "privileged": messages}
        return str(self._call("com.atproto.server.createAppPassword", wanted, token)["password"])

    def _call(self, nsid: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = httpx.post(f"{self.service}/xrpc/{nsid}", json=body, headers=headers, timeout=20)
        answer.raise_for_status()
        return answer.json() if answer.content else {}

    def _profile(self, did: str, token: str) -> bool:
        headers = {"authorization": f"Bearer {token}"}
        url = f"{self.service}/xrpc/app.bsky.actor.getProfile"
        return httpx.get(url, params={"actor": did}, headers=headers, timeout=20).is_success


@contextlib.contextmanager
def _process(command: list[str], **options: Any) -> Any:
    options = {"stderr": subprocess.DEVNULL, **options}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options) as process:
        try:
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(8)
            process.kill()


def _first_line(process: Any) -> bytes:
    ready, _, _ = select.select([process.stdout], [], [], START_SECONDS)
    return process.stdout.readline() if ready else b""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
