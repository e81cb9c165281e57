"""Law 1: a receipt answered with 200 is on disk; no kill at any point loses it.

On a PostgreSQL of its own that waits for the disk, and a web process that is killed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from cortafuegos.kit import crypto
from cortafuegos.kit.postgres import EmbeddedPostgres
from cortafuegos.web.edge.tests.serving import SECRET, Web, event, signed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with EmbeddedPostgres(tmp_path_factory.mktemp("pg") / "data") as server:
        env = {**os.environ, "DATABASE_URL": server.url, "DJANGO_SETTINGS_MODULE": "cortafuegos.settings"}
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
        subprocess.run(migrate, env=env, check=True)
        yield server


@pytest.fixture
def public_id(database):
    found = uuid.uuid4()
    with psycopg.connect(database.url) as link:
        (brand,) = link.execute(
            "INSERT INTO cortafuegos_brand (slug, name, language, time_zone, next_case_number, is_demo,"
            " created_at) VALUES (%s, 'Cóndor', 'es', 'UTC', 1, false, now()) RETURNING id",
            [found.hex],
        ).fetchone()
        link.execute(
            "INSERT INTO cortafuegos_account (brand_id, public_id, network, network_id, handle, name, url,"
            " config, sealed, language, time_zone, opening_hours, first_answer_minutes, stretch_minutes,"
            " profile_text, is_support, state, state_reason, state_since, cursor, next_poll_at,"
            " next_health_at, poll_failures, created_at) VALUES (%s, %s, 'sandbox', '', '', '', '', '{}',"
            " %s, 'es', 'UTC', '{}', 60, 12, '', false, 'ok', '', now(), '{}', now(), now(), 0, now())",
            [brand, found, crypto.seal({"webhook_secret": SECRET})],
        )
    return found


@contextmanager
def senders(web, public_id, clients=6):
    """Clients that never rest and remember which deliveries were answered with 200."""
    kept: list[str] = []
    statuses: set[int] = set()
    stop = threading.Event()

    def send(name):
        n = 0
        with httpx.Client(base_url=web.url, timeout=10) as client:
            while not stop.is_set():
                n += 1
                key = f"{public_id}-{name}-{n}"
                body = event(key)
                try:
                    answer = client.post(f"/in/{public_id}", content=body, headers=signed(body))
                except httpx.TransportError:
                    time.sleep(0.2)
                    continue
                statuses.add(answer.status_code)
                if answer.status_code == 200:
                    kept.append(key)

    threads = [threading.Thread(target=send, args=(name,)) for name in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield kept, statuses
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def on_disk(database):
    with psycopg.connect(database.url) as link:
        return {row[0] for row in link.execute("SELECT key FROM cortafuegos_receipt")}


def test_the_web_process_is_killed_again_and_again(database, public_id):
    chance = random.Random(7)
    web = Web(database.url)
    try:
        with senders(web, public_id) as (kept, statuses):
            for _ in range(5):
                web.start()
                before = len(kept)
                while len(kept) < before + 10:
                    time.sleep(0.01)
                time.sleep(chance.uniform(0, 0.3))
                web.kill()
            web.start()
    finally:
        web.kill()
    assert len(kept) >= 50
    assert statuses == {200}
    assert set(kept) <= on_disk(database)


def test_the_database_is_killed_in_mid_flight(database, public_id):
    """Callers get 503 and go on; when it is back, so are the 200s, with no help to the web process."""
    chance = random.Random(8)
    web = Web(database.url).start()
    try:
        with senders(web, public_id) as (kept, statuses):
            for _ in range(4):
                before = len(kept)
                deadline = time.monotonic() + 20
                while len(kept) < before + 20:
                    assert time.monotonic() < deadline, "no 200 after the database came back"
                    time.sleep(0.01)
                time.sleep(chance.uniform(0, 0.2))
                postmaster = int((database.data / "postmaster.pid").read_text().split()[0])
                os.kill(postmaster, signal.SIGKILL)
                time.sleep(0.3)
                database.stop()
                database.start()
            time.sleep(0.5)
    finally:
        web.kill()
    assert statuses == {200, 503}
    assert set(kept) <= on_disk(database)


def test_while_the_database_is_away(database, public_id):
    web = Web(database.url).start()
    body = event("away")
    try:
        with httpx.Client(base_url=web.url, timeout=20) as client:
            assert client.post(f"/in/{public_id}", content=b"{}").status_code == 401  # known by now
            database.stop()
            answer = client.post(f"/in/{public_id}", content=body, headers=signed(body))
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            stranger = client.post(f"/in/{uuid.uuid4()}", content=body, headers=signed(body))
            assert stranger.status_code == 503  # not 404: we do not know
            assert client.get("/healthz").status_code == 200
            assert client.get("/readyz").status_code == 503
            assert "cortafuegos_database_up 0.0" in client.get("/metrics").text
            database.start()
            assert client.post(f"/in/{public_id}", content=body, headers=signed(body)).status_code == 200
            assert "away" in on_disk(database)
    finally:
        web.kill()
        database.start()
