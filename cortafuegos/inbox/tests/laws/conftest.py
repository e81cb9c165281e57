"""A database that waits for the disk, with workers of its own that may be killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from cortafuegos.kit.postgres import EmbeddedPostgres
from tools import pytest_pg


class Nursery:
    """A process that forks workers for us: see ``nursery.py``."""

    def __init__(self, url: str, log: Path) -> None:
        self.living: set[int] = set()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cortafuegos.inbox.tests.laws.nursery"],
            env={**os.environ, "DATABASE_URL": url, "CORTAFUEGOS_LOG_LEVEL": "ERROR"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log.open("wb"),
            text=True,
        )
        assert self.process.stdout and self.process.stdout.readline() == "ready\n"

    def fork(self, task: str) -> int:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{task}\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        self.living.add(child)
        return child

    def kill(self, child: int) -> None:
        """kill -9, unless it has ended, and gone when this returns."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        self.wait(child)

    def wait(self, child: int, seconds: float = 120) -> None:
        limit = time.monotonic() + seconds
        while Path(f"/proc/{child}").exists():
            assert time.monotonic() < limit, "it does not end"
            time.sleep(0.002)
        self.living.discard(child)

    def close(self) -> None:
        for child in list(self.living):
            self.kill(child)
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@dataclass
class Desk:
    """An installation apart from the one the other tests use."""

    server: EmbeddedPostgres
    workers: Nursery

    @property
    def url(self) -> str:
        return self.server.url

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as link:
            found = link.execute(statement, values)
            return found.fetchall() if found.description else []

    def one(self, statement: str, *values: Any) -> Any:
        return self.sql(statement, *values)[0][0]

    def brand(self, slug: str = "") -> tuple[int, int]:
        """A brand with an account on the sandbox network: their numbers."""
        slug = slug or uuid.uuid4().hex[:12]
        brand = self.one(
            "INSERT INTO cortafuegos_brand (slug, name, language, time_zone, next_case_number, is_demo,"
            " created_at) VALUES (%s, 'Cóndor', 'es', 'Europe/Madrid', 1, false, now()) RETURNING id",
            slug,
        )
        return brand, self.account(brand, f"sandbox://{slug}/us")

    def account(self, brand: int, network_id: str, address: str = "", turn: str = "1 day") -> int:
        """An account whose turn to be asked comes after a while."""
        return int(
            self.one(
                "INSERT INTO cortafuegos_account (brand_id, public_id, network, network_id, handle, name,"
                " url, config, sealed, language, time_zone, opening_hours, first_answer_minutes,"
                " stretch_minutes, profile_text, is_support, state, state_reason, state_since, cursor,"
                " next_poll_at, next_health_at, poll_failures, created_at)"
                " VALUES (%s, gen_random_uuid(), 'sandbox', %s, 'condor', 'Cóndor', '', %s, '', 'es',"
                " 'Europe/Madrid', '{}', 60, 12, '', false, 'ok', '', now(), '{}', now() + %s::interval,"
                " now() + %s::interval, 0, now()) RETURNING id",
                *(brand, network_id, json.dumps({"address": address}), turn, turn),
            )
        )


def event(slug: str, n: int, who: int, *, conversation: str = "", at: str = "2026-03-03T10:00:00Z") -> bytes:
    """What the sandbox network tells of post ``n`` by person ``who``."""
    uri = f"sandbox://{slug}/posts/{n}"
    person = {"uri": f"sandbox://{slug}/people/{who}", "handle": f"p{who}", "name": f"Persona {who}"}
    said = {
        "uri": uri,
        "author": person,
        "text": f"Mensaje {n}",
        "created_at": at,
        "public": True,
        "conversation": conversation or uri,
        "mentions": [f"sandbox://{slug}/us"],
    }
    return json.dumps({"event": f"{slug}:{n}", "kind": "post", "post": said}).encode()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    server = EmbeddedPostgres(folder / "pg", bin_folder=pytest_pg.BINARIES[pytest_pg.version()])
    with server:
        workers = Nursery(server.url, folder / "workers.log")
        workers.wait(workers.fork("migrate"))
        yield Desk(server, workers)
        workers.close()


@pytest.fixture
def workers(transactional_db: None, tmp_path: Path) -> Iterator[Nursery]:
    """Workers on the database of the test itself."""
    here = connection.settings_dict
    url = f"postgresql://{here['USER']}@/{here['NAME']}?host={quote(str(here['HOST']))}"
    found = Nursery(url, tmp_path / "workers.log")
    yield found
    found.close()
