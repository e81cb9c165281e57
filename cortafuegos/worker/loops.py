"""What the worker does over and over. Each loop survives a database that goes away, and any
number of workers may run the same ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
from django.db import connection

from cortafuegos.channels import polling
from cortafuegos.channels.receipts.postgres import CHANNEL as RECEIPTS
from cortafuegos.inbox import delivery, intake
from cortafuegos.inbox.actions import clocks, outbox
from cortafuegos.kit import clock, log
from cortafuegos.kit.database import GONE, deadlocked, fresh_connection
from cortafuegos.worker.heartbeat import beat

logger = log.get(__name__)


class Loop(threading.Thread):
    """Calls ``work`` until told to stop; ``work`` returns how many seconds to rest."""

    def __init__(self, name: str, work: Callable[[], float], stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.work, self.stopping = fresh_connection(work), stop
        self.woken = threading.Event()

    def run(self) -> None:
        failures = 0
        while not self.stopping.is_set():
            self.woken.clear()
            try:
                rest = self.work()
                failures = 0
            except GONE as error:
                failures += 1
                rest = min(0.2 * 2**failures, 10.0)
                logger.warning("database.gone", loop=self.name, error=type(error).__name__)
            except Exception as error:
                failures += 1
                rest = min(0.5 * 2**failures, 30.0)
                logger.exception("loop.failed", loop=self.name, error=type(error).__name__)
            if rest > 0:
                self.woken.wait(rest)
        connection.close()

    def wake(self) -> None:
        self.woken.set()


def intake_work() -> Callable[[], float]:
    window = intake.Window()

    def work() -> float:
        try:
            taken = intake.take(window.size)
        except Exception as error:
            if deadlocked(error):
                return 0.01
            if isinstance(error, GONE):
                raise
            logger.exception("intake.failed", size=window.size, error=type(error).__name__)
            if window.failed():
                intake.put_aside(1, f"It could not be stored: {type(error).__name__}")
            return 0
        window.passed()
        return 0 if taken.receipts else 2.0

    return work


def deadline_work() -> float:
    return 0 if clocks.strike(clock.now()) >= 200 else 1.0


def polling_work(pool: ThreadPoolExecutor) -> Callable[[], float]:
    poll, check_up = fresh_connection(polling.poll), fresh_connection(polling.check_up)

    def work() -> float:
        now = clock.now()
        for account in polling.claim(now):
            pool.submit(_safely, poll, account)
        for account in polling.claim_checkups(now):
            pool.submit(_safely, check_up, account)
        return 1.0

    return work


def outbox_work(pool: ThreadPoolExecutor) -> Callable[[], float]:
    """Delivers what waits for its next attempt, and what a dead worker or a lost job left."""
    deliver = fresh_connection(delivery.deliver)

    def work() -> float:
        # A moment's grace: a fresh reply has a job of its own, which is quicker.
        late = outbox.waiting(clock.now() - timedelta(seconds=2))
        for done in [pool.submit(_safely, deliver, reply) for reply in late]:
            done.result()
        return 1.0

    return work


def heartbeat_work() -> float:
    beat("worker", clock.now())
    return 5.0


def _safely(work: Callable[..., object], *args: object) -> None:
    try:
        work(*args)
    except Exception as error:
        logger.exception("work.failed", work=getattr(work, "__name__", ""), error=type(error).__name__)


class Listener(threading.Thread):
    """Wakes the intake as soon as the log says something arrived."""

    def __init__(self, loops: list[Loop], stop: threading.Event) -> None:
        super().__init__(name="listener", daemon=True)
        self.loops, self.stopping = loops, stop

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                logger.warning("database.gone", loop=self.name, error=type(error).__name__)
                self.stopping.wait(1.0)

    def _listen(self) -> None:
        parameters = connection.get_connection_params()
        parameters.pop("cursor_factory", None)
        parameters.pop("context", None)
        parameters.pop("pool", None)
        with psycopg.connect(**parameters, autocommit=True) as link:
            link.execute(f"LISTEN {RECEIPTS}")
            while not self.stopping.is_set():
                for _ in link.notifies(timeout=1.0, stop_after=1):
                    for loop in self.loops:
                        loop.wake()
