"""How it stands between us and a person: whether the relation is ended, and the steps that led there."""

from __future__ import annotations

from cortafuegos.inbox.models import Message, RelationStep
from cortafuegos.people.models import Identity, Person

Kind = RelationStep.Kind
SHOWN = 50


def ended_with(message: Message) -> bool:
    """Whether the relation is ended with whoever wrote this."""
    return Identity.objects.filter(
        brand_id=message.brand_id, pk=message.identity_id, person__ended_at__isnull=False
    ).exists()


def steps(person: Person) -> list[RelationStep]:
    """All that was done, latest first."""
    rows = RelationStep.objects.filter(brand_id=person.brand_id, person=person)
    rows = rows.select_related("agent__user", "message__case").order_by("-pk")
    return list(rows[:SHOWN])


def warnings(person: Person) -> list[RelationStep]:
    """The warnings that stand, latest first: not noted by mistake, and given since the relation was last
    taken up again."""
    rows = RelationStep.objects.filter(brand_id=person.brand_id, person=person)
    resumed = rows.filter(kind=Kind.RESUMED).order_by("-pk").values_list("pk", flat=True).first()
    last: dict[int | None, RelationStep] = {}
    marks = rows.filter(kind__in=(Kind.WARNED, Kind.UNWARNED), pk__gt=resumed or 0)
    for step in marks.select_related("agent__user", "message__case").order_by("pk"):
        last[step.message_id] = step
    standing = [step for step in last.values() if step.kind == Kind.WARNED]
    return sorted(standing, key=lambda step: step.pk, reverse=True)


def latest_ending(person: Person) -> RelationStep | None:
    rows = RelationStep.objects.filter(brand_id=person.brand_id, person=person, kind=Kind.ENDED)
    return rows.select_related("agent__user").order_by("-pk").first()
