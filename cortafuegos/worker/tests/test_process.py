"""The worker as a process: what it does when the database goes, and when it is told to go."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator

import pytest

from cortafuegos.inbox.tests.laws.conftest import Desk, event

pytestmark = pytest.mark.slow

Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start(desk: Desk) -> Iterator[Start]:
    running: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "cortafuegos", "worker"],
            env={**os.environ, "DATABASE_URL": desk.url, "CORTAFUEGOS_LOG_JSON": "1"},
            stderr=subprocess.PIPE,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        if process.stderr:
            process.stderr.close()


def until(ready: Callable[[], object], seconds: float = 60) -> float:
    began = time.monotonic()
    while not ready():
        assert time.monotonic() < began + seconds, "it never came"
        time.sleep(0.05)
    return time.monotonic() - began


def store(desk: Desk, brand: int, account: int, slug: str, n: int) -> None:
    desk.sql(
        "INSERT INTO cortafuegos_receipt (brand_id, account_id, key, body, headers, correlation, state,"
        " reason, attempts, received_at)"
        " VALUES (%s, %s, %s, %s, '{}', gen_random_uuid(), 'new', '', 0, now())",
        *(brand, account, f"k{n}", event(slug, n, n)),
    )
    desk.sql("SELECT pg_notify('receipts', '')")


def messages(desk: Desk, brand: int) -> int:
    return int(desk.one("SELECT count(*) FROM cortafuegos_message WHERE brand_id = %s", brand))


def events(process: subprocess.Popen[bytes]) -> set[str]:
    """What it logged, once it has ended."""
    assert process.stderr
    lines = process.stderr.read().decode().splitlines()
    return {json.loads(line).get("event", "") for line in lines if line.startswith("{")}


def test_it_works_lives_on_without_the_database_and_ends_when_told(desk, start):
    slug = uuid.uuid4().hex[:12]
    brand, account = desk.brand(slug)
    store(desk, brand, account, slug, 1)
    worker = start()
    until(lambda: messages(desk, brand) == 1)
    until(
        lambda: desk.one(
            "SELECT count(*) FROM cortafuegos_heartbeat WHERE name LIKE %s", f"worker:%:{worker.pid}"
        )
    )
    store(desk, brand, account, slug, 2)
    until(lambda: messages(desk, brand) == 2, 10)

    store(desk, brand, account, slug, 3)
    desk.server.stop()
    time.sleep(3)
    assert worker.poll() is None, "it waits"
    desk.server.start()
    store(desk, brand, account, slug, 4)
    until(lambda: messages(desk, brand) == 4)
    # ... and the job queue is back as well.
    job = desk.one(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('outbox',"
        " 'cortafuegos.inbox.jobs.deliver', '{\"reply_id\": 1}') RETURNING id"
    )
    until(
        lambda: not desk.sql("SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status <> 'succeeded'", job)
    )

    worker.send_signal(signal.SIGTERM)
    assert worker.wait(12) == 0
    logged = events(worker)
    assert {"worker.started", "worker.stopped", "database.gone"} <= logged
    assert messages(desk, brand) == 4


class Hanging:
    """A network that takes the call and never says a word."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.callers: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                self.callers.append(self.socket.accept()[0])
            except OSError:
                return

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"


def test_a_network_that_hangs_does_not_hold_it_up(desk, start):
    slug = uuid.uuid4().hex[:12]
    brand, account = desk.brand(slug)
    network = Hanging()
    for n in range(12):
        desk.account(brand, f"{slug}:{n}", network.address, turn="0")
    worker = start()
    until(lambda: len(network.callers) >= 6)
    store(desk, brand, account, slug, 1)
    until(lambda: messages(desk, brand) == 1)  # the rest of the work goes on meanwhile
    worker.send_signal(signal.SIGTERM)
    began = time.monotonic()
    assert worker.wait(15) == 0
    assert time.monotonic() - began < 11
    network.socket.close()
    for caller in network.callers:
        caller.close()
    desk.sql("DELETE FROM cortafuegos_account WHERE network_id LIKE %s", f"{slug}:%")


def test_a_job_of_a_dead_worker_runs_again(desk, start):
    """kill -9 in the middle of a job: it and what waits behind its lock are not lost."""
    desk.sql("DELETE FROM procrastinate_jobs")
    stuck = desk.one(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, lock, status) VALUES ('outbox',"
        " 'cortafuegos.inbox.jobs.deliver', '{\"reply_id\": 1}', 'conversation-1', 'doing') RETURNING id"
    )
    desk.sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, lock) VALUES ('outbox',"
        " 'cortafuegos.inbox.jobs.deliver', '{\"reply_id\": 2}', 'conversation-1')"
    )
    start()
    until(lambda: not desk.sql("SELECT 1 FROM procrastinate_jobs"))
    assert stuck
