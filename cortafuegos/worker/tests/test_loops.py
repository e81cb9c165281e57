"""A loop goes on whatever its work does; a crew takes on no more than it can begin."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import InterfaceError, OperationalError, connection
from psycopg.errors import DeadlockDetected

from cortafuegos.inbox import intake
from cortafuegos.inbox.tests.test_intake import event, store
from cortafuegos.kit.database import deadlocked, fresh_connection
from cortafuegos.worker.heartbeat import beat
from cortafuegos.worker.loops import Crew, Listener, Loop, heartbeat_work
from cortafuegos.worker.models import Heartbeat


def until(ready, seconds: float = 20.0) -> None:
    limit = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < limit, "it never came"
        time.sleep(0.01)


@pytest.fixture
def stop():
    event_ = threading.Event()
    yield event_
    event_.set()


def a_deadlock() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = DeadlockDetected()
    return error


@pytest.mark.django_db(transaction=True)
def test_a_loop_survives_its_work(stop):
    trouble = [OperationalError("gone"), InterfaceError("closed"), ValueError("fault"), a_deadlock()]
    turns: list[float] = []

    def work() -> float:
        turns.append(time.monotonic())
        if trouble:
            raise trouble.pop()
        return 30.0

    loop = Loop("test", work, stop)
    loop.start()
    until(lambda: len(turns) == 5)
    assert turns[1] - turns[0] < 0.4, "after a deadlock at once"
    assert turns[2] - turns[1] > 0.9, "after a fault not so soon"
    loop.wake()
    until(lambda: len(turns) == 6)
    stop.set()
    loop.wake()
    loop.join(5)
    assert not loop.is_alive()


def test_only_deadlocks_are_deadlocks():
    assert deadlocked(a_deadlock())
    assert deadlocked(DeadlockDetected())
    assert not deadlocked(OperationalError("server closed the connection"))
    assert not deadlocked(ValueError())


@pytest.mark.django_db(transaction=True)
def test_a_dead_connection_is_replaced_before_the_next_work():
    @fresh_connection
    def ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    def kill(pid: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    pids: list[int] = []

    def work() -> None:
        pids.append(ask())
        killed.wait(10)
        pids.append(ask())
        connection.close()

    killed = threading.Event()
    thread = threading.Thread(target=work)
    thread.start()
    until(lambda: pids)
    kill(pids[0])
    killed.set()
    thread.join(10)
    assert len(set(pids)) == 2


def test_a_crew_begins_what_it_takes(caplog):
    crew = Crew(2, "test")
    gate, begun = threading.Event(), []

    def work(name: str) -> None:
        begun.append(name)
        gate.wait(10)

    assert crew.free() == 2
    crew.take(work, "a")
    crew.take(work, "b")
    until(lambda: len(begun) == 2)
    assert crew.free() == 0
    gate.set()
    until(lambda: crew.free() == 2)

    def fails() -> None:
        raise ValueError("fault")

    for _ in range(5):
        crew.take(fails)
    until(lambda: crew.free() == 2)
    crew.leave()


@pytest.mark.django_db(transaction=True)
def test_a_sleeping_intake_wakes_when_something_arrives(account, stop):
    taken: list[int] = []

    def work() -> float:
        taken.append(intake.take().receipts)
        return 60.0

    loop = Loop("intake", work, stop)
    listener = Listener([loop], stop)
    loop.start()
    listener.start()
    until(lambda: len(taken) == 1)
    for n in range(1, 4):
        store(account, event(account, n))
        until(lambda: sum(taken) == n, 5)  # noqa: B023 - asked within the turn
    stop.set()
    loop.wake()
    loop.join(5)
    listener.join(5)


def test_proof_of_life(db):
    from cortafuegos.inbox.tests.people import ago

    beat("worker", ago(days=2))
    Heartbeat.objects.update(name="worker:another:1")
    assert heartbeat_work() > 0
    (alive,) = Heartbeat.objects.all()
    assert alive.name.startswith("worker:")
    assert alive.at > ago(seconds=30)
