"""Who the customer is: on every network, before, and what we owe them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cortafuegos.inbox.models import Case, Deadline, Message
from cortafuegos.kit.compiled import compiled
from cortafuegos.people.models import Identity, Person

BEFORE = 6
SAID = 6
MOST_ACCOUNTS = 20


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
    deadlines = _deadlines(brand, case.pk)
    return History(
        person=case.person,
        identities=_identities(brand, case.person_id),
        before=[one for one in _cases(brand, case.person_id) if one.pk != case.pk][:BEFORE],
        said=_said(brand, case.person_id, case.pk),
        promises=[d for d in deadlines if d.done_at is None],
        kept=sum(d.state == "met" for d in deadlines if d.done_at),
        missed=sum(d.state == "missed" for d in deadlines if d.done_at),
        merged=_merged(brand, case.pk),
    )


@compiled
def _identities(brand_id: Any, person_id: Any) -> QuerySet[Identity]:
    rows = Identity.objects.filter(brand_id=brand_id, person_id=person_id)
    shown = ("network", "handle", "name", "url", "bio", "place", "followers", "verified")
    return rows.only(*shown).order_by("-seen_at")[:MOST_ACCOUNTS]


@compiled
def _deadlines(brand_id: Any, case_id: Any) -> QuerySet[Deadline]:
    kinds = ("first_answer", "answer")
    rows = Deadline.objects.filter(brand_id=brand_id, case_id=case_id, kind__in=kinds)
    return rows.order_by("due_at")[:500]


@compiled
def _cases(brand_id: Any, person_id: Any) -> QuerySet[Case]:
    rows = Case.objects.filter(brand_id=brand_id, person_id=person_id).exclude(state="merged")
    shown = ("number", "subject", "network", "public", "last_message_at", "state")
    return rows.only(*shown).order_by("-last_message_at")[: BEFORE + 1]


@compiled
def _merged(brand_id: Any, case_id: Any) -> QuerySet[Case]:
    rows = Case.objects.filter(brand_id=brand_id, merged_into_id=case_id)
    return rows.only("number", "subject").order_by("number")[:20]


# A few of each identity's latest: the index is by identity, and a prolific one stays cheap.
_LATEST = """
SELECT post.id FROM (
  SELECT id FROM cortafuegos_identity WHERE brand_id = %(brand)s AND person_id = %(person)s
   ORDER BY seen_at DESC LIMIT %(accounts)s
) AS account, LATERAL (
  SELECT id, case_id, posted_at FROM cortafuegos_message
   WHERE brand_id = %(brand)s AND identity_id = account.id AND direction = 'in'
   ORDER BY posted_at DESC LIMIT %(each)s
) AS post WHERE post.case_id IS DISTINCT FROM %(case)s ORDER BY post.posted_at DESC LIMIT %(most)s
"""


def _said(brand_id: int, person_id: int, case_id: int) -> list[Message]:
    given = {"brand": brand_id, "person": person_id, "case": case_id}
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, {**given, "accounts": MOST_ACCOUNTS, "each": SAID * 5, "most": SAID})
        ids = [row[0] for row in cursor.fetchall()]
    return _by_key(brand_id, ids) if ids else []


@compiled
def _by_key(brand_id: Any, ids: Any) -> QuerySet[Message]:
    rows = Message.objects.filter(brand_id=brand_id, pk__any=ids).select_related("case")
    return rows.only("text", "network", "public", "posted_at", "case__number").order_by("-posted_at")
