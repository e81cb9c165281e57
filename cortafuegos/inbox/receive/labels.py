"""What triage says of arrivals, and how it is written over what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cortafuegos.inbox.labels import own
from cortafuegos.inbox.receive.arrival import Arrival
from cortafuegos.triage import Post, fast

# Labels of a machine over those in the row ``m``: what an agent has set stays, whoever comes later.
OVER = """batch.labels || CASE WHEN m.labels ? 'corrected'
       THEN jsonb_build_object('corrected', m.labels -> 'corrected')
         || (SELECT jsonb_object_agg(kept, m.labels -> kept)
               FROM jsonb_object_keys(m.labels -> 'corrected') AS kept)
       ELSE '{}'::jsonb END"""


def label(arrivals: Sequence[Arrival]) -> None:
    """Give every arrival its labels; what we said ourselves needs none but its language. All of one brand."""
    if not arrivals:
        return
    taught = own.of(arrivals[0].account.brand_id)
    found = taught.layer.read([Post(a.post.text, a.post.language or a.account.language) for a in arrivals])
    model = own.stamp(f"fast-{fast.weights().made_from[:12]}", taught)
    for arrival, labels in zip(arrivals, found, strict=True):
        arrival.labels = {"language": labels.language} if arrival.ours else stamped(labels.plain(), model)


def stamped(labels: Mapping[str, Any], model: str) -> dict[str, Any]:
    """As they are stored: with the model that said so, and how sure it was only in the whole."""
    return {**{name: value for name, value in labels.items() if name != "confidence"}, "model": model}
