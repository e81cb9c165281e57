"""What is new, by getUpdates: an update is kept by Telegram for a day, or until it is confirmed."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, SendError

from .reader import key
from .wire import call

PAGE = 100  # the most Telegram gives at once
KINDS = ["message", "edited_message", "my_chat_member"]


def poll(account: AccountView, cursor: Json) -> Polled:
    """``offset`` confirms what came before it, so it is sent only once that is stored. When all is
    confirmed it is forgotten: after a quiet week Telegram numbers from anywhere, also from below."""
    if account.config.get("webhook"):
        return Polled([], cursor)  # Telegram gives its updates in one way only
    asked: Json = {"limit": PAGE, "timeout": 0, "allowed_updates": KINDS}
    if isinstance(cursor.get("offset"), int):
        asked["offset"] = cursor["offset"]
    page = call(account, "getUpdates", asked)
    if not isinstance(page, list):
        raise SendError(_("Telegram answers with something unreadable."), permanent=False)
    updates = [update for update in page if isinstance(update, dict) and _number(update) is not None]
    if not updates:
        return Polled([], {})
    deliveries = [Delivery(key(update), json.dumps(update).encode()) for update in updates]
    return Polled(deliveries, {"offset": max(u["update_id"] for u in updates) + 1}, more=len(page) >= PAGE)


def _number(update: Json) -> Any:
    number = update.get("update_id")
    return number if isinstance(number, int) else None
