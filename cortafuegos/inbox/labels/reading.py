"""Messages read by both layers, as their rows will have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cortafuegos.inbox.actions.looking import Unread
from cortafuegos.inbox.labels import own
from cortafuegos.inbox.receive.labels import stamped
from cortafuegos.triage import Post, refine


def refined(brand_id: int, unread: Sequence[Unread]) -> list[dict[str, Any]]:
    """Raises EncoderMissing where the encoder's packages are not installed."""
    taught = own.of(brand_id)
    model = own.stamp(f"refined-{refine.made_from()[:12]}", taught)
    found, about = taught.layer.refined([Post(one.text, one.language) for one in unread])
    topics = own.topics(brand_id, taught.version) if taught.topics and unread else None
    named = topics.of(about) if topics else [() for _ in found]
    return [
        stamped({**labels.plain(), "topics": list(told)}, model)
        for labels, told in zip(found, named, strict=True)
    ]
