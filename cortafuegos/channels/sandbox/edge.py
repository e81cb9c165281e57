"""Between HTTP and the handlers: tokens, rate limits, faults, and answers that go wrong."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from . import accounts, faults, media
from .api import Call, Guard, Handler
from .store import Problem, Row, Store, iso, now

MAX_BODY = 256_000
MAX_MEDIA = media.LARGEST * 4 // 3 + 10_000
ALLOWANCE, WINDOW_SECONDS = 600, 60


class Broken(Response):
    """Announces more bytes than it sends, then hangs up: an answer lost on the way."""

    def __init__(self, content: bytes, *, hang: float = 0) -> None:
        super().__init__(content, media_type="application/json")
        self.hang = hang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(self.hang)
        length = str(len(self.body) + 64).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": bytes(self.body), "more_body": True})


class Allowance:
    """So many requests a minute for one token, counted in this process."""

    def __init__(self) -> None:
        self._used: dict[str, tuple[int, int]] = {}

    def use(self, token: str) -> dict[str, str]:
        window = int(time.time()) // WINDOW_SECONDS
        last, count = self._used.get(token, (window, 0))
        count = count + 1 if last == window else 1
        self._used[token] = (window, count)
        reset = (window + 1) * WINDOW_SECONDS
        headers = {
            "X-RateLimit-Limit": str(ALLOWANCE),
            "X-RateLimit-Remaining": str(max(ALLOWANCE - count, 0)),
            "X-RateLimit-Reset": str(reset),
        }
        if count > ALLOWANCE:
            headers["Retry-After"] = str(max(1, reset - int(time.time())))
        return headers


def endpoint(
    store: Store, handler: Handler, guard: Guard, allowance: Allowance, started: Callable[[], None]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        learn_base(store, request)
        started()
        body = await request.body()
        method_path = f"{request.method} {request.url.path.removeprefix(request.scope['root_path'])}"
        struck = {} if guard == "admin" else await run_in_threadpool(_strike, store, method_path)
        if "delay" in struck:
            await asyncio.sleep(struck["delay"].number("seconds", 1))
        return await run_in_threadpool(respond, request, body, struck)

    def respond(request: Request, body: bytes, struck: dict[str, faults.Fault]) -> Response:
        headers: dict[str, str] = {}
        try:
            token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
            if guard == "token":
                headers = allowance.use(token)
                if "Retry-After" in headers:
                    raise Problem(429, "Too many requests.")
            _refuse(struck, headers)
            said = _json(body, MAX_MEDIA if request.url.path.endswith("/api/media") else MAX_BODY)
            with store.read() if request.method == "GET" else store.write() as db:
                account = _account(store, db, guard, token)
                call = Call(
                    store, db, now(), account, request.path_params, request.query_params, said,
                    request.headers.get("idempotency-key"),
                )  # fmt: skip
                result = handler(call)
        except Problem as problem:
            return JSONResponse({"error": problem.sentence}, problem.status, headers)
        return _sent(result, struck, headers)

    return answer


def learn_base(store: Store, request: Request) -> None:
    """Where a browser finds us, when nobody said it: from the first request, mount included."""
    if not store.base_url:
        path = request.scope.get("root_path", "")
        store.base_url = str(request.url.replace(path=path, query="", fragment="")).rstrip("/?#")


def _strike(store: Store, request: str) -> dict[str, faults.Fault]:
    with store.read() as db:
        if not faults.any_armed(db):
            return {}
    with store.write() as db:
        before = faults.take(db, faults.BEFORE, request)
        # A request turned away does not use up the fault that spoils its answer.
        refused = before.keys() - {"delay"}
        return before if refused else {**before, **faults.take(db, faults.AFTER, request)}


def _refuse(struck: dict[str, faults.Fault], headers: dict[str, str]) -> None:
    if fault := struck.get("rate_limit"):
        if "retry_after" in fault.params:
            headers["Retry-After"] = str(fault.params["retry_after"])
        raise Problem(429, "Too many requests.")
    if fault := struck.get("server_error"):
        raise Problem(int(fault.number("status", 503)), "The network is having a bad day.")
    if "forbidden" in struck:
        raise Problem(403, "The author does not accept answers from this account.")


def _account(store: Store, db: Any, guard: Guard, token: str) -> Row:
    if guard == "token":
        return accounts.by_token(db, token, iso(now()))
    if guard == "admin" and not hmac.compare_digest(token.encode(), store.admin_token.encode()):
        raise Problem(401, "The admin token is wrong.")
    nobody: Row = db.execute("SELECT 0 AS id").fetchone()
    return nobody


def _json(body: bytes, most: int) -> dict[str, Any]:
    if not body:
        return {}
    if len(body) > most:
        raise Problem(413, "The body is too large.")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON.") from None
    if not isinstance(said, dict):
        raise Problem(400, "The body must be a JSON object.")
    return said


def _sent(result: dict[str, Any], struck: dict[str, faults.Fault], headers: dict[str, str]) -> Response:
    if "events" in result:  # snapshots are text already: their bytes stay the same
        events = ",".join(result["events"])
        rest = json.dumps({"cursor": result["cursor"], "more": result["more"]})
        content = ('{"events":[' + events + "]," + rest[1:]).encode()
    else:
        content = json.dumps(result, ensure_ascii=False).encode()
    if fault := struck.get("lose_answer"):
        return Broken(b"", hang=fault.number("hang", 0))
    if "half_body" in struck:
        return Response(content[: len(content) // 2], media_type="application/json", headers=headers)
    if "wrong_type" in struck:
        return Response("<h1>It works!</h1>", media_type="text/html", headers=headers)
    return Response(content, media_type="application/json", headers=headers)
