"""A body that stops arriving must not keep a page's thread waiting for ever."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive

SECONDS = 20.0  # between two pieces of a body


def impatient(receive: Receive, seconds: float = SECONDS) -> Receive:
    """The same pieces; after a silence of ``seconds`` before the last one, the end of the connection."""
    whole = False

    async def next_piece() -> Message:
        nonlocal whole
        if whole:  # what comes now is the end of the connection, whenever the browser likes
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), seconds)
        except TimeoutError:
            message = {"type": "http.disconnect"}
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return next_piece
