"""What a message is. For now its language, where the network or the account tells it; the other
labels come with the model. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def read(posts: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Labels for each (text, language it probably is in), in the same order."""
    return [{"language": prior if any(map(str.isalpha, text)) else "und"} for text, prior in posts]
