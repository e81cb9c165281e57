"""How to page through notifications so that none is lost.

The list is sorted by the *author's* clock, newest first, and a page's cursor is such a time. So:
 - what two posts of one millisecond share is a page's edge: pages overlap by a millisecond;
 - a customer whose clock is slow arrives some way down: each sweep goes ten minutes further back
   than the last one reached, and every hour one goes back a whole day;
 - a wave of thousands takes several polls: a sweep that is cut off goes on where it stopped.

Nothing here touches the network: ``fetch`` does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..contract import Unreadable
from .values import Json, find_time

Fetch = Callable[[str | None], tuple[Sequence[Json], str | None]]

LOOK_BACK = timedelta(days=1)
OVERLAP = timedelta(minutes=10)
DEEP_EVERY = timedelta(hours=1)
PAGES = 5  # in one poll
DEEP_PAGES = 20
_A_MOMENT = timedelta(microseconds=1)
RECENT = 1_000  # names of notifications remembered, so as not to bring them again


@dataclass(frozen=True, slots=True)
class Swept:
    found: Sequence[Json]  # oldest first
    late: Sequence[Json]  # of a deep sweep: mostly seen before
    state: Json
    more: bool


def key(notification: Json) -> str:
    return f"{notification.get('uri')} {notification.get('cid')}"


def sweep(fetch: Fetch, state: Json, now: datetime) -> Swept:
    """``state`` is {} at first, and afterwards what the last sweep returned."""
    cut: Json = state.get("cut") or {}
    floor = find_time(cut.get("floor") or state.get("seen") or (now - LOOK_BACK).isoformat())
    top = find_time(cut["top"]) if cut else floor
    deep_at = find_time(state.get("deep") or now.isoformat())
    recent = state.get("recent") or []
    known = frozenset(recent)

    pages = _pages(fetch, cut.get("page"), floor - OVERLAP, PAGES)
    top = max([top, *(time for time, _ in pages.items)])
    found = {key(item): (time, item) for time, item in pages.items if _short(item) not in known}
    names = [*(cut.get("names") or ()), *(_short(item) for time, item in pages.items if time > top - OVERLAP)]
    names = names[:RECENT]
    state = {"seen": floor.isoformat(), "deep": deep_at.isoformat(), "recent": recent}
    if pages.next:
        cut = {"page": pages.next, "floor": floor.isoformat(), "top": top.isoformat(), "names": names}
        return Swept(_oldest_first(found), (), {**state, "cut": cut}, more=True)

    late: dict[str, tuple[datetime, Json]] = {}
    if now - deep_at >= DEEP_EVERY:
        deep = _pages(fetch, None, now - LOOK_BACK, DEEP_PAGES)
        late = {key(item): (time, item) for time, item in deep.items if key(item) not in found}
        deep_at = now
    state = {"seen": top.isoformat(), "deep": deep_at.isoformat(), "recent": names}
    return Swept(_oldest_first(found), _oldest_first(late), state, more=False)


@dataclass(frozen=True, slots=True)
class _Pages:
    items: Sequence[tuple[datetime, Json]]
    next: str | None  # where to go on, when the pages ran out before the floor was reached


def _pages(fetch: Fetch, page: str | None, floor: datetime, most: int) -> _Pages:
    items: list[tuple[datetime, Json]] = []
    for _ in range(most):
        got, following = fetch(page)
        times = [_as_times(item.get("indexedAt")) for item in got]
        # One without a time is brought all the same, to be looked at in quarantine.
        timed = [
            (time[0] if time else floor + _A_MOMENT, item) for time, item in zip(times, got, strict=True)
        ]
        items += [(time, item) for time, item in timed if time > floor]
        # A page may come back empty and yet not be the last: the server filters after it counts.
        lowest = min([time for found in times for time in found] + _as_times(following), default=None)
        if following is None or (lowest is not None and lowest <= floor):
            return _Pages(items, None)
        page = _with_overlap(following, page)
    return _Pages(items, page)


def _with_overlap(following: str, page: str | None) -> str:
    for time in _as_times(following):
        later = time + timedelta(milliseconds=1)
        if page is None or all(later < before for before in _as_times(page)):
            return later.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return following


def _as_times(value: Any) -> list[datetime]:
    try:
        return [find_time(value)]
    except Unreadable:
        return []  # a cursor may be opaque: then a page's edge is as the server cut it


def _short(item: Json) -> str:
    return hashlib.sha256(key(item).encode("utf-8", "replace")).hexdigest()[:12]


def _oldest_first(found: dict[str, tuple[datetime, Json]]) -> list[Any]:
    return [item for _, item in sorted(found.values(), key=lambda pair: pair[0])]
