"""How many wait where: one statement, and no count looks further than 1,000 rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

CAP = 1000
SOON = timedelta(hours=1)  # what the queue of promises looks ahead

_CASE = "SELECT 1 FROM cortafuegos_case WHERE brand_id = %(brand)s AND "
_PARTS = {
    "mine": _CASE + "state = 'open' AND assignee_id = %(agent)s",
    "unassigned": _CASE + "state = 'open' AND assignee_id IS NULL",
    "approval": _CASE + "proposed",
    "approval_late": _CASE + "proposed AND approve_by < %(now)s",
    "promises": _CASE + "state = 'open' AND due_at < %(soon)s",
    "late": _CASE + "state = 'open' AND due_at < %(now)s",
    "failed": _CASE + "failed",
}


def counts(brand_id: int, agent_id: int, team_ids: list[int], now: datetime) -> dict[str, int]:
    """Each queue's number, at most ``CAP``; "late" is the part of "promises" already past."""
    parts = dict(_PARTS)
    for team_id in team_ids:
        parts[f"team-{int(team_id)}"] = f"{_CASE}state = 'open' AND team_id = {int(team_id)}"
    columns = ", ".join(
        f"(SELECT count(*) FROM ({sql} LIMIT {CAP}) q)"  # noqa: S608  constants and integers
        for sql in parts.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}",
            {"brand": brand_id, "agent": agent_id, "now": now, "soon": now + SOON},
        )
        return dict(zip(parts, cursor.fetchone(), strict=True))
