"""What stands under the desk: Python, folders, the secret, the database server, the address."""

from __future__ import annotations

import ipaddress
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from cortafuegos.kit import catalogues
from cortafuegos.kit.home import home
from cortafuegos.worker.checkup.finding import Finding, judged, mend, ok, watch

OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRES = 15
EXTENSIONS = ("pg_trgm", "unaccent")
GIGABYTE = 10**9
LITTLE_ROOM, NO_ROOM = 2 * GIGABYTE, GIGABYTE // 2
ODD_CLOCK, WRONG_CLOCK = 2.0, 30.0  # seconds between ours and the database's


def python() -> Iterator[Finding]:
    here = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    fine = sys.version_info[:2] >= OLDEST_PYTHON
    yield judged("python", fine, f"Python {here}", f"Python {here} is too old: {wanted} or later is needed")


def folder() -> Iterator[Finding]:
    where = home()
    yield judged(
        "home", os.access(where, os.W_OK), f"data in {where}", f"{where} cannot be written to by this user"
    )
    key = where / "secret.key"
    if os.environ.get("CORTAFUEGOS_SECRET"):
        yield ok("secret", "the secret comes from CORTAFUEGOS_SECRET")
    elif key.exists():
        yield _closed(key)
    else:
        yield watch("secret", "no secret is made yet: the first start makes one")
    yield room(shutil.disk_usage(where).free)


def _closed(key: Path) -> Finding:
    closed = stat.S_IMODE(key.stat().st_mode) & 0o077 == 0
    return judged(
        "secret",
        closed,
        "the secret is closed to other users",
        f"others can read the secret: chmod 600 {key}",
    )


def room(free: int) -> Finding:
    told = f"{free / GIGABYTE:.1f} GB free for the data"
    if free < NO_ROOM:
        return mend("disk", f"only {told}: soon nothing more can be kept")
    return watch("disk", told) if free < LITTLE_ROOM else ok("disk", told)


def database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            version = cursor.fetchone()[0]
            cursor.execute("SELECT extname FROM pg_extension")
            extensions = {name for (name,) in cursor.fetchall()}
            cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
            fsync, commit = cursor.fetchone()
            before = time.time()
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
            theirs = cursor.fetchone()[0]
            ours = (before + time.time()) / 2
    except DatabaseError as error:
        yield mend("database", f"the database does not answer: {str(error).strip().splitlines()[0]}")
        return
    yield judged(
        "database",
        version >= OLDEST_POSTGRES,
        f"PostgreSQL {version}",
        f"PostgreSQL {version} is too old: {OLDEST_POSTGRES} or later is needed",
    )
    missing = [name for name in EXTENSIONS if name not in extensions]
    yield judged(
        "extensions",
        not missing,
        "the database has the extensions it needs",
        f"the database has no {', '.join(missing)}: migrate as a user who may make extensions",
    )
    yield judged(
        "durability",
        fsync == "on" and commit != "off",
        "what the database confirms is on disk",
        "the database confirms before it has written (fsync or synchronous_commit is off):"
        " a power cut loses customers' messages",
    )
    yield clocks(theirs - ours)
    yield from _migrations()


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield judged(
        "migrations",
        not waiting,
        "the tables are up to date",
        f"{len(waiting)} changes of tables wait: run cortafuegos migrate",
    )


def clocks(apart: float) -> Finding:
    if abs(apart) < ODD_CLOCK:
        return ok("clock", "this machine and the database agree on the time")
    told = f"this machine's clock and the database's are {abs(apart):.0f} seconds apart"
    if abs(apart) < WRONG_CLOCK:
        return watch("clock", told)
    return mend("clock", f"{told}: deadlines and signatures go wrong. Set the clocks by NTP")


def address() -> Iterator[Finding]:
    yield judge_address(settings.PUBLIC_URL, debug=settings.DEBUG)


def judge_address(url: str, *, debug: bool = False) -> Finding:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return mend("address", "CORTAFUEGOS_URL must be an address, as https://desk.example.com")
    if parts.path.strip("/") or parts.query:
        return mend("address", "CORTAFUEGOS_URL must be an address alone, with nothing after the host")
    if _is_here(parts.hostname):
        return ok("address", f"reached at {url}, from this machine only")
    if debug:
        return mend("address", f"{url} is public and CORTAFUEGOS_DEBUG is on: switch it off")
    if parts.scheme == "http":
        return mend("address", f"{url} is public without https: passwords travel in the open")
    return ok("address", f"reached at {url}")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def translations() -> Iterator[Finding]:
    stale = [po for po in catalogues.sources() if not po.with_suffix(".mo").exists()]
    yield judged(
        "translations",
        not stale,
        "the translations are compiled",
        f"{len(stale)} translations are not compiled and this user may not write them",
    )


CHECKS = (python, folder, address, translations, database)
