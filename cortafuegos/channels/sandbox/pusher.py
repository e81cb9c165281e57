"""Pushes signed events to the brands' webhooks, again and again until they are taken."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from . import faults, signature
from .store import Row, Store, iso

BATCH = 20
CLAIM_SECONDS = 60  # longer than a whole batch takes when each one waits its full time-out
TIMEOUT_SECONDS = 2.5
LONGEST_WAIT = 300
GIVE_UP_ATTEMPTS = 300  # about a day

Post = Callable[[str, bytes, dict[str, str]], int]


@dataclass(frozen=True, slots=True)
class Outcome:
    event: int
    taken: bool
    answer: str


def http_post(url: str, body: bytes, headers: dict[str, str]) -> int:
    answer = httpx.post(url, content=body, headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False)
    return answer.status_code


def push_due(store: Store, at: datetime, post: Post = http_post) -> int:
    """Push what is due. Returns how many were tried."""
    claimed, struck = _claim(store, at)
    if "reorder_push" in struck:
        claimed.reverse()
    outcomes = [_push(row, at, struck, post) for row in claimed]
    with store.write() as db:
        for outcome in outcomes:
            _settle(db, outcome, at)
    return len(outcomes)


def backoff(attempts: int) -> float:
    """Seconds to wait after so many failures: 1, 2, 4, ... 300."""
    return float(min(2 ** min(attempts - 1, 16), LONGEST_WAIT))


def _claim(store: Store, at: datetime) -> tuple[list[Row], dict[str, faults.Fault]]:
    query = (
        "SELECT push.*, event.body, account.webhook_url, account.webhook_secret FROM push"
        " JOIN event ON event.id = push.event JOIN account ON account.id = push.account"
        " WHERE due_at <= ? AND webhook_url <> '' ORDER BY push.event LIMIT ?"
    )
    with store.read() as db:
        if not db.execute(query, (iso(at), 1)).fetchall():
            return [], {}
    with store.write() as db:
        rows = db.execute(query, (iso(at), BATCH)).fetchall()
        struck: dict[str, faults.Fault] = {}
        if faults.any_armed(db):
            # There is nothing to turn round in a single push: keep the fault for a later batch.
            kinds = [k for k in faults.PUSH if k != "reorder_push" or len(rows) > 1]
            struck = faults.take(db, tuple(kinds))
        late = struck.get("late_push")
        # A claim is a later due time: if this process dies, somebody tries again.
        wait = late.number("seconds", 60) if late else CLAIM_SECONDS
        until = iso(at + timedelta(seconds=wait))
        for row in rows:
            db.execute("UPDATE push SET due_at = ? WHERE event = ?", (until, row["event"]))
    return ([] if late else rows), struck


def _push(row: Row, at: datetime, struck: dict[str, faults.Fault], post: Post) -> Outcome:
    body = str(row["body"]).encode()
    stamp = int(at.timestamp())
    if fault := struck.get("stale_push"):
        stamp -= int(fault.number("seconds", 3600))
    secret = "not-the-secret" if "forged_push" in struck else row["webhook_secret"]
    headers = {"content-type": "application/json", **signature.headers(secret, stamp, body)}
    try:
        status = post(row["webhook_url"], body, headers)
        if "duplicate_push" in struck:
            status = post(row["webhook_url"], body, headers)
    except httpx.HTTPError as error:
        return Outcome(row["event"], False, type(error).__name__)
    return Outcome(row["event"], 200 <= status < 300, str(status))


def _settle(db: sqlite3.Connection, outcome: Outcome, at: datetime) -> None:
    row = db.execute("SELECT attempts FROM push WHERE event = ?", (outcome.event,)).fetchone()
    if row is None:
        return
    attempts = row["attempts"] + 1
    if outcome.taken or attempts >= GIVE_UP_ATTEMPTS:
        db.execute("DELETE FROM push WHERE event = ?", (outcome.event,))
        return
    due = iso(at + timedelta(seconds=backoff(attempts)))
    db.execute(
        "UPDATE push SET attempts = ?, due_at = ?, last_answer = ? WHERE event = ?",
        (attempts, due, outcome.answer, outcome.event),
    )
