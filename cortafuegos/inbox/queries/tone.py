"""What a person and we have said to each other, on all networks, latest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from cortafuegos.inbox.models import Case, Message, Promise
from cortafuegos.people.models import Person

SHOWN = 100
CASES = 300


@dataclass(frozen=True, slots=True)
class Between:
    said: list[Message]  # latest first
    promises: list[Promise]  # of these cases, latest first
    more: bool


def between(person: Person) -> Between:
    brand = person.brand_id
    cases = Case.objects.filter(brand_id=brand, person_id=person.pk).exclude(state=Case.State.MERGED)
    ids = list(cases.order_by("-last_message_at").values_list("pk", flat=True)[:CASES])
    # Their own, also in a case of somebody else that theirs was joined to; ours only in their cases.
    identities = list(person.identities.filter(brand_id=brand).values_list("pk", flat=True)[:20])
    theirs = Q(direction="in", identity_id__in=identities)
    rows = Message.objects.filter(brand_id=brand, deleted_at=None).filter(
        theirs | Q(direction="out", case_id__in=ids)
    )
    shown = ("text", "posted_at", "public", "direction", "network", "language", "labels", "case__number")
    said = list(rows.select_related("case").only(*shown).order_by("-posted_at", "-pk")[: SHOWN + 1])
    promises = Promise.objects.filter(brand_id=brand, case_id__in=ids).order_by("-made_at")
    return Between(said[:SHOWN], list(promises[:50]), len(said) > SHOWN)
