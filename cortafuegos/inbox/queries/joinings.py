"""What stands between persons who were joined, and what was told apart."""

from __future__ import annotations

from django.db.models import Q

from cortafuegos.inbox.models import Joining
from cortafuegos.inbox.ties import Tie
from cortafuegos.people.joined import everybody
from cortafuegos.people.models import Person


def standing(person: Person) -> list[Joining]:
    """The joinings that make this face who it is, oldest first."""
    who = everybody(person)
    rows = Joining.objects.filter(brand_id=person.brand_id, separated_at=None)
    rows = rows.filter(Q(one__in=who) | Q(other__in=who))
    return list(rows.select_related("one", "other", "agent__user").order_by("at", "pk"))


def ties(person: Person) -> list[Tie]:
    return [Tie(one.pk, one.one_id, one.other_id, one.at, one.newest_id or 0) for one in standing(person)]
