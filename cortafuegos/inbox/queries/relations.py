"""How it stands between us and a person: whether the relation is ended, and the steps that led there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from cortafuegos.inbox.models import Message, RelationStep
from cortafuegos.people.joined import everybody
from cortafuegos.people.models import Identity, Person

Kind = RelationStep.Kind
SHOWN = 50


def ended_with(message: Message) -> bool:
    """Whether the relation is ended with whoever wrote this."""
    return Identity.objects.filter(
        brand_id=message.brand_id, pk=message.identity_id, person__ended_at__isnull=False
    ).exists()


def steps(person: Person) -> list[RelationStep]:
    """All that was done, latest first; what was decided about several joined persons once."""
    rows = _of(person).select_related("agent__user", "message__case").order_by("-pk")
    found = list(rows[:SHOWN])
    shown = {step.pk for step in found}
    return [step for step in found if step.data.get("with") not in shown]


def warnings(person: Person) -> list[RelationStep]:
    """The warnings that stand, latest first: not noted by mistake, and given since the relation was last
    taken up again."""
    rows = _of(person)
    resumed = rows.filter(kind=Kind.RESUMED).order_by("-pk").values_list("pk", flat=True).first()
    last: dict[int | None, RelationStep] = {}
    marks = rows.filter(kind__in=(Kind.WARNED, Kind.UNWARNED), pk__gt=resumed or 0)
    for step in marks.select_related("agent__user", "message__case").order_by("pk"):
        last[step.message_id] = step
    standing = [step for step in last.values() if step.kind == Kind.WARNED]
    return sorted(standing, key=lambda step: step.pk, reverse=True)


def latest_ending(person: Person) -> RelationStep | None:
    return next((step for step in steps(person) if step.kind == Kind.ENDED), None)


def ended(brand_id: int, person_ids: Iterable[int]) -> dict[int, datetime]:
    """With whom of these it is ended, and since when, each by what was decided about them and not by
    whom they are joined with."""
    rows = RelationStep.objects.filter(brand_id=brand_id, person__in=list(person_ids))
    decided = rows.filter(kind__in=(Kind.ENDED, Kind.RESUMED)).order_by("pk")
    last = {step.person_id: step for step in decided}
    return {pk: step.at for pk, step in last.items() if step.kind == Kind.ENDED}


def ended_with_any(person: Person) -> datetime | None:
    """Since when it is ended with somebody of whom this face shows."""
    return min(ended(person.brand_id, everybody(person)).values(), default=None)


def _of(person: Person) -> QuerySet[RelationStep]:
    return RelationStep.objects.filter(brand_id=person.brand_id, person__in=everybody(person))
