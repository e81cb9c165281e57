"""The fake X as an application: who asks, may they, how often, and what is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from cortafuegos.channels.fakes.faults import Faults, Troubled
from cortafuegos.channels.fakes.serving import serving

from . import consent, pages, problems, reading, writing
from .limits import Limits
from .players import Players
from .problems import Problem
from .pushing import Pusher
from .world import Token, User, World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request of somebody who was let in."""

    user: User
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Json


Handler = Callable[[Call], Json]


class XNetwork:
    """vocabulary: "both" answers each as it asks; "post" knows ``post.fields`` only; "tweet" the other."""

    def __init__(self) -> None:
        self.world, self.faults, self.limits = World(), Faults(), Limits()
        self.pusher = Pusher(self.world)
        self.people = Players(self.world, self.pusher.heard)
        self.vocabulary = "both"
        self.signed_in = ""  # whose browser comes to the consent page; nobody: consent is refused
        self.requests: list[str] = []  # "METHOD /path", as they came
        self.bodies: list[tuple[str, Json]] = []  # path and body of those that had one

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[str]:
        with serving(self.app(), port=port) as address:
            yield address

    def app(self) -> ASGIApp:
        world, people = self.world, self.people
        calls: list[tuple[str, str, str, int, Handler]] = [
            ("GET", "/2/users/me", "users.read", 200, lambda c: reading.me(world, c.user, c.query)),
            ("GET", "/2/users/{id}/mentions", "tweet.read", 200,
             lambda c: reading.mentions(world, c.user, c.path["id"], c.query)),
            ("GET", "/2/users/{id}/tweets", "tweet.read", 200,
             lambda c: reading.timeline(world, c.user, c.path["id"], c.query)),
            ("GET", "/2/tweets", "tweet.read", 200, lambda c: reading.lookup(world, c.user, c.query)),
            ("GET", "/2/tweets/search/recent", "tweet.read", 200,
             lambda c: reading.search(world, c.user, c.query)),
            ("GET", "/2/tweets/{id}", "tweet.read", 200,
             lambda c: reading.one(world, c.user, c.path["id"], c.query)),
            ("GET", "/2/dm_events", "dm.read", 200, lambda c: reading.messages(world, c.user, "", c.query)),
            ("GET", "/2/dm_conversations/with/{id}/dm_events", "dm.read", 200,
             lambda c: reading.messages(world, c.user, c.path["id"], c.query)),
            ("POST", "/2/tweets", "tweet.write", 201,
             lambda c: writing.create(world, people, c.user, c.body, self.vocabulary == "post")),
            ("DELETE", "/2/tweets/{id}", "tweet.write", 200,
             lambda c: writing.delete(world, people, c.user, c.path["id"])),
            ("PUT", "/2/tweets/{id}/hidden", "tweet.moderate.write", 200,
             lambda c: writing.hide(world, c.user, c.path["id"], c.body)),
            ("POST", "/2/dm_conversations/with/{id}/messages", "dm.write", 201,
             lambda c: writing.message(world, people, c.user, c.path["id"], c.body)),
            ("DELETE", "/2/dm_events/{id}", "dm.write", 200,
             lambda c: writing.delete_message(world, c.user, c.path["id"])),
            ("POST", "/2/media/upload", "media.write", 200, lambda c: writing.upload(world, c.user, c.body)),
            ("GET", "/2/media/upload", "media.write", 200, lambda c: writing.status(world, c.query)),
            ("POST", "/2/media/upload/initialize", "media.write", 200,
             lambda c: writing.initialize(world, c.user, c.body)),
            ("POST", "/2/media/upload/{id}/append", "media.write", 200,
             lambda c: writing.append(world, c.path["id"], c.body)),
            ("POST", "/2/media/upload/{id}/finalize", "media.write", 200,
             lambda c: writing.finalize(world, c.path["id"])),
            ("POST", "/2/media/metadata", "media.write", 200, lambda c: writing.metadata(world, c.body)),
        ]  # fmt: skip
        routes = [
            Route(path, self._endpoint(method, path, scope, status, handler), methods=[method])
            for method, path, scope, status, handler in calls
        ]
        routes += [
            Route("/2/oauth2/token", self._token, methods=["POST"]),
            Route("/i/oauth2/authorize", self._authorize, methods=["GET"]),
            Route("/1.1/ton/data/dm/{message}/{media}/{name}", self._private, methods=["GET"]),
            Route("/intent/post", self._window, methods=["GET", "POST"]),
            Route("/{name}/status/{id}", self._post, methods=["GET"]),
            Route("/2/webhooks", self._webhooks, methods=["GET", "POST"]),
            Route("/2/webhooks/{id}", self._webhook, methods=["PUT", "DELETE"]),
        ]
        return Troubled(Starlette(routes=routes), self.faults)

    # --- who asks, and how often ----------------------------------------------------------

    def _endpoint(self, method: str, path: str, scope: str, status: int, handler: Handler) -> Any:
        async def answer(request: Request) -> Response:
            body = await request.body()
            return await run_in_threadpool(respond, request, body)

        def respond(request: Request, raw: bytes) -> Response:
            self.requests.append(f"{request.method} {request.url.path}")
            headers: dict[str, str] = {}
            try:
                token = self._admitted(request, scope)
                headers = self.limits.use(f"{method} {path}", token.user_id, self.world.now())
                query = self._query(request)
                with self.world.lock:
                    user, body = self.world.users[token.user_id], _object(raw)
                    if body:
                        self.bodies.append((request.url.path, body))
                    said = handler(Call(user, request.path_params, query, body))
            except Problem as problem:
                return JSONResponse(problem.body, problem.status, {**headers, **problem.headers})
            return JSONResponse(said, status, headers)

        return answer

    def _admitted(self, request: Request, scope: str) -> Token:
        app = self.world.app
        token = self.world.tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if token is None or token.ends <= self.world.now():
            raise problems.unauthorized()
        if not app.enrolled:
            raise problems.not_enrolled()
        if not app.credit:
            raise problems.no_credit()
        if self.world.users[token.user_id].suspended:
            raise problems.forbidden(problems.SUSPENDED)
        if scope not in token.scopes.split():
            raise problems.forbidden(problems.SCOPE)
        return token

    def _query(self, request: Request) -> dict[str, str]:
        query = dict(request.query_params)
        unknown = {"post": "tweet.fields", "tweet": "post.fields"}.get(self.vocabulary)
        if unknown in query:
            raise problems.invalid(unknown, query[unknown], f"The query parameter [{unknown}] is not known")
        return query

    # --- the app's own pages ----------------------------------------------------------------

    async def _token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        return self._said(
            lambda: consent.token(self.world, form, request.headers.get("authorization", "")), 200
        )

    async def _authorize(self, request: Request) -> Response:
        user = self._reader()
        if request.query_params.get("answer") == "no":
            user = None
        elif user and "answer" not in request.query_params and _browses(request):
            return HTMLResponse(pages.consent(user, request.query_params))
        try:
            return RedirectResponse(consent.authorize(self.world, user, request.query_params), 302)
        except Problem as problem:
            return JSONResponse(problem.body, problem.status)

    async def _window(self, request: Request) -> Response:
        """Where a person posts by hand; then they stand on the page of what they said."""
        user = self._reader()
        if user is None or request.method == "GET":
            return HTMLResponse(pages.compose(user, request.query_params))
        form = {name: str(value) for name, value in (await request.form()).items()}
        made = await run_in_threadpool(
            self.people.say, user.username, form.get("text", ""), to=form.get("in_reply_to", "")
        )
        return RedirectResponse(f"/{user.username}/status/{made.id}", 303)

    async def _post(self, request: Request) -> Response:
        post = self.world.posts.get(request.path_params["id"])
        if post is None or post.deleted:
            return HTMLResponse(pages.page("This page doesn’t exist", ""), 404)
        return HTMLResponse(pages.post(post))

    async def _private(self, request: Request) -> Response:
        """A file of a message, for who takes part in it."""
        message = self.world.messages.get(request.path_params["message"])
        media = self.world.media.get(request.path_params["media"])
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        token = self.world.tokens.get(bearer)
        if token is None or token.ends <= self.world.now():
            return Response(status_code=401)
        if not message or message.deleted or not media or media.id not in message.media:
            return Response(status_code=404)
        if token.user_id not in message.members or "dm.read" not in token.scopes.split():
            return Response(status_code=403)
        kind = "image/jpeg" if media.kind == "photo" else "video/mp4"
        return Response(media.body, media_type=kind)

    def _reader(self) -> User | None:
        """Whose browser it is that comes to the pages."""
        return self.world.user(self.signed_in) if self.signed_in else None

    async def _webhooks(self, request: Request) -> Response:
        hooks = self.pusher.hooks
        if request.method == "GET":
            told = [hook.told() for hook in hooks.values()]
            return self._said(lambda: {"data": told, "meta": {"result_count": len(told)}}, 200, request)
        url = str(_object(await request.body()).get("url", ""))
        return await run_in_threadpool(
            self._said, lambda: {"data": self.pusher.register(url).told()}, 200, request
        )

    async def _webhook(self, request: Request) -> Response:
        return await run_in_threadpool(self._said, lambda: self._change(request), 200, request)

    def _change(self, request: Request) -> Json:
        hook = self.pusher.hooks.get(request.path_params["id"])
        if hook is None:
            raise problems.not_found("webhook", request.path_params["id"])
        if request.method == "DELETE":
            del self.pusher.hooks[hook.id]
            return {"data": {"deleted": True}}
        return {"data": {"valid": self.pusher.check(hook)}}

    def _said(self, what: Callable[[], Json], status: int, request: Request | None = None) -> Response:
        """``request``: of the app itself, which shows its bearer."""
        try:
            if (
                request is not None
                and request.headers.get("authorization") != f"Bearer {self.world.app.bearer}"
            ):
                raise problems.unauthorized()
            return JSONResponse(what(), status)
        except Problem as problem:
            return JSONResponse(problem.body, problem.status, problem.headers)

    def follow(self, username: str, url: str) -> None:
        """Register a webhook, and send it what concerns this account."""
        hook = self.pusher.register(url)
        self.pusher.followed[self.world.user(username).id] = hook.id


def _browses(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _object(raw: bytes) -> Json:
    if not raw:
        return {}
    try:
        said = json.loads(raw)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise problems.invalid("body", "", "The request body is not a JSON object")
    return said
