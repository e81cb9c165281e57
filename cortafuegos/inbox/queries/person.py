"""Who the customer is: on every network, before, and what we owe them."""

from __future__ import annotations

from dataclasses import dataclass

from cortafuegos.inbox.models import Case, Deadline, Message
from cortafuegos.people.models import Identity, Person

BEFORE = 6
SAID = 6


@dataclass(frozen=True, slots=True)
class History:
    person: Person
    identities: list[Identity]
    before: list[Case]  # other cases of the same person, latest first
    said: list[Message]  # what they wrote outside this case, latest first
    promises: list[Deadline]  # of this case, still owed, earliest first
    kept: int
    missed: int
    merged: list[Case]  # cases that were joined into this one


def history(case: Case) -> History:
    brand = case.brand_id
    identities = list(
        Identity.objects.filter(brand_id=brand, person_id=case.person_id).order_by("-seen_at")[:20]
    )
    before = Case.objects.filter(brand_id=brand, person_id=case.person_id).exclude(pk=case.pk)
    before = before.exclude(state="merged").order_by("-last_message_at")
    owed = Deadline.objects.filter(brand_id=brand, case=case, kind__in=("first_answer", "answer"))
    done = list(owed.exclude(done_at=None).values_list("state", flat=True)[:200])
    return History(
        person=case.person,
        identities=identities,
        before=list(before[:BEFORE]),
        said=_said(case, identities),
        promises=list(owed.filter(done_at=None).order_by("due_at")),
        kept=done.count("met"),
        missed=done.count("missed"),
        merged=list(case.merged.filter(brand_id=brand).select_related("identity").order_by("number")[:20]),
    )


def _said(case: Case, identities: list[Identity]) -> list[Message]:
    """A few of each identity's latest: the index is by identity, and a prolific one stays cheap."""
    slices = [
        Message.objects.filter(brand_id=case.brand_id, identity=identity, direction="in")
        .order_by("-posted_at")
        .values_list("pk", flat=True)[: SAID * 5]
        for identity in identities
    ]
    if not slices:
        return []
    ids = slices[0].union(*slices[1:], all=True) if len(slices) > 1 else slices[0]
    rows = Message.objects.filter(brand_id=case.brand_id, pk__in=list(ids)).exclude(case_id=case.pk)
    return list(rows.select_related("case").defer("search", "ref").order_by("-posted_at")[:SAID])
