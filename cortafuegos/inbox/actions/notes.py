"""Notes: said among ourselves."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions.record import allow, lock, record
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Draft, Note
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

MOST = 20_000


@transaction.atomic
def write(actor: Agent, case: Case, text: str) -> Note:
    allow(actor, May.WRITE)
    case = lock(actor, case)
    text = storable(text).strip()
    if not text:
        raise Refusal(_("The note is empty."), code="empty", status=422)
    if len(text) > MOST:
        raise Refusal(
            _("A note holds at most %(most)d characters.") % {"most": MOST},
            code="too_long",
            status=422,
        )
    note = Note.objects.create(brand_id=case.brand_id, case=case, agent=actor, text=text)
    Draft.objects.filter(brand_id=case.brand_id, case=case, agent=actor, mode="note").delete()
    record("note.written", case, actor, {"note": note.pk})
    return note
