"""Messages read by both layers, as their rows will have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cortafuegos.inbox.actions.looking import Unread
from cortafuegos.inbox.receive.labels import stamped
from cortafuegos.triage import Post, refine


def refined(brand_id: int, unread: Sequence[Unread]) -> list[dict[str, Any]]:
    """Raises EncoderMissing where the encoder's packages are not installed."""
    model = f"refined-{refine.made_from()[:12]}"
    found = refine.read([Post(one.text, one.language) for one in unread])
    return [stamped(labels.plain(), model) for labels in found]
