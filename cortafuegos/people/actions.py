"""The only writer of what we say about a person."""

from __future__ import annotations

from cortafuegos.kit import log
from cortafuegos.kit.text import storable
from cortafuegos.people.models import Person

logger = log.get(__name__)


def describe(person: Person, *, by: int, name: str, place: str, time_zone: str, note: str) -> None:
    person.name, person.place = storable(name.strip()), storable(place.strip())
    person.time_zone, person.note = time_zone, storable(note)
    person.save(update_fields=["name", "place", "time_zone", "note"])
    logger.info("person_described", brand=person.brand_id, person=person.pk, by=by)
