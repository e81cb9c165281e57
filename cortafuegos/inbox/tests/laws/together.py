"""Many at once, each with a connection of its own, and none of them lucky."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import OperationalError, connection, transaction

from cortafuegos.channels.contract import Post
from cortafuegos.channels.models import Account
from cortafuegos.inbox.receive import Received, receive
from cortafuegos.inbox.tests.people import arrivals
from cortafuegos.kit import clock
from cortafuegos.kit.database import deadlocked


def together(*tasks: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment; what they return, in order. The first error is raised."""
    start = threading.Barrier(len(tasks))
    results: list[Any] = [None] * len(tasks)
    errors: list[BaseException] = []

    def run(number: int, task: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(30)
            results[number] = task()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    if errors:
        raise errors[0]
    return results


def receive_all(account: Account, posts: Sequence[Post]) -> Received:
    """In one transaction, tried again when PostgreSQL has this one give way."""
    while True:
        try:
            with transaction.atomic():
                return receive(arrivals(account, posts), clock.now())
        except OperationalError as error:
            if not deadlocked(error):
                raise
            time.sleep(random.uniform(0, 0.05))


def in_batches(chance: random.Random, posts: Sequence[Post]) -> list[list[Post]]:
    """The posts in any order, cut anywhere."""
    left, cut = chance.sample(list(posts), len(posts)), []
    while left:
        size = chance.choice((1, 2, 5, 20))
        cut.append(left[:size])
        left = left[size:]
    return cut
