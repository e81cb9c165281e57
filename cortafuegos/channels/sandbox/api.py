"""The sandbox network's API: each handler takes a call and returns what to say as JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from . import accounts, faults, media, posts
from .store import Problem, Row, Store, iso, meta, set_meta

Json = dict[str, Any]
PAGE = 50


@dataclass(frozen=True, slots=True)
class Call:
    store: Store
    db: sqlite3.Connection
    now: datetime
    account: Row  # whose token it is; meaningless where no token is asked for
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


Handler = Callable[[Call], Json]
Guard = Literal["open", "token", "admin"]


def health(call: Call) -> Json:
    return {"status": "ok", "realm": call.store.realm, "at": iso(call.now)}


def me(call: Call) -> Json:
    pinned = call.account["pinned"]
    return {
        **accounts.public(call.store, call.account),
        "token_expires_at": call.account["token_expires_at"],
        "pinned": None if pinned is None else call.store.uri("posts", pinned),
        "webhook_url": call.account["webhook_url"],
    }


def update_me(call: Call) -> Json:
    values = {k: v for k, v in call.body.items() if k in ("name", "bio")}
    if not values or not all(isinstance(v, str) and len(v) <= 500 for v in values.values()):
        raise Problem(422, "Give a name or a bio of at most 500 characters.")
    row = accounts.ensure(call.db, call.account["handle"], **values)
    return accounts.public(call.store, row)


def pin(call: Call) -> Json:
    uri = call.body.get("post")
    number = None
    if uri is not None:
        post = _own(call, call.store.number("posts", str(uri)))
        number = post["id"]
    call.db.execute("UPDATE account SET pinned = ? WHERE id = ?", (number, call.account["id"]))
    return {"pinned": uri}


def create_post(call: Call) -> Json:
    parent = None
    if call.body.get("parent") is not None:
        parent = posts.get(call.db, call.store.number("posts", str(call.body["parent"])))
    post = posts.publish(
        call.store, call.db, call.account, call.body.get("text"), call.now,
        parent=parent, key=call.key, language=_language(call), files=_files(call),
    )  # fmt: skip
    return posts.wire(call.store, call.db, post)


def create_message(call: Call) -> Json:
    to = accounts.by_id(call.db, call.store.number("people", str(call.body.get("to", ""))))
    post = posts.message(
        call.store, call.db, call.account, to, call.body.get("text"), call.now,
        key=call.key, language=_language(call), files=_files(call),
    )  # fmt: skip
    return posts.wire(call.store, call.db, post)


def take_file(call: Call) -> Json:
    row = media.take(call.store, call.db, call.account, dict(call.body), call.now)
    return {"id": row["id"]}


def edit_post(call: Call) -> Json:
    post = posts.edit(call.store, call.db, _own(call, call.path["id"]), call.body.get("text"), call.now)
    return posts.wire(call.store, call.db, post)


def delete_post(call: Call) -> Json:
    posts.delete(call.store, call.db, _own(call, call.path["id"]), call.now)
    return {}


def thread(call: Call) -> Json:
    post = posts.get(call.db, call.path["id"], alive=False)
    if post["recipient"] is not None and call.account["id"] not in (
        post["author"],
        post["recipient"],
    ):
        raise Problem(404, "There is no such post.")
    rows = posts.thread(call.db, post)
    return {"posts": [posts.wire(call.store, call.db, row) for row in rows]}


def post_by_key(call: Call) -> Json:
    post = posts.by_key(call.db, call.account, call.path["key"])
    if post is None:
        raise Problem(404, "No post was made with this key.")
    return posts.wire(call.store, call.db, post)


def notifications(call: Call) -> Json:
    """Events after a cursor, oldest first. Without a cursor: those of the last day."""
    limit = min(max(_whole(call.query.get("limit"), PAGE), 1), 500)
    since = _whole(call.query.get("since"), -1)
    begin = "" if since >= 0 else iso(call.now - timedelta(days=1))
    rows = call.db.execute(
        "SELECT id, body FROM event WHERE account = ? AND id > ? AND created_at >= ? ORDER BY id LIMIT ?",
        (call.account["id"], since, begin, limit + 1),
    ).fetchall()
    page = rows[:limit]
    return {
        "events": [row["body"] for row in page],
        "cursor": page[-1]["id"] if page else max(since, 0),
        "more": len(rows) > limit,
    }


def set_webhook(call: Call) -> Json:
    url, secret = call.body.get("url", ""), call.body.get("secret", "")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise Problem(422, "The address must begin with http:// or https://.")
    if not isinstance(secret, str) or len(secret) < 16:
        raise Problem(422, "The secret needs 16 characters or more.")
    accounts.ensure_webhook(call.db, call.account, url, secret)
    return {"webhook_url": url}


def delete_webhook(call: Call) -> Json:
    accounts.ensure_webhook(call.db, call.account, "", "")
    call.db.execute("DELETE FROM push WHERE account = ?", (call.account["id"],))
    return {}


def create_account(call: Call) -> Json:
    values = {k: v for k, v in call.body.items() if k != "handle"}
    row = accounts.ensure(call.db, str(call.body.get("handle", "")), **values)
    token = accounts.ensure_token(call.db, row)
    return {**accounts.public(call.store, row), "token": token}


def speak(call: Call) -> Json:
    """A customer says something: what the page's form does, for tests and drills."""
    author = accounts.by_handle(call.db, str(call.body.get("as", "")))
    if call.body.get("to") is not None:
        to = accounts.by_handle(call.db, str(call.body["to"]))
        post = posts.message(call.store, call.db, author, to, call.body.get("text"), call.now)
    else:
        parent = None
        if call.body.get("parent") is not None:
            parent = posts.get(call.db, call.store.number("posts", str(call.body["parent"])))
        post = posts.publish(call.store, call.db, author, call.body.get("text"), call.now, parent=parent)
    return posts.wire(call.store, call.db, post)


