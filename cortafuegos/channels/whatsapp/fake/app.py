"""The Graph API's addresses that WhatsApp needs, with its errors."""

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
from cortafuegos.channels.meta import signature

from .sending import send
from .things import Json, Number, Refusal

if TYPE_CHECKING:
    from .network import WhatsApp

PAGE = 25


def application(network: WhatsApp) -> ASGIApp:
    async def graph(request: Request) -> Response:
        given = await _given(request)
        try:
            with network.lock:
                path = request.path_params["path"].strip("/")
                return JSONResponse(_answer(network, request, path, given))
        except Refusal as refusal:
            return JSONResponse(refusal.body(), refusal.status)

    async def download(request: Request) -> Response:
        """The address lives five minutes and wants the token like any other."""
        file = network.files.get(request.path_params["id"])
        if file is None or _bearer(request) != network.token:
            return Response(status_code=404)
        return Response(file.body, media_type=file.media_type)

    routes = [
        Route("/media/{id}", download),
        Route("/v{version}/{path:path}", graph, methods=["GET", "POST", "DELETE"]),
    ]
    return Troubled(Starlette(routes=routes), network.faults)


def _answer(network: WhatsApp, request: Request, path: str, given: Json) -> Json:
    if path == "debug_token":
        return _debug(network, request, given)
    _token(network, request, given)
    name, _slash, edge = path.partition("/")
    if name == network.waba:
        return _waba(network, request, edge, given)
    if number := network.numbers.get(name):
        return _number(network, request, number, edge, given)
    if (file := network.files.get(name)) and not edge:
        facts = {"id": file.id, "mime_type": file.media_type, "sha256": "0" * 64, "file_size": len(file.body)}
        return {"messaging_product": "whatsapp", "url": f"{_base(request)}/media/{file.id}", **facts}
    raise Refusal(100, "Object does not exist or cannot be loaded", subcode=33)


def _base(request: Request) -> str:
    return f"http://{request.headers['host']}"


def _bearer(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _token(network: WhatsApp, request: Request, given: Json) -> None:
    token = _bearer(request) or str(given.get("access_token", ""))
    if network.revoked or token != network.token:
        raise Refusal(190, "Error validating access token", status=401)
    proof = given.get("appsecret_proof")
    if proof is not None and proof != signature.proof(token, network.app_secret):
        raise Refusal(100, "Invalid appsecret_proof provided in the API argument")


def _debug(network: WhatsApp, request: Request, given: Json) -> Json:
    if _bearer(request) != f"{network.app_id}|{network.app_secret}":
        raise Refusal(190, "Invalid OAuth access token signature", status=401)
    if given.get("input_token") != network.token or network.revoked:
        return {"data": {"is_valid": False, "scopes": []}}
    return {
        "data": {"app_id": network.app_id, "type": "SYSTEM_USER", "is_valid": True, "scopes": network.scopes,
                 "expires_at": network.token_ends, "issued_at": 1_790_000_000, "user_id": "760000000000006"}
    }  # fmt: skip


def _waba(network: WhatsApp, request: Request, edge: str, given: Json) -> Json:
    match edge, request.method:
        case "phone_numbers", "GET":
            return _page([number.shown() for number in network.numbers.values()], request, given)
        case "message_templates", "GET":
            asked = {name: given[name] for name in ("status", "name") if name in given}
            found = [t for t in network.templates if all(str(t[n]) == str(v) for n, v in asked.items())]
            counts = {"total_count": len(found), "message_template_count": len(network.templates)}
            more = {"message_template_limit": 6000, "are_translations_complete": True}
            summary = {"summary": {**counts, **more}} if "summary" in given else {}
            return {**_page(found, request, given), **summary}
        case "subscribed_apps", "POST":
            network.subscribed = True
            return {"success": True}
        case "subscribed_apps", "GET":
            app = {"id": network.app_id, "name": "Desk", "link": "https://desk.example"}
            return {"data": [{"whatsapp_business_api_data": app}] if network.subscribed else []}
    raise Refusal(100, f"Unknown path component /{edge}")


def _page(found: list[Json], request: Request, given: Json) -> Json:
    limit, after = int(given.get("limit") or PAGE), str(given.get("after") or "")
    start = int(after) if after.isdecimal() else 0
    end = start + limit
    paging: Json = {"cursors": {"before": str(start), "after": str(end)}}
    if end < len(found):
        paging["next"] = f"{request.url.replace_query_params(after=str(end))}"
    return {"data": found[start:end], **({"paging": paging} if found else {})}


def _number(network: WhatsApp, request: Request, number: Number, edge: str, given: Json) -> Json:
    match edge, request.method:
        case "", "GET":
            wanted = str(given.get("fields") or "id").split(",")
            return {name: value for name, value in number.shown().items() if name in {*wanted, "id"}}
        case "messages", "POST":
            return send(network, number, given)
        case "media", "POST":
            file = given.get("file")
            if not isinstance(file, tuple):
                raise Refusal(100, "The parameter file is required.")
            name, media_type, body = file
            return {"id": network.keep(media_type, body, name).id}
        case "whatsapp_business_profile", "POST":
            number.profile |= {name: given[name] for name in ("about", "description") if name in given}
            if len(number.profile.get("about", "")) > 139 or len(number.profile.get("description", "")) > 512:
                raise Refusal(100, "Param about must be at most 139 characters long.")
            return {"success": True}
        case "whatsapp_business_profile", "GET":
            return {"data": [{"messaging_product": "whatsapp", **number.profile}]}
    raise Refusal(100, f"Unknown path component /{edge}")


async def _given(request: Request) -> Json:
    given: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            said: Any = json.loads(await request.body() or b"{}")
        except ValueError:
            said = {}
        return {**given, **(said if isinstance(said, dict) else {})}
    if kind.startswith("multipart/form-data"):
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    given[name] = (value.filename or name, value.content_type or "", await value.read())
                else:
                    given[name] = value
    return given
