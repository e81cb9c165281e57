"""The fake's HTTP side: versions, tokens, usage headers and refusals, as the Graph API has them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from cortafuegos.channels.meta import signature

from . import files, login, reading, writing
from .fields import BadFields, Json, Wanted, parse
from .network import MetaNetwork
from .refusals import Refusal, gone, invalid, no_permission
from .world import File, Token, now


@dataclass(slots=True)
class Call:
    """One request, as the handlers see it."""

    meta: MetaNetwork
    token: Token
    path: str
    params: Json
    address: str
    version: str

    @property
    def fields(self) -> dict[str, Wanted]:
        return parse(str(self.params.get("fields") or ""))

    def need(self, *scopes: str) -> None:
        for scope in scopes:
            if scope not in self.token.scopes:
                raise no_permission(scope)


Handler = Callable[..., Any]

# method, path (a name in angles is one segment), handler. The most particular ones come first.
_ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "debug_token", login.debug_token),
    ("GET", "oauth/access_token", login.access_token),
    ("GET", "dialog/oauth", login.dialog),
    ("GET", "me/accounts", login.accounts),
    ("GET", "<own>/subscribed_apps", login.subscribed_apps),
    ("POST", "<own>/subscribed_apps", login.subscribe),
    ("GET", "<own>/feed", reading.feed),
    ("GET", "<own>/ratings", reading.ratings),
    ("GET", "<own>/conversations", reading.conversations),
    ("GET", "<own>/messages", reading.messages),
    ("GET", "<own>/media", reading.media),
    ("GET", "<own>/tags", reading.tags),
    ("GET", "<own>/comments", reading.comments),
    ("GET", "<own>/replies", reading.replies),
    ("GET", "<own>", reading.node),
    ("POST", "<own>/messages", writing.message),
    ("POST", "<own>/message_attachments", files.attachment),
    ("POST", "<own>/mentions", writing.mention),
    ("POST", "<own>/comments", writing.comment),
    ("POST", "<own>/replies", writing.comment),
    ("POST", "<own>", writing.update),
    ("DELETE", "<own>", writing.delete),
)
_COMPILED = [
    (method, re.compile(path.replace("<own>", r"(?P<own>[\w.-]+)")), handler)
    for method, path, handler in _ROUTES
]
_OPEN = (login.debug_token, login.access_token, login.dialog)  # asked as an app, or as nobody yet
OLDEST, NEWEST = 20.0, 26.0  # a version that is too old is served as the oldest; one to come is refused


def application(meta: MetaNetwork) -> Starlette:
    async def serve(request: Request) -> Response:
        params = await _params(request)
        return await asyncio.to_thread(_answer, meta, request, params)

    async def give(request: Request) -> Response:
        file = meta.shelf.given(request.path_params["own"], request.query_params.get("oe", ""))
        if file is None:
            return PlainTextResponse("URL signature expired", 403)
        return Response(file.body, media_type=file.media_type)

    methods = ["GET", "POST", "DELETE"]
    return Starlette(routes=[Route("/cdn/{own}", give), Route("/{path:path}", serve, methods=methods)])


async def _params(request: Request) -> Json:
    """Query, form and JSON body alike; what is written as JSON inside a form is read as such."""
    found: Json = dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        body = await request.body()
        said = json.loads(body) if body else {}
        found |= said if isinstance(said, dict) else {}
    else:
        async with request.form() as form:
            for name, value in form.items():
                found[name] = await _file(value) if isinstance(value, UploadFile) else value
    return {name: _nested(value) for name, value in found.items()}


async def _file(given: UploadFile) -> File:
    return File("", given.filename or "", given.content_type or "", await given.read())


def _nested(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _answer(meta: MetaNetwork, request: Request, params: Json) -> Response:
    meta.calls += 1
    version, _slash, path = request.url.path.strip("/").partition("/")
    headers = {
        "facebook-api-version": version,
        "x-fb-request-id": f"A{meta.calls:08d}",
        "x-app-usage": json.dumps(meta.usage),
    }
    try:
        if not re.fullmatch(r"v\d+\.\d", version) or float(version[1:]) > NEWEST:
            raise Refusal(2635, f"unknown version {version[:10]}")
        said = _handled(meta, request, params, path, version)
    except BadFields as error:
        said = Refusal(100, f"Tried accessing nonexisting field ({error})")
    except Refusal as refusal:
        said = refusal
    if isinstance(said, Refusal):
        if said.code == 80001:
            headers["x-business-use-case-usage"] = _usage(meta)
        return JSONResponse(said.body(), said.status, headers=headers)
    if isinstance(said, str):
        return RedirectResponse(said, 302, headers=headers)
    return JSONResponse(said, headers=headers)


def _usage(meta: MetaNetwork) -> str:
    use = {"type": "pages", "call_count": 100, "total_cputime": 20, "total_time": 20,
           "estimated_time_to_regain_access": meta.limited_minutes}  # fmt: skip
    return json.dumps({"66782684": [use]})


def _handled(meta: MetaNetwork, request: Request, params: Json, path: str, version: str) -> Any:
    for method, pattern, handler in _COMPILED:
        found = pattern.fullmatch(path)
        if found is None or method != request.method:
            continue
        said = request.headers.get("authorization", "").removeprefix("Bearer ")
        value = str(said or params.get("access_token") or "")
        token = Token("", "APP", "", []) if handler in _OPEN else _token(meta, value, params)
        if meta.limited_minutes:
            raise Refusal(80001, "There have been too many calls to this Page account.")
        address = str(request.url.replace(query=""))
        call = Call(meta, token, path, {**params, "access_token": value}, address, version)
        with meta.lock:
            return handler(call, **found.groupdict())
    raise gone(path[:40])


def _token(meta: MetaNetwork, value: str, params: Json) -> Token:
    token = meta.tokens.get(value)
    if token is None or not token.valid or 0 < token.expires_at < now().timestamp():
        subcode = token.trouble or (463 if token.expires_at else 0) if token else 0
        raise Refusal(190, "Error validating access token", subcode=subcode, status=401)
    proof = params.get("appsecret_proof")
    if proof is not None and proof != signature.proof(value, meta.app_secrets[token.app_id]):
        raise invalid("appsecret_proof")
    return token
