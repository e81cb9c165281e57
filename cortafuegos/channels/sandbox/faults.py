"""The fault panel: what can go wrong on a network, on demand.

A fault is armed with a number of times; each matching request or push uses one up. Two kinds act
at once instead of waiting: ``revoke_token`` and ``delete_post``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import accounts, posts
from .store import Problem, Store

# Faults of the API, in the order in which they strike when several match.
BEFORE = ("delay", "rate_limit", "server_error", "forbidden")  # nothing was done
AFTER = ("lose_answer", "half_body", "wrong_type")  # it was done, and the answer suffers
PUSH = ("duplicate_push", "reorder_push", "late_push", "stale_push", "forged_push")
AT_ONCE = ("revoke_token", "delete_post")


@dataclass(frozen=True, slots=True)
class Fault:
    kind: str
    params: Mapping[str, Any]

    def number(self, name: str, default: float) -> float:
        value = self.params.get(name, default)
        return float(value) if isinstance(value, int | float) else default


def arm(store: Store, db: sqlite3.Connection, said: Mapping[str, Any], at: datetime) -> None:
    kind, times = said.get("kind"), said.get("times", 1)
    params = {k: v for k, v in said.items() if k not in ("kind", "times")}
    if kind == "revoke_token":
        accounts.revoke_token(db, accounts.by_handle(db, str(params.get("handle", ""))))
    elif kind == "delete_post":
        uri = str(params.get("post", ""))
        posts.delete(store, db, posts.get(db, store.number("posts", uri)), at)
    elif kind in (*BEFORE, *AFTER, *PUSH):
        if not isinstance(times, int) or not 1 <= times <= 10_000:
            raise Problem(422, "times must be between 1 and 10,000.")
        db.execute(
            "INSERT INTO fault (kind, params, times) VALUES (?, ?, ?)",
            (kind, json.dumps(params), times),
        )
    else:
        known = ", ".join((*BEFORE, *AFTER, *PUSH, *AT_ONCE))
        raise Problem(422, f"There is no such fault. Known: {known}.")


def armed(db: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = db.execute("SELECT * FROM fault ORDER BY id")
    return [{"kind": r["kind"], "times": r["times"], **json.loads(r["params"])} for r in rows]


def clear(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM fault")


def any_armed(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM fault LIMIT 1").fetchone() is not None


def take(db: sqlite3.Connection, kinds: tuple[str, ...], request: str = "") -> dict[str, Fault]:
    """Use up one of each armed kind that matches. ``on`` is the beginning of "METHOD /path"."""
    found: dict[str, Fault] = {}
    for row in db.execute("SELECT * FROM fault ORDER BY id").fetchall():
        params = json.loads(row["params"])
        if row["kind"] not in kinds or row["kind"] in found:
            continue
        if request and not request.startswith(str(params.get("on", ""))):
            continue
        found[row["kind"]] = Fault(row["kind"], params)
        db.execute("UPDATE fault SET times = times - 1 WHERE id = ?", (row["id"],))
    db.execute("DELETE FROM fault WHERE times <= 0")
    return found
