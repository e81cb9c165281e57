"""How X writes what people typed: escaped, with short addresses, and with a list of what is in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
MENTION = re.compile(r"(?<![\w@/])@(\w{1,15})\b", re.ASCII)
TAG = re.compile(r"(?<!\w)#(\w+)")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def short(address: str) -> str:
    return "https://t.co/" + hashlib.sha256(address.encode()).hexdigest()[:10]


def written(typed: str, pictures: list[str]) -> tuple[str, list[Json]]:
    """The text as X gives it, and its addresses. ``pictures``: media keys, shown by an address at the end."""
    urls: list[Json] = []

    def replace(found: re.Match[str]) -> str:
        urls.append(
            {"url": short(found[0]), "expanded_url": found[0], "display_url": found[0].split("//")[1][:30]}
        )
        return short(found[0])

    text = LINK.sub(replace, escape(typed))
    if pictures:
        own = short(pictures[0])
        text = f"{text} {own}".strip()
        urls += [
            {
                "url": own,
                "expanded_url": "https://x.com/p/photo/1",
                "display_url": f"pic.x.com/{own[-10:]}",
                "media_key": key,
            }
            for key in pictures
        ]
    for url in urls:
        url["start"] = text.find(url["url"])
        url["end"] = url["start"] + len(url["url"])
    return text, urls


def mentions(text: str, number_of: Callable[[str], str | None]) -> list[Json]:
    found = []
    for match in MENTION.finditer(text):
        number = number_of(match[1])
        if number:
            found.append({"start": match.start(), "end": match.end(), "username": match[1], "id": number})
    return found


def tags(text: str) -> list[Json]:
    return [{"start": m.start(), "end": m.end(), "tag": m[1]} for m in TAG.finditer(text)]
