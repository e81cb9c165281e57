"""What the inbox asks of triage: labels as plain values, to be stored with a message. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import reading
from .values import Post


def read(posts: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Labels for each (text, language it probably is in), in the same order."""
    return [labels.plain() for labels in reading.read([Post(text, hint) for text, hint in posts])]
