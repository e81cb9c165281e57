"""A Mastodon server on loopback, for tests: the package ``mastodon-mock``.

It does not federate, so ``federate`` carries a post from one server to another by hand, and looking
a post up by its URI (``search`` with ``resolve``) finds what was carried.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from mastodon import Mastodon


@dataclass
class MastodonServer:
    url: str
    port: int
    domain: str
    app: Any

    def token(self, person: str) -> str:
        return f"token-{person}"

    def client(self, person: str) -> Mastodon:
        return Mastodon(access_token=self.token(person), api_base_url=self.url)

    def fault(self, path: str, *, count: int = 1, method: str = "GET", **effect: Any) -> None:
        """The next ``count`` requests to ``path`` fail: ``type`` status, ratelimit, malformed, timeout."""
        match = {"methods": [method], "path": path}
        self.app.state.fault_store.add({"match": match, "effect": effect, "count": count})

    def federate(self, status: Any, home: str) -> None:
        """Make a status of another server known here under its own URI."""
        from mastodon_mock.db.models import Account, Status

        with self.app.state.session_factory() as session:
            writer = session.query(Account).filter_by(username=status.account.username, domain=home).first()
            if writer is None:
                writer = Account(username=status.account.username, domain=home)
                session.add(writer)
                session.flush()
            session.add(
                Status(account_id=writer.id, content=status.content, text="", url=status.uri, edit_history=[])
            )
            session.commit()

    def reset(self) -> None:
        """As it was at the start: the people, and nothing said."""
        httpx.post(f"{self.url}/api/v1/_mock/reset", timeout=30).raise_for_status()

    def revoke(self, person: str) -> None:
        from mastodon_mock.db.models import OAuthToken

        with self.app.state.session_factory() as session:
            session.query(OAuthToken).filter_by(access_token=self.token(person)).delete()
            session.commit()


@contextlib.contextmanager
def mastodon_server(
    domain: str = "mastodon.test", people: Sequence[str] = ("marca", "ana", "luis")
) -> Iterator[MastodonServer]:
    import uvicorn
    from mastodon_mock.app import create_app
    from mastodon_mock.config import AuthConfig, DatabaseConfig, MastodonMockConfig, SeedAccount, SeedConfig

    accounts = [
        SeedAccount(username=p, display_name=p.capitalize(), access_token=f"token-{p}") for p in people
    ]
    app = create_app(
        MastodonMockConfig(
            domain=domain,
            url_scheme="https",
            auth=AuthConfig(permissive=False),
            database=DatabaseConfig(path=":memory:"),
            seed=SeedConfig(accounts=accounts),
        )
    )
    _resolve_by_uri(app)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + 20
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("mastodon-mock did not start")
            time.sleep(0.02)
        yield MastodonServer(f"http://127.0.0.1:{port}", port, domain, app)
    finally:
        server.should_exit = True
        thread.join(timeout=5)


def _resolve_by_uri(app: Any) -> None:
    """mastodon-mock searches words only; a real server also looks up an address that is asked for."""
    from fastapi import Request
    from fastapi.responses import JSONResponse
    from mastodon_mock.db.models import Account, Status
    from mastodon_mock.serializers.statuses import serialize_status_list

    async def resolve(request: Request, call_next: Any) -> Any:
        asked = request.query_params.get("q", "")
        if request.url.path != "/api/v2/search" or not asked.startswith("https://"):
            return await call_next(request)
        with app.state.session_factory() as session:
            found = session.query(Status).filter_by(url=asked).all()
            viewer = session.query(Account).filter_by(domain=None).first()
            statuses = serialize_status_list(session, found, app.state.config, viewer)
        return JSONResponse({"accounts": [], "hashtags": [], "statuses": statuses})

    app.middleware("http")(resolve)
