"""The clock of what waits for a second person: nobody forgets it in silence."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from cortafuegos.inbox.actions.approvals import facts
from cortafuegos.inbox.actions.record import record
from cortafuegos.inbox.models import Approval

# As with other deadlines: the case is held first, and one that somebody works on waits for the next round.
_DUE = """
WITH due AS (
  SELECT id, case_id FROM cortafuegos_approval
   WHERE state = 'waiting' AND overdue_at IS NULL AND due_at <= %(now)s ORDER BY due_at LIMIT %(limit)s
), held AS (
  SELECT id FROM cortafuegos_case WHERE id IN (SELECT case_id FROM due)
   ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE cortafuegos_approval a SET overdue_at = %(now)s FROM due JOIN held ON held.id = due.case_id
 WHERE a.id = due.id AND a.state = 'waiting' AND a.overdue_at IS NULL
RETURNING a.id
"""


def strike(now: datetime, limit: int = 200) -> int:
    """Say which answers nobody has decided about in time. May run anywhere, any number of times."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_DUE, {"now": now, "limit": limit})
            ids = [row[0] for row in cursor.fetchall()]
        for approval in Approval.objects.filter(pk__in=ids).select_related("case").order_by("pk"):
            record("approval.overdue", approval.case, None, facts(approval))
    return len(ids)
