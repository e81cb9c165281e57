"""What was looked up, remembered for seconds.

A nudge about accounts forgets what is remembered of that brand, so a changed secret holds at once;
the seconds are for when the nudge was lost.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

SECONDS = 5.0
MOST = 10_000  # remembered, unknown ones too: guessing must not fill the memory

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class Memory(Generic[Key, Found]):
    """``load`` says None for what is not there; ``brand_of`` whose something found is."""

    def __init__(
        self,
        load: Callable[[Key], Awaitable[Found | None]],
        brand_of: Callable[[Key, Found], int],
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._load = load
        self._brand_of = brand_of
        self._seconds = seconds
        self._known: dict[Key, tuple[float, Found | None]] = {}
        self._loading: dict[Key, asyncio.Task[Found | None]] = {}
        self._forgotten = 0

    async def find(self, key: Key) -> Found | None:
        """What ``load`` raises passes through, and is not remembered."""
        remembered = self._known.get(key)
        if remembered and remembered[0] > time.monotonic():
            return remembered[1]
        loading = self._loading.get(key)
        if loading is None:  # a burst asks once
            loading = self._loading[key] = asyncio.create_task(self._remember(key))
            loading.add_done_callback(lambda _: self._loading.pop(key, None))
        return await asyncio.shield(loading)

    def forget(self, brand_id: int | None = None) -> None:
        """What is remembered of a brand (of all), and every "unknown": it may be there now."""
        self._forgotten += 1
        self._known = {
            key: (until, found)
            for key, (until, found) in self._known.items()
            if found is not None and brand_id is not None and self._brand_of(key, found) != brand_id
        }

    async def _remember(self, key: Key) -> Found | None:
        before = self._forgotten
        found = await self._load(key)
        if len(self._known) >= MOST:
            self._known.clear()
        if before == self._forgotten:  # else it may have changed while we asked
            self._known[key] = (time.monotonic() + self._seconds, found)
        return found
