"""The fake's HTTP side: consent, tokens, lists with cursors and without ``next``, and refusals."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from .network import LASTS, Json, Post, ThreadsNetwork, Token

LENGTH = 500


class Refusal(Exception):
    def __init__(self, code: int, message: str, *, status: int = 400, subcode: int = 0) -> None:
        super().__init__(message)
        self.status = status
        error: Json = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "Ainvented"}
        self.body = {"error": {**error, **({"error_subcode": subcode} if subcode else {})}}


def application(network: ThreadsNetwork) -> Starlette:
    def route(path: str, method: str, handler: Callable[[Asked], Json], scope: str = "") -> Route:
        async def serve(request: Request) -> Response:
            given = {**request.query_params, **await _body(request)}
            return await run_in_threadpool(answer, request, given)

        def answer(request: Request, given: Json) -> Response:
            try:
                with network.lock:
                    return JSONResponse(handler(Asked(network, request, given, scope)))
            except Refusal as refusal:
                return JSONResponse(refusal.body, refusal.status)

        return Route(path, serve, methods=[method])

    async def authorize(request: Request) -> Response:
        return RedirectResponse(_consent(network, dict(request.query_params)), 302)

    v = "/v1.0"
    return Starlette(
        routes=[
            Route("/oauth/authorize", authorize),
            route("/oauth/access_token", "POST", _code),
            route("/access_token", "GET", _long),
            route("/refresh_access_token", "GET", _refresh),
            route(f"{v}/me", "GET", _me, "threads_basic"),
            route(f"{v}/{{id}}/mentions", "GET", _mentions, "threads_manage_mentions"),
            route(f"{v}/{{id}}/threads", "GET", _threads, "threads_basic"),
            route(f"{v}/{{id}}/replies", "GET", _replies, "threads_read_replies"),
            route(f"{v}/{{id}}/conversation", "GET", _conversation, "threads_read_replies"),
            route(f"{v}/{{id}}/threads", "POST", _prepare, "threads_manage_replies"),
            route(f"{v}/{{id}}/threads_publish", "POST", _publish, "threads_content_publish"),
            route(f"{v}/{{id}}/manage_reply", "POST", _hide, "threads_manage_replies"),
            route(f"{v}/{{id}}", "GET", lambda a: a.fields(a.shown(a.post())), "threads_basic"),
            route(f"{v}/{{id}}", "DELETE", _delete, "threads_delete"),
        ]
    )


async def _body(request: Request) -> Json:
    if request.method != "POST" or not await request.body():
        return {}
    if "json" in request.headers.get("content-type", ""):
        said = await request.json()
        return said if isinstance(said, dict) else {}
    return {name: str(value) for name, value in (await request.form()).items()}


class Asked:
    """One call. ``scope``: what the token needs for it."""

    def __init__(self, network: ThreadsNetwork, request: Request, given: Json, scope: str) -> None:
        self.network, self.given = network, given
        self.id = request.path_params.get("id", "")
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        self.bearer = str(given.get("access_token") or bearer)
        if scope:
            if scope not in self.token.scopes:
                raise Refusal(10, f"Application does not have permission for this action ({scope})")
            self.me = next(name for name, own in network.users.items() if own == self.token.user_id)

    @property
    def token(self) -> Token:
        found = self.network.tokens.get(self.bearer)
        if found is None:
            raise Refusal(190, "Error validating access token", status=401)
        return found

    def mine(self) -> None:
        if self.id not in ("me", self.token.user_id):
            raise Refusal(100, "Unsupported request", subcode=33)

    def post(self) -> Post:
        found = self.network.posts.get(self.id)
        if found is None:
            raise Refusal(100, f"Object with ID '{self.id}' does not exist", subcode=33)
        return found

    def shown(self, post: Post) -> Json:
        return self.network.shown(post, self.me)

    def fields(self, said: Json) -> Json:
        """What was asked for and exists; ``id`` always. Nested fields come whole."""
        wanted = {name.partition("{")[0] for name in str(self.given.get("fields", "id")).split(",")}
        return {name: value for name, value in said.items() if name in wanted | {"id"}}

    def page(self, posts: Iterable[Post], *, newest_first: bool = True) -> Json:
        """Cursors but no ``next``, as these lists have it."""
        found = sorted(posts, key=lambda post: (post.at, post.id), reverse=newest_first)
        start, size = int(self.given.get("after") or 0), int(self.given.get("limit") or 25)
        some = [self.fields(self.shown(post)) for post in found[start : start + size]]
        cursors = {"before": str(start), "after": str(start + len(some))}
        return {"data": some, **({"paging": {"cursors": cursors}} if some else {})}


def _consent(network: ThreadsNetwork, query: dict[str, str]) -> str:
    back = {"state": query.get("state", "")}
    if network.signed_in and query.get("client_id") == network.app_id:
        back["code"] = secrets.token_urlsafe(16)
        owner = f"{network.users[network.signed_in]} {query.get('scope', '')}"
        network.codes[back["code"], query.get("redirect_uri", "")] = owner
    else:
        back |= {"error": "access_denied", "error_reason": "user_denied"}
    return f"{query.get('redirect_uri')}?{urlencode(back)}"


def _code(asked: Asked) -> Json:
    given, network = asked.given, asked.network
    if (given.get("client_id"), given.get("client_secret")) != (network.app_id, network.app_secret):
        raise Refusal(101, "Error validating client secret.")
    owner = network.codes.pop((str(given.get("code")), str(given.get("redirect_uri"))), None)
    if owner is None:
        raise Refusal(100, "This authorization code has been used", subcode=36009)
    user_id, _space, scopes = owner.partition(" ")
    return {"access_token": network.issue(user_id, scopes.split(",")), "user_id": int(user_id)}


def _long(asked: Asked) -> Json:
    if asked.given.get("client_secret") != asked.network.app_secret:
        raise Refusal(101, "Error validating client secret.")
    long = asked.network.issue(asked.token.user_id, asked.token.scopes, long=True)
    return {"access_token": long, "token_type": "bearer", "expires_in": LASTS}


def _refresh(asked: Asked) -> Json:
    if not asked.token.long:
        raise Refusal(452, "Session key invalid. This could be because the session key is not long-lived")
    fresh = asked.network.issue(asked.token.user_id, asked.token.scopes, long=True)
    return {"access_token": fresh, "token_type": "bearer", "expires_in": LASTS}


def _me(asked: Asked) -> Json:
    return asked.fields({"id": asked.token.user_id, "username": asked.me, "name": asked.me.title()})


def _mentions(asked: Asked) -> Json:
    asked.mine()
    posts = asked.network.posts.values()
    return asked.page(p for p in posts if f"@{asked.me}" in p.text.split() and p.username != asked.me)


def _threads(asked: Asked) -> Json:
    asked.mine()
    return asked.page(p for p in asked.network.posts.values() if p.username == asked.me and not p.parent)


def _replies(asked: Asked) -> Json:
    """Of a person: what they answered. Of a post: what stands right under it."""
    posts = asked.network.posts.values()
    if asked.id in ("me", asked.token.user_id):
        return asked.page(p for p in posts if p.username == asked.me and p.parent)
    return asked.page(p for p in posts if p.parent is asked.post())


def _conversation(asked: Asked) -> Json:
    root = asked.post()
    if root.top.username != asked.me:
        raise Refusal(10, "Application does not have permission for this action")
    below = (p for p in asked.network.posts.values() if p.root is root.top)
    return asked.page(below, newest_first=str(asked.given.get("reverse", "true")) == "true")


def _prepare(asked: Asked) -> Json:
    asked.mine()
    text, parent = str(asked.given.get("text") or ""), str(asked.given.get("reply_to_id") or "")
    if not text or len(text) > LENGTH:
        raise Refusal(100, "Param text must be at most 500 characters long.")
    if parent not in asked.network.posts:
        raise Refusal(100, f"Object with ID '{parent}' does not exist", subcode=33)
    if asked.network.posts[parent].username in asked.network.blocked:
        raise Refusal(10, "You cannot reply to this post")
    prepared = asked.network.new_id("18")
    asked.network.prepared[prepared] = {"text": text, "to": parent}
    return {"id": prepared}


def _publish(asked: Asked) -> Json:
    asked.mine()
    found = asked.network.prepared.pop(str(asked.given.get("creation_id")), None)
    if found is None or found["to"] not in asked.network.posts:
        raise Refusal(24, "The requested resource does not exist", subcode=4279009)
    return {"id": asked.network.say(asked.me, found["text"], to=asked.network.posts[found["to"]]).id}


def _hide(asked: Asked) -> Json:
    post = asked.post()
    if post.root is None or post.parent is not post.root or post.root.username != asked.me:
        raise Refusal(10, "Only replies right under your own post can be hidden")
    post.hidden = str(asked.given.get("hide")).lower() == "true"
    return {"success": True}


def _delete(asked: Asked) -> Any:
    if asked.post().username != asked.me:
        raise Refusal(10, "Not your post")
    asked.network.delete(asked.post())
    return {"success": True, "deleted_id": asked.id}
