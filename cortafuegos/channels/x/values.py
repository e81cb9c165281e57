"""Careful looks into JSON that a network, or somebody pretending to be it, wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from cortafuegos.channels.contract import Json, Unreadable

_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)  # the first millisecond of X's ids
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # all that X escapes, in the order of undoing


def child(holder: Any, name: str) -> Json:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def children(holder: Any, *names: str) -> list[Json]:
    """The objects of the first list that is there: X has old and new names for the same thing."""
    for name in names:
        found = holder.get(name) if isinstance(holder, dict) else None
        if isinstance(found, list):
            return [item for item in found if isinstance(item, dict)]
    return []


def text(holder: Json, name: str) -> str:
    """A string that any database and any UTF-8 writer takes; empty when there is none."""
    value = holder.get(name)
    return _clean(value) if isinstance(value, str) else ""


def number_id(value: Any) -> str:
    """An id as X writes it, digits; empty when it is not one."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63:
        return str(value)
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 19:
        return value
    return ""


def needed_id(value: Any, what: str) -> str:
    found = number_id(value)
    if not found:
        raise Unreadable(f"{what} has no id")
    return found


def moment(value: Any, what: str) -> datetime:
    if not isinstance(value, str):
        raise Unreadable(f"{what} has no time")
    try:
        when = datetime.fromisoformat(value)
        if when.tzinfo is not None:
            return when.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Unreadable(f"{what} has an impossible time")


def moment_of(post_id: str) -> datetime:
    """When a post was made: its id begins with the milliseconds."""
    return _EPOCH + timedelta(milliseconds=int(post_id) >> 22)


def id_at(when: datetime) -> int:
    """The smallest id a post of that moment can have."""
    return max(0, int((when - _EPOCH) / timedelta(milliseconds=1))) << 22


def link(holder: Json, *names: str) -> str:
    """The first that a browser may safely open."""
    for name in names:
        found = text(holder, name)
        try:
            if found and urlsplit(found).scheme in ("http", "https") and urlsplit(found).netloc:
                return found
        except ValueError:
            continue
    return ""


def count(holder: Json, name: str) -> int | None:
    value = holder.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def unescape(words: str) -> str:
    for escaped, plain in _ESCAPES:
        words = words.replace(escaped, plain)
    return words


def _clean(value: str) -> str:
    return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
