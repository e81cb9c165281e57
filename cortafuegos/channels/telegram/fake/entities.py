"""Finds names, commands and links in a text, as Telegram does, in UTF-16 code units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_KINDS = (
    ("mention", re.compile(r"(?<!\w)@\w{4,32}")),
    ("bot_command", re.compile(r"(?<!\S)/\w+(?:@\w+)?")),
    ("url", re.compile(r"https?://\S+")),
    ("hashtag", re.compile(r"(?<!\w)#\w+")),
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def found_in(text: str, links: Mapping[str, str]) -> tuple[str, list[dict[str, Any]]]:
    """``links`` gives the address behind some of the words."""
    found: list[dict[str, Any]] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            found.append({"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])})
    for words, address in links.items():
        at = text.index(words)
        entity = {"type": "text_link", "offset": units(text[:at]), "length": units(words), "url": address}
        found.append(entity)
    return text, sorted(found, key=lambda entity: int(entity["offset"]))
