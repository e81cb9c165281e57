"""A status and what was looked up about it, as one delivery."""

from __future__ import annotations

import json
from typing import Any

from cortafuegos.channels.contract import Delivery, Json


def deliver(status: Json, event: str, threads: Json, extra: Json | None = None) -> Delivery:
    """The same status in the same state has the same key, however it came to us."""
    key = f"{status.get('uri') or status.get('url')}#{event}"
    if event == "edit":
        key += f":{status.get('edited_at')}"
    body = {"event": event, "status": status, **threads, **(extra or {})}
    return Delivery(key=key, body=json.dumps(body, ensure_ascii=True).encode())


def names(status: Json) -> Json:
    """How a status is known: on its server, and everywhere."""
    return {"id": str(status["id"]), "uri": str(status.get("uri") or status.get("url") or "")}


def listed(value: Any) -> list[Json]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return [item for item in value if isinstance(item, dict) and item.get("id")]
