"""Finding a person by a piece of a name or a handle, with a million of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cortafuegos.people.models import Identity, Person

SHORTEST = 3  # letters: the index knows groups of three
MOST = 50
_LOOKED_AT = 300  # matches; who has more is asked for another letter


def latest(brand: Any) -> list[Person]:
    """Those who wrote to us for the first time most lately."""
    return list(_with_identities(brand).filter(joined_into=None).order_by("-pk")[:MOST])


def find(brand: Any, words: str) -> list[Person]:
    words = words.strip().lstrip("@")
    matches = Identity.objects.filter(
        Q(handle__icontains=words) | Q(name__icontains=words), brand=brand
    ).values_list("person_id", "handle", "name", "seen_at")[:_LOOKED_AT]
    folded = words.casefold()

    def rank(match: tuple[Any, ...]) -> tuple[bool, bool, float]:
        _person, handle, name, seen_at = match
        whole = folded in (handle.casefold(), name.casefold())
        begins = handle.casefold().startswith(folded) or name.casefold().startswith(folded)
        return not whole, not begins, -seen_at.timestamp()

    order = list(dict.fromkeys(match[0] for match in sorted(matches, key=rank)))[:MOST]
    found = {person.pk: person for person in _with_identities(brand).filter(pk__in=order)}
    return [found[pk] for pk in order if pk in found]


def _with_identities(brand: Any) -> Any:
    return Person.objects.filter(brand=brand).prefetch_related("identities")
