"""Tracebacks that say where, and not what was being worked on.

The message of an exception often quotes the value that was wrong, and here values are customers'
words and credentials. Only errors whose messages speak of machines keep them.
"""

from __future__ import annotations

import sys
import traceback
from typing import Any

import psycopg
from structlog.typing import EventDict

# A database that is gone, a port that is taken, a full disk: nothing of a row in these.
_OF_MACHINES = (OSError, psycopg.OperationalError, psycopg.InterfaceError, ImportError, NotImplementedError)
_DEEPEST = 4  # causes of causes


def render(error: BaseException) -> str:
    """The traceback of an error and of its causes, the first cause first."""
    parts, current = [], error
    for _ in range(_DEEPEST):
        frames = "".join(traceback.format_tb(current.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{frames}{_name(current)}")
        before = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        if before is None:
            break
        current = before
    return "\nwhich led to\n".join(reversed(parts))


def _name(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    spoken = isinstance(error, _OF_MACHINES) or type(error).__module__.startswith("django.core.exceptions")
    return f"{name}: {error}" if spoken or _wrapped(error) else name


def _wrapped(error: BaseException) -> bool:
    """Django's own names for what psycopg said."""
    return isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError)


def add(_: Any, __: str, event: EventDict) -> EventDict:
    """The processor: ``exc_info`` becomes ``exception``."""
    given = event.pop("exc_info", None)
    if isinstance(given, tuple):
        given = given[1]
    elif given and not isinstance(given, BaseException):
        given = sys.exc_info()[1]
    if isinstance(given, BaseException):
        event["exception"] = render(given)
    return event
