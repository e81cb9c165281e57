"""The sandbox's own SQLite file: a separate world from the desk's database, as a real network is."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

Row = sqlite3.Row


class Problem(Exception):
    """An answer the network gives on purpose: an HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


class Store:
    """Opens one connection for each piece of work: cheap in SQLite, and safe between threads and
    processes. Writers begin IMMEDIATE, so that two of them never fail half way on the lock."""

    def __init__(self, path: Path, *, realm: str = "", base_url: str = "") -> None:
        self.path = path
        # Addresses in what we push need a base; when none is given, the first request tells it.
        self.base_url = base_url.rstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        schema = resources.files(__package__).joinpath("schema.sql").read_text("utf-8")
        with self._open() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(schema)
        with self.write() as db:
            # A random realm keeps identifiers global: a new file is a new network to the desk.
            for key, value in (
                ("realm", realm or secrets.token_hex(4)),
                ("admin_token", secrets.token_urlsafe(24)),
            ):
                db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, value))
        with self.read() as db:
            self.realm = meta(db, "realm")
            self.admin_token = meta(db, "admin_token")
            self.base_url = self.base_url or meta(db, "base_url")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        try:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA synchronous = NORMAL")
            yield db
        finally:
            db.close()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        with self._open() as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def uri(self, thing: str, number: int) -> str:
        return f"sandbox://{self.realm}/{thing}/{number}"

    def number(self, thing: str, uri: str) -> int:
        """The row a URI of ours names; -1, which no row has, when it is not ours."""
        head, _, tail = uri.rpartition("/")
        # isdecimal() also accepts other scripts' digits, which int() reads; SQLite ends at 64 bits.
        if head != f"sandbox://{self.realm}/{thing}" or not tail.isdecimal() or len(tail) > 18:
            return -1
        return int(tail)


def meta(db: sqlite3.Connection, key: str, default: str = "") -> str:
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return default if row is None else str(row["value"])


def set_meta(db: sqlite3.Connection, key: str, value: Any) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, str(value)))


def iso(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("naive time")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def now() -> datetime:
    return datetime.now(UTC)
