"""An agent says of a message what it is. From then on no machine says otherwise."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions.record import allow, lock, record
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.labels import rules
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.receive import standing
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

KIND = "message.relabelled"


@transaction.atomic
def correct(actor: Agent, message: Message, field: str, value: str) -> dict[str, list[Any]]:
    """Set a label; returns what changed, by field, as [before, after]. What a correction implies is
    corrected with it."""
    _case, held = _hold(actor, message)
    try:
        wanted = rules.value_of(field, value)
    except ValueError:
        raise Refusal(_("There is no such label."), code="no_such_label", status=422) from None
    return _write(actor, held, rules.corrected(held.labels, field, wanted, actor.pk, clock.now()))


@transaction.atomic
def give_back(actor: Agent, message: Message, fields: list[str]) -> dict[str, list[Any]]:
    """Undo corrections: the machine's word stands again."""
    _case, held = _hold(actor, message)
    return _write(actor, held, rules.given_back(held.labels, fields), given_back=True)


def _hold(actor: Agent, message: Message) -> tuple[Case, Message]:
    allow(actor, May.WORK)
    if message.case is None:
        raise Refusal(_("This was not said to you."), code="not_ours", status=422)
    case = lock(actor, message.case)
    held = Message.objects.select_for_update(of=("self",), no_key=True).get(
        brand_id=actor.brand_id, pk=message.pk
    )
    if held.direction != Message.Direction.IN or held.case_id != case.pk:
        raise Refusal(_("Only what customers say has labels."), code="not_theirs", status=422)
    held.case = case
    return case, held


def _write(
    actor: Agent, message: Message, labels: dict[str, Any], *, given_back: bool = False
) -> dict[str, list[Any]]:
    before, marks = message.labels, labels.get("corrected") or {}
    was_marked = before.get("corrected") or {}
    touched = [name for name in rules.VALUES if marks.get(name) != was_marked.get(name)]
    if not touched:
        return {}
    changed = {name: [before.get(name), labels.get(name)] for name in touched}
    message.labels = labels
    message.save(update_fields=["labels"])
    case = message.case
    assert case is not None  # noqa: S101  held by _hold
    standing.refresh(case.brand_id, [case.pk], clock.now())
    data = {"message": message.pk, "changes": changed, "model": before.get("model", "")}
    record(KIND, case, actor, {**data, "given_back": True} if given_back else data)
    return changed
