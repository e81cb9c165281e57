"""A caller of its own process: posts at a steady rate, whether or not the answers come.

    python -m bench.load URL RATE SECONDS < secret      (a figure a line as JSON on standard output)

Arrivals are open-loop: each has its moment, drawn beforehand (Poisson), and its waiting time is
counted from that moment, so that a server that stalls is charged for everybody it kept waiting.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from urllib.parse import urlsplit

from bench.place import percentile

CONNECTIONS = 128  # at most; a caller that finds all of them busy waits, and that time counts
PATIENCE = 10.0  # seconds after the last arrival


Link = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Caller:
    def __init__(self, url: str, secret: str) -> None:
        parts = urlsplit(url)
        self.host, self.port, self.path = parts.hostname or "", parts.port or 80, parts.path
        self.secret = secret
        self.free: asyncio.LifoQueue[Link | None] = asyncio.LifoQueue()
        for _ in range(CONNECTIONS):
            self.free.put_nowait(None)
        self.outcomes: Counter[str] = Counter()
        self.waits: list[float] = []

    async def post(self, request: bytes, due: float) -> None:
        link = await self.free.get()
        try:
            link, head = await self._ask(link, request)
        except (OSError, EOFError) as error:
            self.outcomes[type(error).__name__] += 1
            self.free.put_nowait(None)
            return
        self.outcomes[head.split(b" ", 2)[1].decode()] += 1
        self.waits.append(time.perf_counter() - due)
        self.free.put_nowait(link)

    async def _ask(self, link: Link | None, request: bytes) -> tuple[Link, bytes]:
        reader, writer = link or await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length(head))
        except (OSError, EOFError):
            if link is None:
                raise
            return await self._ask(None, request)  # it had been idle for long, and was closed
        return (reader, writer), head

    def request(self, number: int, at: int) -> bytes:
        from cortafuegos.channels.webhook import signing

        body = json.dumps(
            {
                "id": f"{at}-{number}",
                "author": {"id": f"p{number % 997}", "name": f"Persona {number % 997}", "handle": "persona"},
                "text": "@bench mi pedido no llega desde el lunes y nadie contesta al teléfono " * 4,
                "posted_at": "2026-03-03T10:00:00+00:00",
                "public": True,
            }
        ).encode()
        return (
            f"POST {self.path} HTTP/1.1\r\nHost: {self.host}\r\nContent-Type: application/json\r\n"
            f"{signing.HEADER}: {signing.header([self.secret], at, body)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def call(url: str, secret: str, rate: float, seconds: float) -> dict[str, object]:
    caller, at = Caller(url, secret), int(time.time())
    chance, moment, moments = random.Random(at), 0.0, []
    while (moment := moment + chance.expovariate(rate)) < seconds:
        moments.append(moment)
    requests = [caller.request(number, at) for number in range(len(moments))]  # signed beforehand
    started = time.perf_counter()
    posts = []
    for moment, request in zip(moments, requests, strict=True):
        if (ahead := started + moment - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        posts.append(asyncio.create_task(caller.post(request, started + moment)))
    _, lost = await asyncio.wait(posts, timeout=PATIENCE)
    caller.outcomes["no answer"] += len(lost)
    waits = caller.waits or [float("nan")]
    return {
        "sent": len(posts),
        "outcomes": +caller.outcomes,
        **{f"p{share}": 1000 * percentile(waits, share / 100) for share in (50, 90, 99)},
        "max": 1000 * max(waits),
        "seconds": time.perf_counter() - started,
    }


if __name__ == "__main__":
    import uvloop

    url, rate, seconds = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
    print(json.dumps(uvloop.run(call(url, sys.stdin.read().strip(), rate, seconds))))
