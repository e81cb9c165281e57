"""What the webhook's figures stand beside: the least a server could do. One row a request, by a
plain INSERT that commits before the answer; nothing is verified, nobody shares a commit."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import uuid
from collections.abc import AsyncIterator
from typing import Any

import psycopg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

SESSIONS = 8
INSERT = (
    "INSERT INTO bare_receipt (brand_id, account_id, key, body, headers, correlation, state, reason,"
    " attempts, received_at) VALUES (1, 1, %s, %s, '{}', %s, 'new', '', 0, now()) ON CONFLICT DO NOTHING"
)
free: asyncio.Queue[psycopg.AsyncConnection[Any]] = asyncio.Queue()


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    for _ in range(SESSIONS):
        link = await psycopg.AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True)
        free.put_nowait(link)
    yield
    while not free.empty():
        await free.get_nowait().close()


async def keep(request: Request) -> JSONResponse:
    body, name = await request.body(), uuid.uuid4()
    link = await free.get()
    try:
        await link.execute(INSERT, [hashlib.sha256(body).hexdigest(), body, name], prepare=True)
    finally:
        free.put_nowait(link)
    return JSONResponse({"kept": str(name)})


async def healthz(request: Request) -> JSONResponse:
    return JSONResponse({})


app = Starlette(routes=[Route("/in", keep, methods=["POST"]), Route("/healthz", healthz)], lifespan=lifespan)
