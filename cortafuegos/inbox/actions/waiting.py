"""What a case shows of the answers that wait for approval, kept in step with them."""

from __future__ import annotations

from cortafuegos.inbox.actions.record import save
from cortafuegos.inbox.models import Approval, Case
from cortafuegos.kit.nudge import nudge


def show(case: Case) -> None:
    rows = Approval.objects.filter(brand_id=case.brand_id, case=case, done_at=None)
    found = list(rows.values_list("state", "due_at"))
    by = min((due_at for state, due_at in found if state == Approval.State.WAITING), default=None)
    returned = any(state == Approval.State.RETURNED for state, _due_at in found)
    now = (by is not None, by, returned)
    if now != (case.proposed, case.approve_by, case.returned):
        case.proposed, case.approve_by, case.returned = now
        save(case, "proposed", "approve_by", "returned")
        nudge(case.brand_id, [case.pk])
