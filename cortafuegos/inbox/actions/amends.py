"""What the mistakes of ours in a case still ask for, and the apology that answers them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cortafuegos.guard.regret import regrets
from cortafuegos.inbox.actions.record import record
from cortafuegos.inbox.models import Case, Message, Mistake, Reply
from cortafuegos.inbox.righting import Step, open_steps
from cortafuegos.kit.compiled import compiled

READ = ("es", "en")  # the languages in which the desk knows an apology when it sees one


def steps(mistake: Mistake) -> tuple[Step, ...]:
    """What is still open of it. One that a supervisor closed asks for nothing."""
    if mistake.closed_at is not None:
        return ()
    return open_steps(
        gone=mistake.message.deleted_at is not None,
        stays=mistake.stays,
        apologised=mistake.apologised_at is not None,
        unsaid=mistake.unsaid,
    )


def open_of(brand_id: int, case_id: int | None) -> list[Mistake]:
    """Those of a case that no supervisor has closed, the oldest first."""
    return _open(brand_id, case_id) if case_id else []


@compiled
def _open(brand_id: Any, case_id: Any) -> QuerySet[Mistake]:
    rows = Mistake.objects.filter(brand_id=brand_id, case_id=case_id, closed_at=None)
    return rows.select_related("message").order_by("pk")


def unfinished(case: Case) -> bool:
    return any(steps(mistake) for mistake in open_of(case.brand_id, case.pk))


def owes_an_apology(mistakes: Iterable[Mistake], *, public: bool) -> bool:
    """Where it was read: what went wrong in private needs no apology in public."""
    return any(Step.APOLOGISE in steps(one) and one.message.public == public for one in mistakes)


def answered(case: Case, reply: Reply, at: datetime) -> None:
    """A reply is on the network: when it apologises, it does so for what was reported before it was
    written. Call inside the transaction that holds the case."""
    owed = [
        one
        for one in open_of(case.brand_id, case.pk)
        if Step.APOLOGISE in steps(one)
        and one.message.public == reply.public
        and one.reported_at <= reply.created_at
    ]
    language = reply.target.language[:2]
    if not owed or not (regrets(reply.text, language) or (language and language not in READ)):
        return
    for one in owed:
        one.apology, one.apologised_at = reply, at
        one.save(update_fields=["apology", "apologised_at"])
        record("mistake.apologised", case, reply.agent, {"mistake": one.pk, "reply": reply.pk})


def unheard(message: Message) -> None:
    """What was taken for an apology did not arrive, or is gone from the network: it is owed again, unless
    the review is closed."""
    Mistake.objects.filter(brand_id=message.brand_id, apology__message=message, closed_at=None).update(
        apology=None, apologised_at=None
    )
