"""Cases of people with whom the relation is ended, and how they come back into the queues.

A case is *quiet* while its person's relation is ended and nothing in it presses. What presses always
gets through: whoever says that they are being robbed or hurt is heard, whatever was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cortafuegos.inbox.receive.arrival import Arrival, NewCase
from cortafuegos.kit.hours import due_at
from cortafuegos.kit.sql import rows

PRESSING = 3  # the urgency (triage: now) that no ending keeps out: fraud, danger, somebody in need

_QUIET = """
SELECT c.id, c.awaits_us, c.state IN ('open', 'snoozed'), c.first_answered_at IS NOT NULL,
       a.first_answer_minutes, a.opening_hours, a.time_zone
  FROM {batch} JOIN cortafuegos_case c ON c.brand_id = %(brand)s AND c.id = batch.id
  JOIN cortafuegos_account a ON a.brand_id = %(brand)s AND a.id = c.account_id
 WHERE c.quiet ORDER BY c.id
"""

_HEARD = """
UPDATE cortafuegos_case c
   SET quiet = false, version = c.version + 1, due_at = least(c.due_at, batch.due_at)
  FROM {batch} WHERE c.brand_id = %(brand)s AND c.id = batch.id AND c.quiet
"""

_DEADLINES = """
INSERT INTO cortafuegos_deadline (brand_id, case_id, kind, due_at, state, created_at)
SELECT %(brand)s, case_id, kind, due_at, 'open', %(now)s FROM {batch}
ON CONFLICT (case_id, kind) WHERE done_at IS NULL DO NOTHING
"""

_EVENTS = """
INSERT INTO cortafuegos_event (brand_id, at, kind, case_id, agent_id, data)
SELECT %(brand)s, %(now)s, 'case.heard', case_id, %(by)s, jsonb_build_object('why', %(why)s::text)
  FROM {batch} ORDER BY n
"""


def stays_quiet(group: Sequence[Arrival], urgency: int) -> bool:
    """Whether what arrived in one case stays out of sight. A case that was heard once is heard until it
    is closed: who was asked for a number because of a fraud must be able to give it."""
    theirs = [a for a in group if not a.ours and a.post.addressed]
    if not theirs:
        return False
    case = theirs[0].case
    if isinstance(case, NewCase) or case is None:
        return all(a.ended for a in theirs) and urgency < PRESSING
    return case.quiet or (case.state == "closed" and all(a.ended for a in theirs))


def hear(brand_id: int, case_ids: Sequence[int], now: datetime, *, why: str, by: int | None = None) -> None:
    """Bring these cases back, with clocks as new. Those that are not quiet stay as they are. The caller
    holds the cases; ``why`` goes into the log: urgent or resumed."""
    quiet = rows(_QUIET, {"id": ("bigint", sorted(case_ids))}, brand=brand_id)
    if not quiet:
        return
    owed = {
        id: ("answer" if answered else "first_answer", due_at(now, minutes, hours, ZoneInfo(zone)))
        for id, awaits_us, working, answered, minutes, hours, zone in quiet
        if awaits_us and working
    }
    ids = [row[0] for row in quiet]
    dues = [owed[id][1] if id in owed else None for id in ids]
    rows(_HEARD, {"id": ("bigint", ids), "due_at": ("timestamptz", dues)}, brand=brand_id)
    rows(
        _DEADLINES,
        {
            "case_id": ("bigint", list(owed)),
            "kind": ("text", [kind for kind, _ in owed.values()]),
            "due_at": ("timestamptz", [due for _, due in owed.values()]),
        },
        brand=brand_id,
        now=now,
    )
    rows(_EVENTS, {"case_id": ("bigint", ids)}, brand=brand_id, now=now, why=why, by=by)
