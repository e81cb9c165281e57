"""Half-written replies, kept on the server at every pause so that none is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.models import Account
from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.files.carrying import Json, joined
from cortafuegos.inbox.models import Approval, Case, Draft, Message, Reply
from cortafuegos.kit import clock
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

MODES = ("public", "private", "note")
MOST = 50_000


@transaction.atomic
def keep(
    actor: Agent,
    case: Case,
    *,
    mode: str,
    text: str,
    target: Message | None = None,
    account: Account | None = None,
    files: Sequence[Json] = (),
) -> Draft | None:
    """Write down what somebody has typed and attached so far; nothing of either forgets the draft. No
    event: it is nobody's business what people erase."""
    allow(actor, May.WRITE)
    if mode not in MODES:
        raise Refusal(_("There is no such way to write."), code="no_such_mode", status=422)
    if case.brand_id != actor.brand_id:
        raise Refusal(_("There is no such case."), code="no_such_case", status=404)
    while case.merged_into is not None:  # the page was older than the merge; the words are not lost
        case = case.merged_into
    text = storable(text, MOST)
    mine = Draft.objects.filter(brand_id=actor.brand_id, case=case, agent=actor)
    if not text.strip() and not files:
        mine.delete()
        return None
    draft, _made = Draft.objects.update_or_create(
        brand_id=actor.brand_id,
        case=case,
        agent=actor,
        defaults={
            "mode": mode,
            "text": text,
            "files": list(files),
            "target": target if target and target.case_id == case.pk else None,
            "account": account if account and account.brand_id == actor.brand_id else None,
            "updated_at": clock.now(),
        },
    )
    return draft


@transaction.atomic
def discard(actor: Agent, case: Case) -> None:
    """Throw one's own draft away."""
    allow(actor, May.WRITE)
    Draft.objects.filter(brand_id=actor.brand_id, case=case, agent=actor).delete()


def again(writer: Agent, words: Reply | Approval) -> None:
    """What was taken back or returned is a draft again; whatever was begun since comes after it."""
    mode = "public" if words.public else "private"
    begun = Draft.objects.filter(brand_id=writer.brand_id, case=words.case, agent=writer).first()
    text = f"{words.text}\n\n{begun.text}" if begun and begun.text.strip() else words.text
    left = words.files[len(words.parts) :] if isinstance(words, Reply) else words.files
    files = joined(left, begun.files if begun else ())
    place: dict[str, Any] = {"target": words.target, "account": words.account}
    keep(writer, words.case, mode=mode, text=text, files=files, **place)
