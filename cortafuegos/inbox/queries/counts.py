"""How many wait where: one statement, and no count looks further than 1,000 rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection

CAP = 1000
LASTS = 10  # seconds: what had more than that is not counted again so soon
SOON = timedelta(hours=1)  # what the queue of promises looks ahead

_CASE = "SELECT 1 FROM cortafuegos_case WHERE brand_id = %(brand)s AND "
_OPEN = _CASE + "state = 'open' AND NOT quiet AND"
_PARTS = {
    "mine": _OPEN + " assignee_id = %(agent)s",
    "unassigned": _OPEN + " assignee_id IS NULL",
    "approval": _CASE + "proposed",
    "approval_late": _CASE + "proposed AND approve_by < %(now)s",
    "promises": _OPEN + " due_at < %(soon)s",
    "late": _OPEN + " due_at < %(now)s",
    "ended": _CASE + "quiet AND state IN ('open', 'snoozed')",
    "failed": _CASE + "failed",
}


def counts(brand_id: int, agent_id: int, team_ids: list[int], now: datetime) -> dict[str, int]:
    """Each queue's number, at most ``CAP``; "late" is the part of "promises" already past."""
    queues = dict(_PARTS)
    for team_id in team_ids:
        queues[f"team-{int(team_id)}"] = f"{_OPEN} team_id = {int(team_id)}"
    key = f"full-queues:{brand_id}"
    full: frozenset[str] | None = cache.get(key)
    parts = {name: sql for name, sql in queues.items() if name not in (full or ())}
    columns = ", ".join(
        f"(SELECT count(*) FROM ({sql} LIMIT {CAP}) q)"  # noqa: S608  constants and integers
        for sql in parts.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}",
            {"brand": brand_id, "agent": agent_id, "now": now, "soon": now + SOON},
        )
        counted = dict(zip(parts, cursor.fetchone(), strict=True))
    if full is None:
        over = frozenset(name for name, n in counted.items() if n >= CAP and name != "mine")
        cache.set(key, over, LASTS)
    return {name: counted.get(name, CAP) for name in queues}
