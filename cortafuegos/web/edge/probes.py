"""``/healthz``, ``/readyz``, ``/metrics``: for those who watch the machines."""

from __future__ import annotations

import ipaddress
import os
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from cortafuegos.kit.crypto import same
from cortafuegos.web import metrics
from cortafuegos.web.edge.link import Connection, Link, Unavailable

WORKER_SECONDS = 60.0  # since its last heartbeat, for a worker to count as alive

_ALIVE = """
SELECT count(*) FROM cortafuegos_heartbeat
WHERE name LIKE 'worker%%' AND at > now() - %(seconds)s * interval '1 second'
"""


async def healthz(request: Request) -> Response:
    """The process lives. Asks nothing of anybody, so that a lost database restarts no machine."""
    return PlainTextResponse("ok\n")


class Probes:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def readyz(self, request: Request) -> Response:
        """The desk works: the database answers, and a worker was seen within a minute."""

        async def alive(link: Connection) -> int:
            cursor = await link.execute(_ALIVE, {"seconds": WORKER_SECONDS})
            row = await cursor.fetchone()
            return int(row[0]) if row else 0

        try:
            workers = await self._link.run(alive)
        except Unavailable:
            return JSONResponse({"database": False, "workers": None}, 503)
        return JSONResponse({"database": True, "workers": workers}, 200 if workers else 503)

    async def metrics(self, request: Request) -> Response:
        if not _may_measure(request):
            return PlainTextResponse("not for you; see CORTAFUEGOS_METRICS_TOKEN\n", 403)

        async def figures(link: Connection) -> list[tuple[Any, ...]]:
            return await (await link.execute(metrics.FIGURES)).fetchall()

        try:
            found = await self._link.run(figures)
        except Unavailable:
            found = None
        return Response(metrics.exposition(found), headers={"Content-Type": metrics.CONTENT_TYPE})


def _may_measure(request: Request) -> bool:
    """With a token set, whoever carries it; else only this machine, and nobody through a proxy."""
    if token := os.environ.get("CORTAFUEGOS_METRICS_TOKEN"):
        return same(request.headers.get("authorization", ""), f"Bearer {token}")
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
