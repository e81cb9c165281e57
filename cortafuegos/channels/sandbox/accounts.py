"""People and brands of the sandbox network."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime
from typing import Any

from .store import Problem, Row, Store

HANDLE_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_.")
_EDITABLE = ("name", "bio", "place", "language", "followers", "verified", "brand")


def check_handle(handle: str) -> str:
    handle = handle.strip().removeprefix("@").lower()
    if not 2 <= len(handle) <= 40 or not set(handle) <= HANDLE_CHARACTERS:
        raise Problem(422, "A handle has 2 to 40 letters a-z, digits, dots or underscores.")
    return handle


def ensure(db: sqlite3.Connection, handle: str, **values: Any) -> Row:
    """The account with this handle, made or brought up to date."""
    handle = check_handle(handle)
    known = {k: v for k, v in values.items() if k in _EDITABLE}
    db.execute("INSERT OR IGNORE INTO account (handle, name) VALUES (?, ?)", (handle, handle))
    for column, value in known.items():
        # The column's name comes from the tuple above, never from outside.
        db.execute(f"UPDATE account SET {column} = ? WHERE handle = ?", (value, handle))  # noqa: S608
    return by_handle(db, handle)


def by_handle(db: sqlite3.Connection, handle: str) -> Row:
    handle = handle.strip().removeprefix("@")
    row: Row | None = db.execute("SELECT * FROM account WHERE handle = ?", (handle,)).fetchone()
    if row is None:
        raise Problem(404, f"There is no account @{handle}.")
    return row


def by_id(db: sqlite3.Connection, number: int) -> Row:
    row: Row | None = db.execute("SELECT * FROM account WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Problem(404, "There is no such account.")
    return row


def by_token(db: sqlite3.Connection, token: str, at: str) -> Row:
    row: Row | None = db.execute("SELECT * FROM account WHERE token = ?", (token,)).fetchone()
    if row is None or (row["token_expires_at"] and row["token_expires_at"] <= at):
        raise Problem(401, "The token is unknown, revoked or past its end.")
    return row


def ensure_token(db: sqlite3.Connection, account: Row) -> str:
    token = account["token"] or f"sbx_{secrets.token_urlsafe(24)}"
    db.execute("UPDATE account SET token = ? WHERE id = ?", (token, account["id"]))
    return str(token)


def revoke_token(db: sqlite3.Connection, account: Row) -> None:
    db.execute("UPDATE account SET token = NULL WHERE id = ?", (account["id"],))


def set_token_end(db: sqlite3.Connection, account: Row, end: datetime | None) -> None:
    value = None if end is None else end.isoformat(timespec="microseconds")
    db.execute("UPDATE account SET token_expires_at = ? WHERE id = ?", (value, account["id"]))


def ensure_webhook(db: sqlite3.Connection, account: Row, url: str, secret: str) -> None:
    db.execute(
        "UPDATE account SET webhook_url = ?, webhook_secret = ? WHERE id = ?",
        (url, secret, account["id"]),
    )


def customers(db: sqlite3.Connection) -> list[Row]:
    return db.execute("SELECT * FROM account WHERE brand = 0 ORDER BY name").fetchall()


def brands(db: sqlite3.Connection) -> list[Row]:
    return db.execute("SELECT * FROM account WHERE brand = 1 ORDER BY id").fetchall()


def public(store: Store, row: Row) -> dict[str, Any]:
    """What anybody may see of an account."""
    return {
        "uri": store.uri("people", row["id"]),
        "handle": row["handle"],
        "name": row["name"],
        "bio": row["bio"],
        "place": row["place"],
        "followers": row["followers"],
        "verified": bool(row["verified"]),
        "url": f"{store.base_url}/people/{row['handle']}",
        "avatar": f"{store.base_url}/avatar/{row['handle']}.svg",
    }
