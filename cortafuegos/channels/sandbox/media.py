"""Files of the sandbox network: given to it first, then named in a post or a message."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import sqlite3
from datetime import datetime
from typing import Any

from .store import Problem, Row, Store, iso

MOST = 4  # in one post
LARGEST = 10_000_000  # bytes
ALT = 1_000
TYPES = ("image/jpeg", "image/png", "image/gif", "video/mp4", "audio/mpeg", "application/pdf")
SHOWN = ("image/jpeg", "image/png", "image/gif")


def take(store: Store, db: sqlite3.Connection, owner: Row, said: dict[str, Any], at: datetime) -> Row:
    """Keep a file for its owner. Its address is a secret: a private message's file is nobody else's."""
    name, media_type, alt = (said.get(field, "") for field in ("name", "media_type", "alt"))
    if media_type not in TYPES:
        raise Problem(422, "The network does not take such files.")
    if not isinstance(name, str) or not isinstance(alt, str) or len(alt) > ALT:
        raise Problem(422, f"A name and a description of at most {ALT} characters are asked for.")
    try:
        body = base64.b64decode(str(said.get("data", "")), validate=True)
    except (binascii.Error, ValueError):
        raise Problem(422, "The file is not written in base 64.") from None
    if not 0 < len(body) <= LARGEST:
        raise Problem(413, f"A file has up to {LARGEST} bytes, and more than none.")
    number = db.execute(
        "INSERT INTO media (owner, secret, name, media_type, alt, body, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (owner["id"], secrets.token_urlsafe(16), name[:200], media_type, alt, body, iso(at)),
    ).lastrowid
    row: Row = db.execute("SELECT * FROM media WHERE id = ?", (number,)).fetchone()
    return row


def named(store: Store, db: sqlite3.Connection, owner: Row, wanted: Any) -> str:
    """What a post stores of the files it names, as JSON. They must be its author's own."""
    if wanted is None:
        return "[]"
    if not isinstance(wanted, list) or len(wanted) > MOST:
        raise Problem(422, f"A post carries at most {MOST} files.")
    found = []
    for number in wanted:
        row = db.execute(
            "SELECT * FROM media WHERE id = ? AND owner = ?",
            (number if isinstance(number, int) and abs(number) < 2**62 else 0, owner["id"]),
        ).fetchone()
        if row is None:
            raise Problem(422, "There is no such file.")
        whole = row["media_type"].partition("/")[0]
        found.append(
            {
                "kind": whole if whole in ("image", "video", "audio") else "file",
                "url": f"{store.base_url}/media/{row['secret']}",
                "name": row["name"],
                "media_type": row["media_type"],
                "size": len(row["body"]),
                "alt": row["alt"],
            }
        )
    return json.dumps(found, ensure_ascii=False)


def by_secret(db: sqlite3.Connection, secret: str) -> Row:
    row: Row | None = db.execute("SELECT * FROM media WHERE secret = ?", (secret,)).fetchone()
    if row is None:
        raise Problem(404, "There is no such file.")
    return row
