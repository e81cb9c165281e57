"""Django's connections outside of requests."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import psycopg
from django.db import InterfaceError, OperationalError, close_old_connections

P = ParamSpec("P")
R = TypeVar("R")

GONE = (OperationalError, InterfaceError)
DEADLOCK = frozenset({"40P01", "40001"})


def fresh_connection(work: Callable[P, R]) -> Callable[P, R]:
    """Begin with a connection that lives, and leave none behind that has died."""

    @functools.wraps(work)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        close_old_connections()
        try:
            return work(*args, **kwargs)
        finally:
            close_old_connections()

    return wrapped


def deadlocked(error: BaseException) -> bool:
    """PostgreSQL chose this transaction to give way: nothing is wrong, try it again."""
    cause = error.__cause__ if not isinstance(error, psycopg.Error) else error
    return isinstance(cause, psycopg.Error) and cause.sqlstate in DEADLOCK
