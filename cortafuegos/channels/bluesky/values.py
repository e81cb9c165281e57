"""Careful looks into JSON that strangers wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from ..contract import Unreadable

Json = dict[str, Any]


def child(value: Any, name: str) -> Json:
    """The object under ``name``; an empty one when there is none, or something else."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def text_of(value: Json, name: str) -> str:
    """A text that must be there."""
    found = value.get(name)
    if not isinstance(found, str) or not found:
        raise Unreadable(f"“{name}” is missing.")
    return found


def readable(value: Any) -> str:
    """A text that may be missing. Half a surrogate pair is no character and cannot be stored."""
    return (
        value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else ""
    )


def find_time(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise Unreadable("A time is missing or is not one.") from None


def web_address(value: Any) -> str:
    """Addresses a page may link to: never script, never a file."""
    if not isinstance(value, str) or any(character <= " " for character in value):
        return ""
    try:
        address = urlsplit(value)
    except ValueError:
        return ""
    return readable(value) if address.scheme in ("http", "https") and address.netloc else ""
