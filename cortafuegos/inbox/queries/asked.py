"""How the departments of a brand answer: what is open, what came in time, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from cortafuegos.inbox.models import Question

WEEKS = 12
MOST_OPEN = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one department in ``WEEKS`` weeks. ``median``: from asking to answer, of those answered."""

    open: int = 0
    late: int = 0  # of the open ones
    answered: int = 0
    in_time: int = 0
    not_ours: int = 0
    median: timedelta | None = None

    @property
    def share(self) -> int | None:
        """Of every hundred that were due, how many were answered in time."""
        due = self.answered + self.late
        return round(100 * self.in_time / due) if due else None


# A question that was passed on within time is nobody's delay; one that is open and late already counts.
_FIGURES = """
SELECT department_id,
       count(*) FILTER (WHERE state = 'open'),
       count(*) FILTER (WHERE state = 'open' AND due_at < %(now)s),
       count(*) FILTER (WHERE state = 'answered'),
       count(*) FILTER (WHERE state = 'answered' AND answered_at <= due_at),
       count(*) FILTER (WHERE state = 'not_ours'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_at - asked_at) FILTER (WHERE state = 'answered')
  FROM cortafuegos_question WHERE brand_id = %(brand)s AND asked_at >= %(since)s
 GROUP BY department_id
"""


def figures(brand_id: int, now: datetime) -> dict[int, Figures]:
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"brand": brand_id, "now": now, "since": now - timedelta(weeks=WEEKS)})
        return {row[0]: Figures(*row[1:]) for row in cursor.fetchall()}


def open_ones(brand_id: int) -> list[Question]:
    """What waits for an answer, the most pressing first."""
    rows = Question.objects.filter(brand_id=brand_id, state=Question.State.OPEN)
    rows = rows.select_related("department", "case").order_by("due_at", "pk")
    return list(
        rows.only("text", "due_at", "rung", "agent_id", "department__name", "case__number")[:MOST_OPEN]
    )
