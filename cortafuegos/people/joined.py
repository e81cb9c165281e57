"""Persons that turned out to be one: shown and worked on as the one they were joined into, their face."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.functions import Coalesce

from cortafuegos.people.models import Person


def faces(brand_id: int, person_ids: Iterable[int]) -> dict[int, int]:
    """Who each of these is today; who is joined with nobody is themselves. Unknown ids are left out."""
    rows = Person.objects.filter(brand_id=brand_id, pk__in=list(person_ids))
    return dict(rows.values_list("pk", Coalesce("joined_into_id", "pk")))


def face(brand_id: int, person_id: int) -> Person | None:
    """The person this one is today; None when there is no such person."""
    rows = Person.objects.filter(brand_id=brand_id)
    found = rows.select_related("joined_into").filter(pk=person_id).first()
    return (found.joined_into or found) if found else None


def everybody(person: Person) -> list[int]:
    """This face and all who were joined into it, as they were before anybody was."""
    members = Person.objects.filter(brand_id=person.brand_id, joined_into=person).order_by("pk")
    return [person.pk, *members.values_list("pk", flat=True)]


def noted_before(person: Person) -> list[Person]:
    """Those who were joined into this face and of whom something is noted: it stays theirs."""
    if not person.joined:
        return []
    members = Person.objects.filter(brand_id=person.brand_id, joined_into=person)
    return list(members.exclude(note="").order_by("pk"))
