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
from cortafuegos.inbox import delivery, intake, interventions
from cortafuegos.inbox.actions import asking, clocks, intervening, overdue, promises, turns
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
                if deadlocked(error):  # somebody else goes first; nothing is wrong
                    self.stopping.wait(0.02)
                    continue
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
        except intake.NotStored as stuck:
            error = type(stuck.__cause__).__name__
            logger.exception("intake.failed", size=len(stuck.receipts), error=error)
            window.failed(len(stuck.receipts))
            if len(stuck.receipts) == 1:
                intake.put_aside(stuck.receipts[0], f"It could not be stored: {error}")
            return 0
        window.passed()
        return 0 if taken.receipts else 2.0

    return work


def deadline_work() -> float:
    now = clock.now()
    struck = clocks.strike(now), promises.strike(now), asking.strike(now), overdue.strike(now)
    return 0 if max(struck) >= 200 else 1.0


class Crew:
    """A few threads that talk with networks, and take on no more than they can begin at once: what
    is claimed and waits for a slow network would block its account for nothing."""

    def __init__(self, size: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=size, thread_name_prefix=name)
        self._free = threading.Semaphore(size)
        self._size = size

    def free(self) -> int:
        taken = 0
        while taken < self._size and self._free.acquire(blocking=False):
            taken += 1
        if taken:
            self._free.release(taken)
        return taken

    def take(self, work: Callable[..., object], *args: object) -> None:
        self._free.acquire()
        self._pool.submit(_safely, work, *args).add_done_callback(lambda _: self._free.release())

    def leave(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def polling_work(crew: Crew) -> Callable[[], float]:
    poll, check_up = fresh_connection(polling.poll), fresh_connection(polling.check_up)

    def work() -> float:
        now = clock.now()
        if free := crew.free():
            for account in polling.claim(now, free):
                crew.take(poll, account)
        if free := crew.free():
            for account in polling.claim_checkups(now, free):
                crew.take(check_up, account)
        return 1.0

    return work


def outbox_work(crew: Crew) -> Callable[[], float]:
    """Delivers what waits for its next attempt, and what a dead worker or a lost job left."""
    deliver = fresh_connection(delivery.deliver)
    carry_out = fresh_connection(interventions.carry_out)

    def work() -> float:
        now, grace = clock.now(), timedelta(seconds=2)  # a fresh one has a job of its own, which is quicker
        for reply in turns.waiting(now, grace=grace):
            crew.take(deliver, reply)
        for intervention in intervening.waiting(now - grace):
            crew.take(carry_out, intervention)
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
