"""What stands between persons who were joined, and what was told apart."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from cortafuegos.inbox.models import Joining, Unlike
from cortafuegos.inbox.ties import Tie
from cortafuegos.people.joined import everybody
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Agent


def standing(person: Person) -> list[Joining]:
    """The joinings that make this face who it is, oldest first."""
    who = everybody(person)
    rows = Joining.objects.filter(brand_id=person.brand_id, separated_at=None)
    rows = rows.filter(Q(one__in=who) | Q(other__in=who))
    return list(rows.select_related("one", "other", "agent__user").order_by("at", "pk"))


def ties(person: Person) -> list[Tie]:
    return [Tie(one.pk, one.one_id, one.other_id, one.at, one.newest_id or 0) for one in standing(person)]


def apart(person: Person, other: Person) -> tuple[Agent, datetime] | None:
    """Who last told these two apart, or separated them, and when."""
    brand, one, two = person.brand_id, everybody(person), everybody(other)
    mine, theirs = (Identity.objects.filter(brand_id=brand, person=who) for who in (person, other))
    told = Unlike.objects.filter(
        Q(one__in=mine, other__in=theirs) | Q(one__in=theirs, other__in=mine), brand_id=brand
    )
    cut = Joining.objects.filter(
        Q(one__in=one, other__in=two) | Q(one__in=two, other__in=one),
        brand_id=brand,
        separated_at__isnull=False,
    )
    found = [(unlike.agent, unlike.at) for unlike in told.select_related("agent__user").order_by("-at")[:1]]
    for tie in cut.select_related("separated_by__user").order_by("-separated_at")[:1]:
        if tie.separated_by and tie.separated_at:
            found.append((tie.separated_by, tie.separated_at))
    return max(found, key=lambda said: said[1], default=None)
