"""What the page shows, as values for its templates."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from typing import Any

from . import accounts, posts
from .store import Row, Store, meta, now

TIMELINE = 60
MESSAGES = 40


def home(store: Store, db: sqlite3.Connection, who: Row | None) -> dict[str, Any]:
    return {
        "people": [accounts.public(store, row) for row in accounts.customers(db)],
        "brands": [accounts.public(store, row) for row in accounts.brands(db)],
        "posts": timeline(store, db),
        "messages": messages(store, db, who),
        "running": bool(meta(db, "story_running")),
        "public_length": posts.PUBLIC_LENGTH,
        "private_length": posts.PRIVATE_LENGTH,
    }


def timeline(store: Store, db: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = db.execute(
        "SELECT * FROM post WHERE recipient IS NULL AND deleted_at IS NULL"
        " ORDER BY created_at DESC, id DESC LIMIT ?",
        (TIMELINE,),
    )
    return [_shown(store, db, row) for row in rows.fetchall()]


def thread(store: Store, db: sqlite3.Connection, number: int) -> list[dict[str, Any]]:
    post = posts.get(db, number, alive=False)
    if post["recipient"] is not None:
        return []
    return [_shown(store, db, row) for row in posts.thread(db, post)]


def messages(store: Store, db: sqlite3.Connection, who: Row | None) -> list[dict[str, Any]]:
    if who is None:
        return []
    rows = db.execute(
        "SELECT * FROM post WHERE recipient IS NOT NULL AND deleted_at IS NULL"
        " AND (author = :who OR recipient = :who) ORDER BY id DESC LIMIT :limit",
        {"who": who["id"], "limit": MESSAGES},
    ).fetchall()
    return [_shown(store, db, row) for row in reversed(rows)]


def person(store: Store, db: sqlite3.Connection, row: Row) -> dict[str, Any]:
    rows = db.execute(
        "SELECT * FROM post WHERE author = ? AND recipient IS NULL AND deleted_at IS NULL"
        " ORDER BY id DESC LIMIT ?",
        (row["id"], TIMELINE),
    ).fetchall()
    pinned = row["pinned"] and posts.get(db, row["pinned"], alive=False)
    return {
        "person": {**accounts.public(store, row), "brand": bool(row["brand"])},
        "posts": [_shown(store, db, post) for post in rows],
        "pinned": [_shown(store, db, pinned)] if pinned and not pinned["deleted_at"] else [],
    }


def _shown(store: Store, db: sqlite3.Connection, post: Row) -> dict[str, Any]:
    author = accounts.by_id(db, post["author"])
    other = None
    if post["recipient"] is not None:
        other = accounts.by_id(db, post["recipient"])
    elif post["parent"] is not None:
        parent = posts.get(db, post["parent"], alive=False)
        other = accounts.by_id(db, parent["author"])
    at = datetime.fromisoformat(post["created_at"])
    return {
        "id": post["id"],
        "root": post["root"],
        "text": post["text"],
        "language": post["language"],
        "at": at,
        "fresh": now() - at < timedelta(minutes=1),
        "edited": post["edited_at"] is not None,
        "author": {**accounts.public(store, author), "brand": bool(author["brand"])},
        "other": other and other["handle"],
        "files": [{**one, "secret": one["url"].rpartition("/")[2]} for one in _files(post)],
    }


def _files(post: Row) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = json.loads(post["attachments"])
    return files
