"""Posts and direct messages of the sandbox network, and what is told of them to whom.

Every function runs inside the caller's transaction, and writes the post and its events together.
"""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import datetime
from typing import Any

import regex

from . import accounts
from .store import Problem, Row, Store, iso

PUBLIC_LENGTH = 300
PRIVATE_LENGTH = 1000
_MENTION = re.compile(r"(?<![\w.@])@([A-Za-z0-9_.]{2,40})")
_GRAPHEME = regex.compile(r"\X")


def length(text: str) -> int:
    """What a reader counts as characters: grapheme clusters."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def _check_text(text: Any, limit: int) -> str:
    if not isinstance(text, str) or not text.strip():
        raise Problem(422, "The text is empty.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Problem(422, "The text is not valid Unicode.") from None
    if length(text) > limit:
        raise Problem(422, f"The text is longer than {limit} characters.")
    return text


def get(db: sqlite3.Connection, number: int, *, alive: bool = True) -> Row:
    # SQLite's numbers end at 64 bits; an address may hold a longer one.
    row: Row | None = db.execute("SELECT * FROM post WHERE id = ?", (min(number, 2**62),)).fetchone()
    if row is None:
        raise Problem(404, "There is no such post.")
    if alive and row["deleted_at"]:
        raise Problem(410, "The post was deleted.")
    return row


def by_key(db: sqlite3.Connection, author: Row, key: str) -> Row | None:
    row: Row | None = db.execute(
        "SELECT * FROM post WHERE author = ? AND key = ?", (author["id"], key)
    ).fetchone()
    return row


def publish(
    store: Store,
    db: sqlite3.Connection,
    author: Row,
    text: Any,
    at: datetime,
    *,
    parent: Row | None = None,
    key: str | None = None,
    language: str = "",
    files: str = "[]",
) -> Row:
    """A public post, or a reply to one. With a key already used, the post it made."""
    if key and (earlier := by_key(db, author, key)):
        return earlier
    if parent is not None and parent["recipient"] is not None:
        raise Problem(422, "A direct message cannot be answered in public.")
    number = db.execute(
        "INSERT INTO post (author, text, language, created_at, root, parent, key, attachments)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            author["id"],
            _check_text(text, PUBLIC_LENGTH),
            language or author["language"],
            iso(at),
            None if parent is None else parent["root"],
            None if parent is None else parent["id"],
            key,
            files,
        ),
    ).lastrowid
    db.execute("UPDATE post SET root = id WHERE id = ? AND root IS NULL", (number,))
    post = get(db, int(number or 0))
    _tell(store, db, post, "post", at)
    return post


def message(
    store: Store,
    db: sqlite3.Connection,
    author: Row,
    recipient: Row,
    text: Any,
    at: datetime,
    *,
    key: str | None = None,
    language: str = "",
    files: str = "[]",
) -> Row:
    """A direct message. With a key already used, the message it made."""
    if key and (earlier := by_key(db, author, key)):
        return earlier
    if author["id"] == recipient["id"]:
        raise Problem(422, "A direct message needs somebody else.")
    pair = "-".join(str(n) for n in sorted((author["id"], recipient["id"])))
    number = db.execute(
        "INSERT INTO post (author, recipient, text, language, created_at, pair, key, attachments)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            author["id"],
            recipient["id"],
            _check_text(text, PRIVATE_LENGTH),
            language or author["language"],
            iso(at),
            pair,
            key,
            files,
        ),
    ).lastrowid
    post = get(db, int(number or 0))
    _tell(store, db, post, "post", at)
    return post


def edit(store: Store, db: sqlite3.Connection, post: Row, text: Any, at: datetime) -> Row:
    limit = PUBLIC_LENGTH if post["recipient"] is None else PRIVATE_LENGTH
    db.execute(
        "UPDATE post SET text = ?, edited_at = ? WHERE id = ?",
        (_check_text(text, limit), iso(at), post["id"]),
    )
    post = get(db, post["id"])
    _tell(store, db, post, "edit", at)
    return post


def delete(store: Store, db: sqlite3.Connection, post: Row, at: datetime) -> None:
    db.execute("UPDATE post SET deleted_at = ?, text = '' WHERE id = ?", (iso(at), post["id"]))
    _tell(store, db, get(db, post["id"], alive=False), "delete", at)


def thread(db: sqlite3.Connection, post: Row) -> list[Row]:
    if post["pair"]:
        query, value = "SELECT * FROM post WHERE pair = ? ORDER BY id", post["pair"]
    else:
        query, value = "SELECT * FROM post WHERE root = ? ORDER BY id", post["root"]
    return [row for row in db.execute(query, (value,)) if not row["deleted_at"]]


def mentioned(db: sqlite3.Connection, text: str) -> list[Row]:
    found: dict[int, Row] = {}
    for handle in _MENTION.findall(text):
        row = db.execute(
            "SELECT * FROM account WHERE handle IN (?, ?)", (handle, handle.rstrip("."))
        ).fetchone()
        if row is not None:
            found[row["id"]] = row
    return list(found.values())


def wire(store: Store, db: sqlite3.Connection, post: Row) -> dict[str, Any]:
    """A post as the API and the webhooks say it."""
    private = post["recipient"] is not None
    parent = None if post["parent"] is None else get(db, post["parent"], alive=False)
    return {
        "id": post["id"],
        "uri": store.uri("posts", post["id"]),
        "url": "" if private else f"{store.base_url}/posts/{post['id']}",
        "author": accounts.public(store, accounts.by_id(db, post["author"])),
        "text": post["text"],
        "language": post["language"],
        "created_at": post["created_at"],
        "edited_at": post["edited_at"],
        "public": not private,
        "conversation": f"sandbox://{store.realm}/messages/{post['pair']}"
        if private
        else store.uri("posts", post["root"]),
        "parent": None if parent is None else store.uri("posts", parent["id"]),
        "parent_author": None if parent is None else store.uri("people", parent["author"]),
        "to": store.uri("people", post["recipient"]) if private else None,
        "mentions": [store.uri("people", a["id"]) for a in mentioned(db, post["text"])],
        "attachments": json.loads(post["attachments"]),
    }


def _audience(db: sqlite3.Connection, post: Row) -> set[int]:
    """Whom a post concerns: the mentioned, the recipient, and who already spoke in its thread."""
    if post["recipient"] is not None:
        concerned = {post["recipient"]}
    else:
        rows = db.execute("SELECT DISTINCT author FROM post WHERE root = ?", (post["root"],))
        concerned = {row["author"] for row in rows}
        concerned |= {a["id"] for a in mentioned(db, post["text"])}
        # An edit may take a mention out, and a deletion leaves no text: tell who was told before.
        rows = db.execute("SELECT account FROM event WHERE post = ?", (post["id"],))
        concerned |= {row["account"] for row in rows}
        # Who is named at the root follows the whole conversation.
        root = get(db, post["root"], alive=False)
        concerned |= {a["id"] for a in mentioned(db, root["text"])}
    return concerned - {post["author"]}


def _tell(store: Store, db: sqlite3.Connection, post: Row, kind: str, at: datetime) -> None:
    said = wire(store, db, post)
    for number in sorted(_audience(db, post)):
        account = accounts.by_id(db, number)
        if not account["brand"]:
            continue  # people read the page; only brands have a feed
        event = db.execute(
            "INSERT INTO event (account, kind, post, created_at, body) VALUES (?, ?, ?, ?, '')",
            (number, kind, post["id"], iso(at)),
        ).lastrowid
        body = {
            "event": f"sandbox://{store.realm}/events/{event}",
            "kind": kind,
            "at": iso(at),
            "account": store.uri("people", number),
            "post": said,
        }
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        db.execute("UPDATE event SET body = ? WHERE id = ?", (text, event))
        if account["webhook_url"]:
            db.execute(
                "INSERT INTO push (event, account, due_at) VALUES (?, ?, ?)",
                (event, number, iso(at)),
            )
