"""The Bot API's addresses: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from cortafuegos.channels.fakes.faults import Troubled

from .methods import METHODS
from .people import Bot, Json, Refusal

if TYPE_CHECKING:
    from .network import Telegram


def application(network: Telegram) -> ASGIApp:
    async def method(request: Request) -> Response:
        given = await _given(request)
        try:
            with network.lock:
                bot = _bot(network, request.path_params["token"])
                handler = METHODS.get(request.path_params["method"].lower())
                if handler is None:
                    raise Refusal(404, "Not Found: method not found")
                return JSONResponse({"ok": True, "result": handler(network, bot, given)})
        except Refusal as refusal:
            return JSONResponse(refusal.body(), refusal.code)

    async def file(request: Request) -> Response:
        with network.lock:
            try:
                _bot(network, request.path_params["token"])
            except Refusal as refusal:
                return JSONResponse(refusal.body(), refusal.code)
            wanted = request.path_params["path"]
            found = next((f for f in network.files.values() if f.path == wanted), None)
        if found is None:
            return JSONResponse(Refusal(404, "Not Found").body(), 404)
        return Response(found.body, media_type="application/octet-stream")

    routes = [
        Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", file),
    ]
    return Troubled(Starlette(routes=routes), network.faults)


def _bot(network: Telegram, token: str) -> Bot:
    bot = next((b for b in network.bots if b.token == token), None)
    if bot is None or bot.revoked:
        raise Refusal(401, "Unauthorized")
    return bot


async def _given(request: Request) -> Json:
    """Parameters come in the address, as a form, as multipart or as JSON, in any mixture. In forms
    whatever is no word is JSON; files stay (name, type, bytes)."""
    given: Json = {name: _value(name, value) for name, value in request.query_params.items()}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body = await request.body()
        said = json.loads(body or b"{}")
        return {**given, **(said if isinstance(said, dict) else {})}
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    given[name] = (value.filename or name, value.content_type or "", await value.read())
                else:
                    given[name] = _value(name, value)
    return given


_TEXTS = ("text", "caption", "description", "short_description", "url", "secret_token", "file_id")


def _value(name: str, value: str) -> Any:
    """Numbers, truths and objects; what is a text stays one, whatever it looks like."""
    if name in _TEXTS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
