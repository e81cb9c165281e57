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
        Identity.objects.filter(brand_id=brand, person_id=case.person_id)
        .only("network", "handle", "name", "url", "bio", "place", "followers", "verified")
        .order_by("-seen_at")[:20]
    )
    before = Case.objects.filter(brand_id=brand, person_id=case.person_id).exclude(pk=case.pk)
    before = before.exclude(state="merged").order_by("-last_message_at")
    owed = Deadline.objects.filter(brand_id=brand, case_id=case.pk, kind__in=("first_answer", "answer"))
    deadlines = list(owed.order_by("due_at")[:500])
    merged = Case.objects.filter(brand_id=brand, merged_into_id=case.pk).order_by("number")
    return History(
        person=case.person,
        identities=identities,
        before=list(
            before.only("number", "subject", "network", "public", "last_message_at", "state")[:BEFORE]
        ),
        said=_said(case, identities),
        promises=[d for d in deadlines if d.done_at is None],
        kept=sum(d.state == "met" for d in deadlines if d.done_at),
        missed=sum(d.state == "missed" for d in deadlines if d.done_at),
        merged=list(merged.only("number", "subject")[:20]),
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
    rows = rows.select_related("case").order_by("-posted_at")
    return list(rows.only("text", "network", "public", "posted_at", "case__number")[:SAID])
