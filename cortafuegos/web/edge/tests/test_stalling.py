"""A body that stops arriving is given up; one that only takes its time is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from cortafuegos.web.edge.stalling import impatient


def heard(pieces: Iterable[tuple[float, dict[str, Any]]], asked: int, seconds: float = 0.2) -> list[Any]:
    waiting = iter(pieces)

    async def receive() -> Any:
        pause, message = next(waiting)
        await asyncio.sleep(pause)
        return message

    async def listen() -> list[Any]:
        hear = impatient(receive, seconds)
        return [await hear() for _time in range(asked)]

    return asyncio.run(listen())


def piece(body: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


GONE = {"type": "http.disconnect"}


def test_a_stalled_body_ends_as_if_the_browser_had_gone():
    assert heard([(0, piece(b"a", more=True)), (60, piece(b"b", more=False))], 2)[1] == GONE


def test_what_keeps_coming_is_heard_to_its_end():
    pieces = [(0.01, piece(b"x", more=number < 9)) for number in range(10)]
    assert heard(pieces, 10) == [message for _pause, message in pieces]


def test_after_the_body_the_page_may_take_as_long_as_it_likes():
    """What is heard then is the browser going away, and that may be long in coming."""
    assert heard([(0, piece(b"a", more=False)), (0.5, GONE)], 2, seconds=0.1)[1] == GONE
