"""Troubles of a network, on demand: armed a number of times, each matching request uses one up."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 10_000


@dataclass(slots=True)
class Fault:
    """What befalls a request whose "METHOD /path" begins with ``on``.

    after: so many matching requests go through before it.
    status, headers, body: answered instead, and nothing is done.
    delay: seconds before the request is looked at.
    lost: it is done, and the connection breaks before a word of the answer.
    half: it is done, and only half of the answer's body comes.
    content_type: it is done, and the answer says it is something else.
    """

    on: str = ""
    times: int = 1
    after: int = 0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay: float = 0.0
    lost: bool = False
    half: bool = False
    content_type: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.times <= MOST:
            raise ValueError(f"times must be between 1 and {MOST}")


class Faults:
    def __init__(self) -> None:
        self._armed: list[Fault] = []
        self._lock = threading.Lock()

    def arm(self, **what: Any) -> Fault:
        fault = Fault(**what)
        with self._lock:
            self._armed.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._armed.clear()

    def take(self, request: str) -> Fault | None:
        with self._lock:
            for fault in self._armed:
                if not request.startswith(fault.on):
                    continue
                if fault.after:
                    fault.after -= 1
                else:
                    fault.times -= 1
                    if not fault.times:
                        self._armed.remove(fault)
                    return fault
        return None


class Broken(Exception):
    """Ends the connection without an answer; the server closes it."""


class Troubled:
    """The application with its faults in front. The network's own headers on an error are given
    with the fault: every network words its refusals in its own way."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self.app, self.faults = app, faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self.faults.take(f"{scope['method']} {scope['path']}") if scope["type"] == "http" else None
        if fault is None:
            await self.app(scope, receive, send)
            return
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.status:
            headers = {"content-type": "application/json", **fault.headers}
            raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
            await send({"type": "http.response.start", "status": fault.status, "headers": raw})
            await send({"type": "http.response.body", "body": fault.body})
            return
        await self._done_but(fault, scope, receive, send)

    async def _done_but(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        parts: list[Message] = []

        async def keep(message: Message) -> None:
            parts.append(message)

        await self.app(scope, receive, keep)
        start = next(part for part in parts if part["type"] == "http.response.start")
        body = b"".join(part.get("body", b"") for part in parts)
        if fault.content_type:
            start["headers"] = [
                (name, value) for name, value in start["headers"] if name.lower() != b"content-type"
            ] + [(b"content-type", fault.content_type.encode())]
        await send(start)  # the announced length stays that of the whole body
        if fault.half or fault.lost:
            arrives = body[: len(body) // 2] if fault.half else b""
            await send({"type": "http.response.body", "body": arrives, "more_body": True})
            raise Broken
        await send({"type": "http.response.body", "body": body})
