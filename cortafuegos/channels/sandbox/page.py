"""The page where a person plays the customer: pick somebody, write, see the brand's answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from . import accounts, media, posts, views
from .edge import learn_base
from .render import LANGUAGES, avatar, html
from .store import Problem, Row, Store, now, set_meta

MAX_FORM = 64_000


@dataclass(frozen=True, slots=True)
class Visit:
    store: Store
    db: Any
    request: Request
    language: str
    base: str  # path this page is mounted at
    who: Row | None  # whom the visitor speaks as
    form: dict[str, str]

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        body = html(
            template,
            self.language,
            base=self.base,
            languages=LANGUAGES,
            path=self.request.url.path,
            who=self.who and accounts.public(self.store, self.who),
            **context,
        )
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY}
        return Response(body, status, headers, "text/html; charset=utf-8")


_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def home(visit: Visit) -> Response:
    return visit.page("home.html", **views.home(visit.store, visit.db, visit.who))


def live(visit: Visit) -> Response:
    """The part of a page that changes by itself."""
    what = visit.request.query_params.get("what", "timeline")
    if what == "messages":
        found = views.messages(visit.store, visit.db, visit.who)
        return visit.page("_messages.html", messages=found)
    if what.isascii() and what.isdecimal() and len(what) < 18:
        return visit.page("_posts.html", posts=views.thread(visit.store, visit.db, int(what)))
    return visit.page("_posts.html", posts=views.timeline(visit.store, visit.db))


def thread(visit: Visit, **again: Any) -> Response:
    number = visit.request.path_params["id"]
    found = views.thread(visit.store, visit.db, number)
    context = {**views.home(visit.store, visit.db, visit.who), "posts": found, "parent": number}
    parent = posts.get(visit.db, number, alive=False)
    author = accounts.by_id(visit.db, parent["author"])
    return visit.page("thread.html", **{**context, "answering": author["handle"], **again})


def person(visit: Visit) -> Response:
    row = accounts.by_handle(visit.db, visit.request.path_params["handle"])
    context = views.person(visit.store, visit.db, row)
    return visit.page("person.html", **context)


def picture(visit: Visit) -> Response:
    row = accounts.by_handle(visit.db, visit.request.path_params["handle"])
    headers = {"Cache-Control": "max-age=86400", "Content-Security-Policy": "default-src 'none'"}
    body = avatar(row["name"] or row["handle"], brand=bool(row["brand"]))
    return Response(body, 200, headers, "image/svg+xml")


def file(visit: Visit) -> Response:
    row = media.by_secret(visit.db, visit.request.path_params["secret"])
    shown = row["media_type"] in media.SHOWN
    headers = {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline" if shown else "attachment",
    }
    kind = row["media_type"] if shown else "application/octet-stream"
    return Response(row["body"], 200, headers, kind)


def say(visit: Visit) -> Response:
    form = visit.form
    try:
        if visit.who is None:
            raise Problem(422, "Choose who you are first.")
        if to := form.get("to"):
            recipient = accounts.by_handle(visit.db, to)
            posts.message(visit.store, visit.db, visit.who, recipient, form.get("text"), now())
            return _back(visit, "#messages")
        parent = None
        if form.get("parent"):
            parent = posts.get(visit.db, visit.store.number("posts", _uri(visit, form["parent"])))
        post = posts.publish(visit.store, visit.db, visit.who, form.get("text"), now(), parent=parent)
        return _back(visit, f"posts/{post['root']}" if parent else "")
    except Problem as problem:
        context = views.home(visit.store, visit.db, visit.who)
        words = {"text": form.get("text", ""), "to": form.get("to", ""), "code": problem.status}
        return visit.page("home.html", problem.status, **context, wrong=words)


def choose(visit: Visit) -> Response:
    answer = _back(visit)
    if (handle := visit.form.get("as")) is not None:
        row = accounts.by_handle(visit.db, handle)
        if not row["brand"]:
            answer.set_cookie("sandbox_as", row["handle"], samesite="lax", httponly=True)
    if (language := visit.form.get("language")) in LANGUAGES:
        answer.set_cookie("sandbox_language", language, samesite="lax", httponly=True)
    return answer


def story(visit: Visit) -> Response:
    set_meta(visit.db, "story_running", "1" if visit.form.get("running") == "1" else "")
    return _back(visit)


def routes(store: Store, started: Callable[[], None]) -> list[Route]:
    def route(path: str, view: Callable[[Visit], Response], method: str = "GET") -> Route:
        return Route(path, _endpoint(store, view, started), methods=[method])

    return [
        route("/", home),
        route("/live", live),
        route("/posts/{id:int}", thread),
        route("/people/{handle}", person),
        route("/avatar/{handle}.svg", picture),
        route("/media/{secret}", file),
        route("/words", say, "POST"),
        route("/visitor", choose, "POST"),
        route("/story", story, "POST"),
    ]


def _endpoint(
    store: Store, view: Callable[[Visit], Response], started: Callable[[], None]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        learn_base(store, request)
        started()
        if not _same_site(request):
            return Response("cross-site form refused", 403, media_type="text/plain")
        body = await request.body() if request.method == "POST" else b""
        return await run_in_threadpool(respond, request, body[:MAX_FORM])

    def respond(request: Request, body: bytes) -> Response:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
        form = {name: values[-1] for name, values in fields.items()}
        try:
            with store.write() if request.method == "POST" else store.read() as db:
                who = _visitor(db, request)
                base = request.scope["root_path"]
                return view(Visit(store, db, request, _language(request), base, who, form))
        except Problem as problem:
            return Response(problem.sentence, problem.status, media_type="text/plain")

    return answer


def _same_site(request: Request) -> bool:
    origin = request.headers.get("origin")
    return not origin or urlsplit(origin).netloc == request.headers.get("host")


def _visitor(db: Any, request: Request) -> Row | None:
    handle = request.cookies.get("sandbox_as", "")
    row: Row | None = db.execute("SELECT * FROM account WHERE handle = ? AND brand = 0", (handle,)).fetchone()
    return row


def _language(request: Request) -> str:
    chosen = request.cookies.get("sandbox_language") or ""
    wished = request.headers.get("accept-language", "")[:2].lower()
    return next((c for c in (chosen, wished) if c in LANGUAGES), "es")


def _uri(visit: Visit, number: str) -> str:
    return f"sandbox://{visit.store.realm}/posts/{number}"


def _back(visit: Visit, where: str = "") -> RedirectResponse:
    return RedirectResponse(f"{visit.base}/{where}", 303)
