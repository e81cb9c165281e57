"""How often somebody may ask, in windows of a quarter of an hour; every answer tells how much is left."""

from __future__ import annotations

import threading
from datetime import datetime

from cortafuegos.channels.x.rules import PER_WINDOW, WINDOW

from .problems import too_many


class Limits:
    def __init__(self) -> None:
        self.allowed: dict[str, int] = {}  # "METHOD /path" → requests; what is not here, as X has it
        self.silent = False  # a 429 that says neither what is left nor when
        self._used: dict[tuple[str, str, int], int] = {}
        self._lock = threading.Lock()

    def use(self, call: str, user_id: str, now: datetime) -> dict[str, str]:
        seconds = int(WINDOW.total_seconds())
        window = int(now.timestamp()) // seconds
        allowed = self.allowed.get(call, usual(call))
        with self._lock:
            used = self._used.get((call, user_id, window), 0) + 1
            self._used[call, user_id, window] = used
        headers = {
            "x-rate-limit-limit": str(allowed),
            "x-rate-limit-remaining": str(max(0, allowed - used)),
            "x-rate-limit-reset": str((window + 1) * seconds),
        }
        if used > allowed:
            raise too_many({} if self.silent else headers)
        return {} if self.silent else headers


def usual(call: str) -> int:
    """The entry for it, or for what it is a part of; "/2/users/{id}/mentions" is "/2/users/mentions"."""
    method, _space, path = call.partition(" ")
    parts = [part for part in path.split("/") if part and not part.startswith("{")]
    while parts:
        found = PER_WINDOW.get(f"{method} /{'/'.join(parts)}")
        if found is not None:
            return found
        parts.pop()
    return 1_000
