"""How long a reply is for a network, where no connector is at hand to measure it: on the command
line. The desk asks the connector, which knows its server."""

from __future__ import annotations

import unicodedata

import regex

_GRAPHEME = regex.compile(r"\X")
_LINK = regex.compile(r"https?://\S+|www\.\S+")
X_LINK = 23  # what X counts for any link

# network: limit in public, limit in private
GRAPHEMES = {"bluesky": (300, 1000), "mastodon": (500, 500), "sandbox": (300, 1000), "threads": (500, 1000)}
CHARACTERS = {
    "facebook": (8000, 2000),
    "messenger": (2000, 2000),
    "whatsapp": (4096, 4096),
    "telegram": (4096, 4096),
    "linkedin": (1250, 8000),
    "youtube": (10_000, 10_000),
    "tiktok": (150, 1000),
    "mail": (100_000, 100_000),
}
BYTES = {"instagram": (2200, 1000), "google": (4096, 4096)}
WEIGHTED = {"x": (280, 10_000), "twitter": (280, 10_000)}


def measure(text: str, network: str, *, public: bool) -> tuple[int, int] | None:
    """Length and limit in the network's own unit; None for a network whose measure is unknown."""
    at = 0 if public else 1
    if network in GRAPHEMES:
        return len(_GRAPHEME.findall(text)), GRAPHEMES[network][at]
    if network in CHARACTERS:
        return len(text), CHARACTERS[network][at]
    if network in BYTES:
        return len(text.encode("utf-8", "surrogatepass")), BYTES[network][at]
    if network in WEIGHTED:
        return _weighted(text), WEIGHTED[network][at]
    return None


def _weighted(text: str) -> int:
    """X's own: a link is 23, a character outside the Latin ranges 2, an emoji 2 whatever it is made of
    (developer documentation, "Counting characters")."""
    links = _LINK.findall(text)
    rest = unicodedata.normalize("NFC", _LINK.sub("", text))
    weight = len(links) * X_LINK
    for cluster in _GRAPHEME.findall(rest):
        code = ord(cluster[0])
        narrow = (
            code <= 0x10FF or 0x2000 <= code <= 0x200D or 0x2010 <= code <= 0x201F or 0x2032 <= code <= 0x2037
        )
        weight += len(cluster) if narrow and "\ufe0f" not in cluster else 2
    return weight
