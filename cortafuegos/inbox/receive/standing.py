"""What the labels of a case's messages make of the case, kept on its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cortafuegos.inbox.labels.rules import Labels, Reach, Standing, When, ranked, standing
from cortafuegos.inbox.receive import hearing
from cortafuegos.kit.sql import Columns, rows

# "IS NOT DISTINCT FROM" keeps the brand out of the choice of an index: of a young brand the planner
# believes that it has next to no rows, and would read all of them for each case.
_SAID = """
SELECT c.id, c.awaits_us, c.public, c.last_message_at, coalesce(i.followers, 0), i.verified,
       spoke.at, spoke.id, c.quiet,
       coalesce((SELECT level FROM cortafuegos_posture WHERE brand_id = %(brand)s), 'calm'),
       m.posted_at, m.id, m.labels
  FROM {batch} JOIN cortafuegos_case c ON c.brand_id = %(brand)s AND c.id = batch.id
  JOIN cortafuegos_identity i ON i.brand_id IS NOT DISTINCT FROM c.brand_id AND i.id = c.identity_id
  LEFT JOIN LATERAL (
    SELECT o.posted_at AS at, o.id FROM cortafuegos_message o
     WHERE o.brand_id IS NOT DISTINCT FROM c.brand_id AND o.case_id = c.id AND o.direction = 'out'
     ORDER BY o.posted_at DESC, o.id DESC LIMIT 1
  ) spoke ON true
  LEFT JOIN LATERAL (
    SELECT o.posted_at, o.id, o.labels - '{reasons,corrected}'::text[] AS labels FROM cortafuegos_message o
     WHERE o.brand_id IS NOT DISTINCT FROM c.brand_id AND o.case_id = c.id AND o.direction = 'in'
       AND o.deleted_at IS NULL
     ORDER BY o.posted_at DESC, o.id DESC LIMIT 20
  ) m ON true
"""

# Rows that have it already are left alone: every row written costs the indexes.
_WRITE = """
UPDATE cortafuegos_case c
   SET intent = batch.intent, cause = batch.cause, sentiment = batch.sentiment, urgency = batch.urgency,
       churn = batch.churn, needs_reply = batch.needs_reply, waiting_since = batch.waiting_since,
       topics = ARRAY(SELECT jsonb_array_elements_text(batch.topics)), unanswered = batch.unanswered,
       priority = batch.priority,
       look_after = CASE WHEN %(look)s AND c.awaits_us THEN %(now)s ELSE c.look_after END
  FROM {batch}
 WHERE c.brand_id = %(brand)s AND c.id = batch.id
   AND (%(look)s OR (c.intent, c.cause, c.sentiment, c.urgency, c.churn, c.needs_reply, c.waiting_since,
        to_jsonb(c.topics), c.unanswered, c.priority) IS DISTINCT FROM
       (batch.intent, batch.cause, batch.sentiment, batch.urgency::smallint, batch.churn,
        batch.needs_reply, batch.waiting_since, batch.topics, batch.unanswered, batch.priority))
RETURNING c.id
"""


def refresh(brand_id: int, case_ids: Sequence[int], now: datetime, *, look: bool = False) -> list[int]:
    """Bring these cases up to what their messages say; returns those that changed. ``look``: there
    is something new in them that the encoder has not read."""
    ids = sorted(set(case_ids))
    said: dict[int, list[tuple[When, Labels]]] = defaultdict(list)
    facts: dict[int, tuple[bool, When | None, datetime, Reach, str]] = {}
    quiet: set[int] = set()
    for id, awaits, public, last_at, followers, verified, *spoke, unheard, posture, at, place, labels in rows(
        _SAID, {"id": ("bigint", ids)}, brand=brand_id
    ):
        ours = (spoke[0], spoke[1]) if spoke[0] else None
        facts[id] = (awaits, ours, last_at, Reach(followers, verified, public), posture)
        if unheard:
            quiet.add(id)
        if at is not None:
            said[id].append(((at, place), labels))
    found, scores = [], []
    for id, (awaits, ours, last_at, reach, posture) in facts.items():
        found.append(standing(said[id], awaits_us=awaits, answered=ours))
        scores.append(ranked(found[-1], reach, last_at, now, posture).score)
    written = rows(
        _WRITE,
        {"id": ("bigint", list(facts)), **columns(found, scores)},
        brand=brand_id,
        now=now,
        look=look,
    )
    pressing = [id for id, one in zip(facts, found, strict=True) if one.urgency >= hearing.PRESSING]
    hearing.hear(brand_id, sorted(quiet.intersection(pressing)), now, why="urgent")
    return [id for (id,) in written]


def columns(found: Sequence[Standing], scores: Sequence[float]) -> Columns:
    """Standings as the columns of a batch."""
    kinds: Mapping[str, str] = {
        "intent": "text",
        "cause": "text",
        "sentiment": "text",
        "urgency": "int",
        "churn": "bool",
        "needs_reply": "bool",
        "topics": "jsonb",
        "waiting_since": "timestamptz",
        "unanswered": "int",
    }
    given: dict[str, tuple[str, Sequence[Any]]] = {
        name: (kind, [getattr(one, name) for one in found]) for name, kind in kinds.items()
    }
    return {**given, "priority": ("int", [stored(score) for score in scores])}


def stored(score: float) -> int:
    """A score in tenths, as the row has it: whole numbers page without rounding."""
    return round(score * 10)
