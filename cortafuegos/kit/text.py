"""Text as it can be stored: faithful but for what PostgreSQL and UTF-8 cannot hold."""

from __future__ import annotations

import re
from typing import Any

_SURROGATES = re.compile("[\ud800-\udfff]")
DEEPEST = 50  # levels of JSON worth keeping


def storable(text: str, limit: int | None = None) -> str:
    """NUL becomes its picture (␀), half a surrogate pair the replacement mark; all else stays as it
    came, zero-width and right-to-left marks too: showing them harmlessly is the page's business.
    ``limit`` counts code points."""
    if "\0" in text:
        text = text.replace("\0", "\N{SYMBOL FOR NULL}")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if limit is None else text[:limit]


def storable_json(value: Any, depth: int = 0) -> Any:
    """The same for every string inside a JSON value, names too. What is nested deeper than
    ``DEEPEST`` becomes null."""
    if isinstance(value, str):
        return storable(value)
    if depth >= DEEPEST:
        return None if isinstance(value, dict | list | tuple) else value
    if isinstance(value, dict):
        return {storable(str(k)): storable_json(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(v, depth + 1) for v in value]
    return value
