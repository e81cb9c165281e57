"""How the Graph API is asked for parts of objects, and how it gives lists page by page."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
_TOKEN = re.compile(r"\s*([\w]+|[{}(),.])")
MOST = 100


class BadFields(Exception):
    """The fields asked for make no sense, or there is no such field."""


@dataclass(slots=True)
class Wanted:
    """``messages.limit(5){id,from}`` is Wanted(arguments={"limit": "5"}, fields={"id":..., "from":...})."""

    arguments: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Wanted] = field(default_factory=dict)


def parse(text: str) -> dict[str, Wanted]:
    tokens = [found[1] for found in _TOKEN.finditer(text)]
    found, at = _list(tokens, 0)
    if at != len(tokens):
        raise BadFields(text)
    return found


def _list(tokens: Sequence[str], at: int) -> tuple[dict[str, Wanted], int]:
    found: dict[str, Wanted] = {}
    while at < len(tokens) and tokens[at] != "}":
        if tokens[at] == ",":
            at += 1
            continue
        name, wanted, at = tokens[at], Wanted(), at + 1
        while at < len(tokens) and tokens[at] == ".":
            wanted.arguments[tokens[at + 1]] = tokens[at + 3]
            at += 5
        if at < len(tokens) and tokens[at] == "{":
            wanted.fields, at = _list(tokens, at + 1)
            at += 1
        found[name] = wanted
    return found, at


Lazy = Callable[[Wanted], Any]


def pick(available: Mapping[str, Any], wanted: Mapping[str, Wanted]) -> Json:
    """What was asked for, with the id that always comes. A callable is worked out only then; what is
    None is left out, as Meta does."""
    unknown = wanted.keys() - available.keys()
    if unknown:
        raise BadFields(sorted(unknown)[0])
    found: Json = {"id": available["id"]} if available.get("id") else {}
    for name, how in wanted.items():
        value = available[name](how) if callable(available[name]) else available[name]
        if isinstance(value, dict) and how.fields:
            value = pick(value, {n: w for n, w in how.fields.items() if n in value}) or value
        if value is not None:
            found[name] = value
    return found


def page_of(items: Sequence[Json], params: Mapping[str, Any], address: str) -> Json:
    """One page of a list. The cursors are opaque, as Meta's."""
    size = min(max(int(params.get("limit") or 25), 1), MOST)
    begin = _decode(str(params.get("after") or "")) + 1 if params.get("after") else 0
    here = list(items[begin : begin + size])
    said: Json = {"data": here}
    if here:
        last = begin + len(here) - 1
        said["paging"] = {"cursors": {"before": _encode(begin), "after": _encode(last)}}
        if last + 1 < len(items):
            said["paging"]["next"] = f"{address}?after={_encode(last)}&limit={size}"
    return said


def _encode(place: int) -> str:
    return base64.urlsafe_b64encode(f"QVFI{place}".encode()).decode().rstrip("=")


def _decode(cursor: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().removeprefix("QVFI"))
    except ValueError:
        raise BadFields("cursor") from None
