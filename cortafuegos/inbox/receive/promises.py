"""Promises that were kept in a network's own app, not through the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cortafuegos.kit.sql import Columns, rows

# What a reply of ours still on its way tells the customer is not kept by that very reply, whose
# echo may come before the network's answer to us.
_KEEP = """
WITH settled AS (
  UPDATE cortafuegos_promise p
     SET state = CASE WHEN was.state = 'open' AND batch.at <= p.due_at THEN 'kept' ELSE 'broken' END,
         done_at = batch.at
    FROM {batch} JOIN cortafuegos_promise was ON was.case_id = batch.case_id
   WHERE p.id = was.id AND p.brand_id = %(brand)s AND p.done_at IS NULL
     AND p.made_at < batch.at AND NOT p.with_next
     AND NOT EXISTS (
       SELECT 1 FROM cortafuegos_reply r
        WHERE r.id = p.reply_id AND r.state IN ('queued', 'sending', 'unknown')
     )
  RETURNING p.id, p.case_id, p.agent_id, p.team_id, p.due_at, p.state, was.state AS before
)
INSERT INTO cortafuegos_event (brand_id, at, kind, case_id, data)
SELECT %(brand)s, %(now)s, 'promise.' || CASE before WHEN 'broken' THEN 'caught_up' ELSE state END, case_id,
       jsonb_build_object(
         'promise', id, 'owner', agent_id, 'team', team_id, 'due_at', due_at, 'elsewhere', true
       )
  FROM settled
"""


def answered(brand_id: int, spoken: Mapping[int, datetime], now: datetime) -> None:
    """``spoken``: when we last wrote in each of these cases, which the caller holds."""
    if spoken:
        columns: Columns = {"case_id": ("bigint", list(spoken)), "at": ("timestamptz", list(spoken.values()))}
        rows(_KEEP, columns, brand=brand_id, now=now)
