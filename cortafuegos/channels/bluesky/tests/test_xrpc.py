"""What servers say when they are not well: a small HTTP server says it."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from cortafuegos.channels.bluesky import sender, xrpc
from cortafuegos.channels.bluesky.connector import Bluesky
from cortafuegos.channels.contract import AccountView, ConnectError, HealthState, SendError

IN_TEN_MINUTES = "in ten minutes"


class Answer:
    """What the server says to everything, until told otherwise."""

    status, headers, body = 200, {}, b"{}"  # type: tuple[int, dict[str, str], bytes]
    cut_after: int | None = None
    asked: list[dict[str, str]]


@pytest.fixture
def answer() -> Iterator[tuple[str, Answer]]:
    saying = Answer()
    saying.asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            saying.asked.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(saying.status)
            for name, value in saying.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(saying.body)))
            self.end_headers()
            self.wfile.write(saying.body[: saying.cut_after])

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", saying
    server.shutdown()
    server.server_close()


def failed(service: str, **options: Any) -> xrpc.XrpcError | xrpc.NoAnswer:
    with pytest.raises((xrpc.XrpcError, xrpc.NoAnswer)) as error:
        xrpc.call(service, "com.atproto.server.describeServer", **options)
    return error.value  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"retry-after": "17"}, 17, 17),
        ({"ratelimit-reset": IN_TEN_MINUTES}, 500, 600),
        ({"retry-after": "soon", "ratelimit-reset": IN_TEN_MINUTES}, 500, 600),
        ({"ratelimit-reset": "0"}, xrpc.WAIT_UNTOLD, xrpc.WAIT_UNTOLD),  # a window that ended long ago
        ({"retry-after": "99999999"}, xrpc.WAIT_UNTOLD, xrpc.WAIT_UNTOLD),
        ({"retry-after": "nan"}, xrpc.WAIT_UNTOLD, xrpc.WAIT_UNTOLD),
        ({"retry-after": "0"}, 1, 1),
        ({}, xrpc.WAIT_UNTOLD, xrpc.WAIT_UNTOLD),
    ],
)
def test_a_limit_tells_how_long_to_wait(
    answer: tuple[str, Answer], headers: dict[str, str], least: float, most: float
) -> None:
    service, saying = answer
    headers = {
        name: value.replace(IN_TEN_MINUTES, str(int(time.time()) + 600)) for name, value in headers.items()
    }
    saying.status, saying.headers, saying.body = 429, headers, b'{"error": "RateLimitExceeded"}'
    error = sender.failure(failed(service), wrote=True)
    assert error.retry_after is not None and least <= error.retry_after <= most
    assert (error.permanent, error.lost) == (False, False)


@pytest.mark.parametrize(
    ("status", "body", "permanent", "lost"),
    [
        (400, b'{"error": "InvalidRecord", "message": "x"}', True, False),
        (403, b"<html>blocked by the firewall</html>", False, False),
        (500, b"oops", False, True),
        (502, b'{"error": "UpstreamFailure"}', False, True),
        (503, b"", False, True),
        (200, b"<html>welcome to our Wi-Fi</html>", False, True),
        (200, b"[" * 100_000, False, True),
        (200, b"[]", False, True),
        (302, b"", False, False),
    ],
)
def test_what_a_failed_write_means(
    answer: tuple[str, Answer], status: int, body: bytes, permanent: bool, lost: bool
) -> None:
    service, saying = answer
    saying.status, saying.body = status, body
    error = sender.failure(failed(service, json={}), wrote=True)
    assert (error.permanent, error.lost) == (permanent, lost)
    assert not sender.failure(failed(service, json={}), wrote=False).lost


def test_an_answer_cut_short_may_have_been_a_yes(answer: tuple[str, Answer]) -> None:
    service, saying = answer
    saying.body, saying.cut_after = b'{"uri": "at://x"}', 5
    error = failed(service, json={})
    assert isinstance(error, xrpc.NoAnswer) and error.reached


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    assert xrpc.ANSWER_SECONDS <= 10 and xrpc.CONNECT_SECONDS <= 10
    monkeypatch.setattr(xrpc, "_shared", httpx.Client(timeout=0.2))
    with socket.create_server(("127.0.0.1", 0)) as mute:
        error = failed(f"http://127.0.0.1:{mute.getsockname()[1]}", json={})
    assert isinstance(error, xrpc.NoAnswer) and error.reached


@pytest.mark.parametrize("service", ["http://127.0.0.1:1", "http://", "gopher://x", "http://[::1"])
def test_what_never_left_is_not_lost(service: str) -> None:
    error = failed(service, json={})
    assert isinstance(error, xrpc.NoAnswer) and not error.reached


def test_who_passes_the_call_on_and_who_asks_travel_in_headers(answer: tuple[str, Answer]) -> None:
    service, saying = answer
    xrpc.call(service, "x.y.z", token="t0ken", proxy="did:web:c.example#chat")
    (headers,) = saying.asked
    assert (headers["authorization"], headers["atproto-proxy"]) == ("Bearer t0ken", "did:web:c.example#chat")


@pytest.mark.parametrize(
    ("status", "body", "says", "field"),
    [
        (404, b"<html>not here</html>", "no Bluesky server", "service"),
        (200, b'{"hello": "world"}', "no Bluesky server", "service"),
        (503, b'{"error": "Overloaded"}', "fault of its own", "service"),
        (401, b'{"error": "AuthFactorTokenRequired"}', "code by e-mail", "password"),
        (401, b'{"error": "AccountTakedown"}', "closed or suspended", "handle"),
    ],
)
def test_the_connect_page_says_what_kind_of_server_answered(
    answer: tuple[str, Answer], status: int, body: bytes, says: str, field: str
) -> None:
    service, saying = answer
    saying.status, saying.body = status, body
    with pytest.raises(ConnectError) as error:
        Bluesky().connect({"service": service, "handle": "lumbre.example", "password": "x"})
    assert says in str(error.value.sentence) and error.value.field == field


def test_a_firewall_in_between_does_not_end_our_credentials(answer: tuple[str, Answer]) -> None:
    service, saying = answer
    saying.status, saying.body = 403, b"<html>blocked</html>"
    account = AccountView(
        1,
        "bluesky",
        "did:plc:x",
        "x.example",
        "es",
        {"service": service, "chat": "did:web:c#c"},
        {"password": "x"},
    )
    assert Bluesky().health(account).state is HealthState.DEGRADED
    with pytest.raises(SendError) as error:
        Bluesky().poll(account, {})
    assert not error.value.permanent


def test_reading_and_measuring_load_no_http_client() -> None:
    """A desk without Bluesky pays nothing for it, and replaying receipts needs no network."""
    code = (
        "import sys; from cortafuegos.channels.bluesky.connector import connector as c; "
        "c.measure('ñ', public=True); "
        "print(*sorted({'httpx', 'atproto', 'atproto_client', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