def arm_fault(call: Call) -> Json:
    faults.arm(call.store, call.db, call.body, call.now)
    return {"faults": faults.armed(call.db)}


def list_faults(call: Call) -> Json:
    return {"faults": faults.armed(call.db)}


def clear_faults(call: Call) -> Json:
    faults.clear(call.db)
    return {"faults": []}


def set_story(call: Call) -> Json:
    set_meta(call.db, "story_running", "1" if call.body.get("running") is True else "")
    return {"running": bool(meta(call.db, "story_running"))}


def _own(call: Call, number: int) -> Row:
    post = posts.get(call.db, number)
    if post["author"] != call.account["id"]:
        raise Problem(403, "The post belongs to somebody else.")
    return post


def _files(call: Call) -> str:
    return media.named(call.store, call.db, call.account, call.body.get("media"))


def _language(call: Call) -> str:
    value = call.body.get("language", "")
    return value[:8] if isinstance(value, str) else ""


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 18 else default


ROUTES: tuple[tuple[str, str, Handler, Guard], ...] = (
    ("GET", "/api/health", health, "open"),
    ("GET", "/api/me", me, "token"),
    ("PATCH", "/api/me", update_me, "token"),
    ("PUT", "/api/me/pinned", pin, "token"),
    ("PUT", "/api/webhook", set_webhook, "token"),
    ("DELETE", "/api/webhook", delete_webhook, "token"),
    ("GET", "/api/notifications", notifications, "token"),
    ("POST", "/api/posts", create_post, "token"),
    ("GET", "/api/posts/by-key/{key:path}", post_by_key, "token"),
    ("PATCH", "/api/posts/{id:int}", edit_post, "token"),
    ("DELETE", "/api/posts/{id:int}", delete_post, "token"),
    ("GET", "/api/posts/{id:int}/thread", thread, "token"),
    ("POST", "/api/messages", create_message, "token"),
    ("POST", "/api/media", take_file, "token"),
    ("POST", "/api/admin/accounts", create_account, "admin"),
    ("POST", "/api/admin/speak", speak, "admin"),
    ("GET", "/api/admin/faults", list_faults, "admin"),
    ("POST", "/api/admin/faults", arm_fault, "admin"),
    ("DELETE", "/api/admin/faults", clear_faults, "admin"),
    ("PUT", "/api/admin/story", set_story, "admin"),
)
