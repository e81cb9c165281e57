"""Law 1: a receipt answered with 200 is on disk; no kill -9 at any point loses it."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import threading
import time
import uuid
from datetime import UTC, datetime

import psycopg
import pytest

from cortafuegos.channels.contract import Delivery
from cortafuegos.channels.receipts import postgres as log
from cortafuegos.channels.receipts.contract import Arrival
from cortafuegos.inbox.tests.laws.conftest import Desk, event

KILLS = 200
PERSONS = 60


class Network(threading.Thread):
    """Stores receipts until told to stop, as the edge does, and knows which were accepted."""

    def __init__(self, desk: Desk, brand: int, account: int, slug: str, most: int) -> None:
        super().__init__(daemon=True)
        self.desk, self.brand, self.account, self.slug, self.most = desk, brand, account, slug, most
        self.accepted: list[int] = []
        self.stop = threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            asyncio.run(self._store())
        except BaseException as error:
            self.error = error

    async def _store(self) -> None:
        chance, n = random.Random(1), 0
        async with await psycopg.AsyncConnection.connect(self.desk.url, autocommit=True) as link:
            while not self.stop.is_set() and n < self.most:
                numbers = range(n, n + chance.choice((1, 5, 40)))
                await log.store(link, [self._arrival(number, chance) for number in numbers])
                self.accepted += numbers  # this is where the network would hear 200
                n = numbers.stop
                await asyncio.sleep(0.01)

    def _arrival(self, n: int, chance: random.Random) -> Arrival:
        body = event(self.slug, n, chance.randrange(PERSONS))
        return Arrival(self.brand, self.account, Delivery(f"k{n}", body), uuid.uuid4(), datetime.now(UTC))


@pytest.fixture
def network(desk: Desk) -> Network:
    slug = uuid.uuid4().hex[:12]
    return Network(desk, *desk.brand(slug), slug, most=30_000)


@pytest.mark.slow
def test_law_01_no_kill_of_a_worker_loses_or_doubles_anything(desk, network):
    chance = random.Random(7)
    network.start()
    workers = [desk.workers.fork(task) for task in ("work", "take", "take")]
    ends = {worker: time.monotonic() + chance.uniform(0.02, 0.6) for worker in workers}
    for _ in range(KILLS):
        doomed = min(ends, key=ends.__getitem__)
        time.sleep(max(0.0, ends.pop(doomed) - time.monotonic()))
        desk.workers.kill(doomed)
        next_one = desk.workers.fork("work" if chance.random() < 0.2 else "take")
        ends[next_one] = time.monotonic() + chance.uniform(0.02, 0.6)
    for worker in ends:
        desk.workers.kill(worker)
    network.stop.set()
    network.join(30)
    assert network.error is None
    before = desk.one("SELECT count(*) FROM cortafuegos_message WHERE brand_id = %s", network.brand)
    assert before > 0, "they were killed while they worked"
    desk.workers.wait(desk.workers.fork("drain"))
    assert_each_exactly_once(desk, network)


def assert_each_exactly_once(desk: Desk, network: Network) -> None:
    accepted, brand = len(network.accepted), network.brand
    assert accepted > 0
    by_state = dict(
        desk.sql("SELECT state, count(*) FROM cortafuegos_receipt WHERE brand_id = %s GROUP BY 1", brand)
    )
    assert by_state == {"done": accepted}
    counts = desk.sql(
        "SELECT r.key, count(m.id) FROM cortafuegos_receipt r"
        " LEFT JOIN cortafuegos_message m ON m.brand_id = r.brand_id AND m.receipt_id = r.id"
        " WHERE r.brand_id = %s GROUP BY 1 HAVING count(m.id) <> 1",
        brand,
    )
    assert counts == []
    # ... and with all that hangs on it, once.
    events = dict(
        desk.sql("SELECT kind, count(*) FROM cortafuegos_event WHERE brand_id = %s GROUP BY 1", brand)
    )
    cases = desk.one("SELECT count(*) FROM cortafuegos_case WHERE brand_id = %s", brand)
    # On a slow machine a promise may pass meanwhile; it strikes once at most.
    assert events.pop("deadline.missed", 0) <= cases
    assert events == {"case.opened": cases, "message.received": accepted}
    assert cases <= PERSONS
    owed = desk.one(
        "SELECT count(*) FROM cortafuegos_deadline WHERE brand_id = %s AND done_at IS NULL", brand
    )
    assert owed == cases
    numbers = desk.sql("SELECT number FROM cortafuegos_case WHERE brand_id = %s ORDER BY 1", brand)
    assert len(set(numbers)) == cases


@pytest.mark.slow
def test_law_01_no_kill_of_the_database_loses_what_was_accepted(desk, network):
    chance = random.Random(3)
    for _ in range(3):
        writer = Network(desk, network.brand, network.account, network.slug, most=30_000)
        writer.start()
        time.sleep(chance.uniform(0.3, 0.8))
        _crash(desk)
        writer.join(30)
        assert isinstance(writer.error, psycopg.OperationalError), "it was cut off while it stored"
        desk.server.start()
        kept = {
            key
            for (key,) in desk.sql("SELECT key FROM cortafuegos_receipt WHERE brand_id = %s", network.brand)
        }
        assert {f"k{n}" for n in writer.accepted} <= kept
        network.accepted = sorted({*network.accepted, *(int(key[1:]) for key in kept)})
    desk.workers.wait(desk.workers.fork("drain"))
    assert_each_exactly_once(desk, network)


def _crash(desk: Desk) -> None:
    """The whole server dies at once, in the middle of whatever it does."""
    first = int((desk.server.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(first, signal.SIGKILL)
