"""Reading a stranger's JSON without trusting it, and the names we give to what Telegram numbers."""

from __future__ import annotations

from datetime import UTC, datetime

from cortafuegos.channels.contract import Json, Unreadable

SHARED = -1_000_000_000_000  # chats below it (supergroups, channels) number their messages for everybody


def child(holder: Json, name: str) -> Json | None:
    value = holder.get(name)
    return value if isinstance(value, dict) else None


def children(holder: Json, name: str) -> list[Json]:
    found = holder.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def text(holder: Json, name: str) -> str:
    """A string that any database and any UTF-8 writer takes."""
    value = holder.get(name)
    return clean(value) if isinstance(value, str) else ""


def clean(value: str) -> str:
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def number(holder: Json, name: str) -> int | None:
    value = holder.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def needed(holder: Json, name: str) -> int:
    value = number(holder, name)
    if value is None:
        raise Unreadable(f"a Telegram message without {name}")
    return value


def moment(holder: Json, name: str) -> datetime:
    try:
        return datetime.fromtimestamp(needed(holder, name), UTC)
    except (OverflowError, OSError, ValueError):
        raise Unreadable("an impossible time") from None


def person_id(user: int) -> str:
    return f"telegram:user:{user}"


def chat_id(chat: int) -> str:
    return f"telegram:chat:{chat}"


def exchange(bot: str, user: int) -> str:
    """The private chat of one bot with one person."""
    return f"{bot}:private:{user}"


def message_id(bot: str, chat: int, message: int) -> str:
    """Supergroups and channels number their messages once for all; in private chats and small
    groups every account has numbers of its own."""
    return f"telegram:{chat}:{message}" if chat < SHARED else f"{bot}:{chat}:{message}"
