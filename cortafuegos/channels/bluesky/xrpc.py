"""One call to an AT Protocol server (XRPC: JSON over HTTP, named by a lexicon id).

Calls are few and plain, so they are made with httpx and not with the SDK, which takes 70 MB and two
seconds to import and refuses a whole page of notifications when one record in it is odd.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

Json = dict[str, Any]

CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 8.0
WAIT_UNTOLD = 60.0  # seconds, when a limit is hit and no end is named

NOT_XRPC = "NotXrpc"  # not a name of theirs: the answer was none of an AT Protocol server

_lock = threading.Lock()
_shared: httpx.Client | None = None


class XrpcError(Exception):
    """The server answered, and said no."""

    def __init__(self, status: int, name: str, message: str, retry_after: float | None = None) -> None:
        super().__init__(f"{status} {name}")  # the message may quote what was sent: not for logs
        self.status, self.name, self.message, self.retry_after = status, name, message, retry_after

    @property
    def limited(self) -> bool:
        return self.status == 429

    @property
    def server_fault(self) -> bool:
        return self.status >= 500

    @property
    def passing(self) -> bool:
        """Says nothing about what was asked: a limit, a fault, or somebody in between who answered in
        the server's place (a captive portal, a firewall)."""
        return self.limited or self.server_fault or self.name == NOT_XRPC


class NoAnswer(Exception):
    """The server could not be reached, or its answer never came whole.

    reached: it may have done what was asked."""

    def __init__(self, kind: str, *, reached: bool) -> None:
        super().__init__(kind)
        self.reached = reached


def client() -> httpx.Client:
    """One pool of connections for the process; imported late, since most processes never call."""
    global _shared
    with _lock:
        if _shared is None:
            import httpx

            _shared = httpx.Client(
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
                headers={"user-agent": "cortafuegos", "accept": "application/json"},
            )
        return _shared


def call(
    service: str,
    nsid: str,
    *,
    params: Mapping[str, Any] | None = None,
    json: Json | None = None,
    file: tuple[bytes, str] | None = None,
    post: bool = False,
    token: str = "",
    proxy: str = "",
) -> Json:
    """Ask, or with ``json``, ``file`` (its bytes and media type) or ``post`` tell. ``proxy`` names the
    service ("did#id") that our server is to pass the call on to. Raises XrpcError or NoAnswer."""
    import httpx

    headers = {}
    if token:
        headers["authorization"] = f"Bearer {token}"
    if proxy:
        headers["atproto-proxy"] = proxy
    if file:
        headers["content-type"] = file[1]
    try:
        answer = client().request(
            "POST" if post or file or json is not None else "GET",
            f"{service}/xrpc/{nsid}",
            params=params,
            json=json,
            content=file[0] if file else None,
            headers=headers,
        )
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise NoAnswer(type(error).__name__, reached=False) from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise NoAnswer(type(error).__name__, reached=False) from None
    except httpx.HTTPError as error:
        raise NoAnswer(type(error).__name__, reached=True) from None
    return _body(answer)


def _body(answer: httpx.Response) -> Json:
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        body = None
    if answer.is_success:
        if not isinstance(body, dict):
            raise NoAnswer("NotJson", reached=True)
        return body
    said = body if isinstance(body, dict) else {}
    raise XrpcError(
        answer.status_code,
        str(said.get("error") or NOT_XRPC),
        str(said.get("message") or "")[:300],
        _retry_after(answer) if answer.status_code in (429, 503) else None,
    )


def _retry_after(answer: httpx.Response) -> float:
    """Seconds to wait: told directly, or as the time at which the window ends."""
    for header, base in (("retry-after", 0.0), ("ratelimit-reset", time.time())):
        try:
            seconds = float(answer.headers[header]) - base
        except (KeyError, ValueError):
            continue
        if 0 <= seconds <= 86_400:
            return max(seconds, 1.0)
    return WAIT_UNTOLD
