"""How a draft, an approval, a reply and a message say which files they carry.

Each is an object as a stored attachment is: ``kind``, ``name``, ``media_type``, ``size`` (bytes),
``alt``, and ``file``, the uid of the row that holds the contents.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cortafuegos.channels.files import About
from cortafuegos.inbox.files.sorts import kind
from cortafuegos.kit.text import storable

Json = dict[str, Any]
MOST = 60  # in one draft, which is kept whatever its network takes (20 at most)
LONGEST_ALT = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    uid: uuid.UUID
    alt: str


def wanted(raw: str) -> tuple[Wanted, ...]:
    """What a form says: a list of ``{"file", "alt"}``, each file once, in its order. Whatever else it
    holds is left out; ValueError when it is no such list or too long a one."""
    if not raw.strip():
        return ()
    try:
        listed = json.loads(raw)
    except RecursionError:
        raise ValueError from None
    if not isinstance(listed, list) or len(listed) > MOST:
        raise ValueError
    found: dict[uuid.UUID, Wanted] = {}
    for one in listed:
        if not isinstance(one, dict) or not isinstance(one.get("file"), str):
            raise ValueError
        uid, alt = uuid.UUID(one["file"]), one.get("alt")
        words = " ".join(storable(alt if isinstance(alt, str) else "").split())
        found.setdefault(uid, Wanted(uid, words[:LONGEST_ALT]))
    return tuple(found.values())


def entry(uid: uuid.UUID, name: str, media_type: str, size: int, alt: str = "") -> Json:
    words = {"kind": kind(media_type), "name": name, "media_type": media_type}
    return {**words, "size": size, "alt": alt, "file": str(uid)}


def abouts(carried: Iterable[Mapping[str, Any]]) -> tuple[About, ...]:
    return tuple(About(one["name"], one["media_type"], one["size"], one.get("alt", "")) for one in carried)


def joined(first: Sequence[Json], then: Sequence[Json]) -> list[Json]:
    """Both, each file once."""
    return list({one["file"]: one for one in (*then, *first)}.values()) if then else list(first)
