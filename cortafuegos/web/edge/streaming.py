"""``/stream``: nudges to one browser, for as long as its token lasts."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from cortafuegos.kit import clock
from cortafuegos.web.edge.hub import Hub, Listener, message
from cortafuegos.web.edge.link import Connection, Link, Unavailable
from cortafuegos.web.stream import Ticket, read_token

HEARTBEAT = 20.0  # seconds; shorter than the patience of any proxy on the way
SLOWEST = 30.0  # seconds a browser may take to read one message
MOST = 2_000  # streams of one process

_MEMBER = """
SELECT true FROM cortafuegos_agent a JOIN cortafuegos_user u ON u.id = a.user_id
WHERE a.id = %(agent)s AND a.brand_id = %(brand)s AND a.active AND u.is_active
"""
_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy that gathers would keep the nudges to itself
]


class Streams:
    """An ASGI application of its own: a response object for each of hundreds of streams, with
    its tasks, costs several times as much."""

    def __init__(self, hub: Hub, link: Link, *, heartbeat: float = HEARTBEAT) -> None:
        self._hub = hub
        self._link = link
        self._heartbeat = heartbeat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        ticket = read_token(request.query_params.get("token", ""), clock.now())
        status, why = 200, ""
        if ticket is None:
            status, why = 401, "the token is not ours or has ended"
        elif self._hub.closing or self._hub.count >= MOST:
            status, why = 503, "no room for another stream"
        else:
            try:
                if not await self._link.run(lambda link: _is_member(link, ticket)):
                    status, why = 403, "no longer a member"
            except Unavailable:
                status, why = 503, "the database does not answer"
        if ticket is None or status != 200:
            await JSONResponse({"error": why}, status)(scope, receive, send)
            return
        await self._serve(ticket, receive, send)

    async def _serve(self, ticket: Ticket, receive: Receive, send: Send) -> None:
        listener = self._hub.join(ticket.brand_id)
        leaving = asyncio.create_task(_until_gone(listener, receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            hello = b"retry: 2000\n" + message({"brand": ticket.brand_id, "all": True})
            await _write(send, hello)
            while not listener.closing:
                left = (ticket.ends_at - clock.now()).total_seconds()
                if left <= 0:
                    await _write(send, b"event: renew\ndata: {}\n\n")
                    break
                said = await listener.take(min(left, self._heartbeat))
                if not listener.closing:
                    await _write(send, said or b": still here\n\n")
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (OSError, TimeoutError):
            pass  # the browser is gone, or reads no more
        finally:
            leaving.cancel()
            self._hub.leave(listener)


async def _is_member(link: Connection, ticket: Ticket) -> bool:
    values = {"agent": ticket.agent_id, "brand": ticket.brand_id}
    cursor = await link.execute(_MEMBER, values)
    return await cursor.fetchone() is not None


async def _until_gone(listener: Listener, receive: Receive) -> None:
    while True:
        said: Any = await receive()
        if said["type"] == "http.disconnect":
            listener.close()
            return


async def _write(send: Send, said: bytes) -> None:
    async with asyncio.timeout(SLOWEST):
        await send({"type": "http.response.body", "body": said, "more_body": True})
