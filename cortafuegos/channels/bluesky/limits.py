"""What Bluesky allows. Read on 2026-11-20 from its lexicons (app.bsky.feed.post,
chat.bsky.convo.defs, app.bsky.actor.profile) and docs.bsky.app, "Rate limits".

Rates, for who sizes a desk: 3,000 requests in 5 minutes from one address; 5,000 points an hour and
35,000 a day for one account, of which a new post takes 3 (so 1,666 and 11,666 posts);
30 sign-ins in 5 minutes and 300 a day.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Size:
    graphemes: int
    octets: int


POST = Size(300, 3_000)
DIRECT_MESSAGE = Size(1_000, 10_000)
PROFILE = Size(256, 2_560)
TAG_GRAPHEMES = 64

_GRAPHEME = regex.compile(r"\X")


def graphemes(text: str) -> int:
    return sum(1 for _ in _GRAPHEME.finditer(text))


def measure(text: str, size: Size) -> int:
    """Length in graphemes. Both limits hold, and a few hundred family emoji are 300 graphemes but far
    more than 3,000 bytes: such a text measures as its bytes, scaled, so that it never seems to fit.
    """
    count, octets = graphemes(text), len(text.encode("utf-8", "surrogatepass"))
    if octets <= size.octets:
        return count
    return max(count, -(-octets * size.graphemes // size.octets))


def fits(text: str, size: Size) -> bool:
    return measure(text, size) <= size.graphemes
