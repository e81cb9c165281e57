"""Reading a stranger's JSON without trusting it, and the names we give to what WhatsApp names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cortafuegos.channels.contract import Json, Unreadable


def child(holder: Json, name: str) -> Json:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def children(holder: Json, name: str) -> list[Json]:
    found = holder.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def text(holder: Json, name: str) -> str:
    """A string that any database and any UTF-8 writer takes."""
    value = holder.get(name)
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def needed(holder: Json, name: str) -> str:
    found = text(holder, name)
    if not found.strip():
        raise Unreadable(f"a WhatsApp event without {name}")
    return found


def moment(holder: Json) -> datetime:
    """Seconds since 1970, as a string."""
    said: Any = holder.get("timestamp")
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise Unreadable("a WhatsApp event without a time") from None


def account_id(phone_number_id: str) -> str:
    return f"whatsapp:{phone_number_id}"


def message_id(wamid: str) -> str:
    return f"whatsapp:{wamid}"


def person_id(user_id: str, phone: str) -> str:
    """The business-scoped id, which stays when the phone number is hidden; before it existed, the number."""
    if user_id:
        return f"whatsapp:{user_id}"
    if phone:
        return f"whatsapp:+{phone}"
    raise Unreadable("a message by nobody")


def exchange(account: str, person: str) -> str:
    """What one of our numbers and one person say to each other."""
    return f"{account}:{person.removeprefix('whatsapp:')}"
