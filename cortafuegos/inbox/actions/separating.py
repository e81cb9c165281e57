"""A joining taken apart again: afterwards everything is as if it had never been, also what came later.

What is whose is told by homes: an account's is the person it came with, a case's the person it was opened
for. A case goes home whole when nobody of the other half spoke in it. What the other half said in it
while they were joined goes to a case of theirs, with our answers to it; what an agent had put together
before they were joined stays together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions import merging, parting, showing
from cortafuegos.inbox.actions.joining import tell
from cortafuegos.inbox.actions.persons import hold, hold_cases, patiently
from cortafuegos.inbox.actions.record import allow, record, save
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Event, Joining, Message
from cortafuegos.inbox.queries import relations
from cortafuegos.inbox.queries.joinings import ties
from cortafuegos.inbox.ties import Tie, bond, halves
from cortafuegos.kit import clock
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may


@patiently
def separate(actor: Agent, joining: Joining) -> tuple[Person, Person]:
    """Take one joining apart; the others of the same person stand. Returns the two persons there are now:
    the one that goes on under the face, and the one that left."""
    allow(actor, May.WORK)
    tie, face, known = _hold(actor, joining)
    if face.ended_at is not None and not may(actor.role, May.END):
        raise Refusal(
            _("The relation with them is ended: only who may end relations may separate them."),
            code="ended",
            status=403,
        )
    parts = halves(known, tie)
    stay, leave = parts if face.pk in parts[0] else parts[::-1]
    guest = Person.objects.get(brand_id=actor.brand_id, pk=min(leave))
    back = _unmerge(actor, hold_cases(actor.brand_id, face), known, leave)
    cases = hold_cases(actor.brand_id, face)
    touched = parting.part(actor, face, cases, known, (stay, leave), back)
    said = Message.objects.filter(brand_id=actor.brand_id, case=OuterRef("pk"))
    empty = Case.objects.filter(
        ~Exists(said), brand_id=actor.brand_id, pk__in=[case.pk for case, _in in back]
    )
    touched |= set(empty.values_list("pk", flat=True))  # an agent had split all of it off: nobody waits in it
    _go(face, guest, leave)
    _settle(actor, face, guest, touched)
    Joining.objects.filter(brand_id=actor.brand_id, pk=tie.id).update(
        separated_at=clock.now(), separated_by=actor
    )
    facts = {"person": face.pk, "other": guest.pk, "joining": tie.id}
    tell(actor, "person.separated", facts, cases)
    face.refresh_from_db()
    guest.refresh_from_db()
    return face, guest


def _hold(actor: Agent, joining: Joining) -> tuple[Tie, Person, list[Tie]]:
    rows = Joining.objects.filter(brand_id=actor.brand_id, pk=joining.pk)
    if (found := rows.first()) is None:
        raise Refusal(_("There is no such joining."), code="no_such_joining", status=404)
    (face,) = hold(actor.brand_id, found.one_id)
    known = ties(face)
    tie = next((one for one in known if one.id == found.pk), None)
    if tie is None:
        raise Refusal(_("They are separated already."), code="separated")
    return tie, face, known


def home(one: Case | Identity) -> int:
    return one.home_id or one.person_id


def _unmerge(
    actor: Agent, cases: Sequence[Case], known: Sequence[Tie], leave: Iterable[int]
) -> list[tuple[Case, Case]]:
    """Cases of the two halves that were merged because they were taken for one person's are taken out
    again: each, and the case that held it."""
    by_id = {case.pk: case for case in cases}
    crossing: list[tuple[int, Case]] = []
    for case in cases:
        into = by_id.get(case.merged_into_id or 0)
        if case.state != Case.State.MERGED or into is None or (home(case) in leave) == (home(into) in leave):
            continue
        merged = _events(case).filter(kind="case.merged").order_by("-pk").first()
        since = bond(known, home(case), home(into))
        if merged and since and merged.at > since.at:
            crossing.append((merged.pk, case))
    return [
        merging.take_out(actor, case) for _pk, case in sorted(crossing, key=lambda one: one[0], reverse=True)
    ]


def _events(case: Case) -> QuerySet[Event]:
    return Event.objects.filter(brand_id=case.brand_id, case=case)


def _go(face: Person, guest: Person, leave: frozenset[int]) -> None:
    """Accounts, cases and members of the half that leaves, to the face it gets."""
    mine = {"brand_id": face.brand_id, "person": face, "home__in": leave}
    Identity.objects.filter(**mine).update(person=guest)
    Case.objects.filter(**mine).update(person=guest)
    people = Person.objects.filter(brand_id=face.brand_id)
    people.filter(pk__in=leave - {guest.pk}).update(joined_into=guest)
    people.filter(pk=guest.pk).update(joined_into=None)


def _settle(actor: Agent, face: Person, guest: Person, touched: Iterable[int]) -> None:
    """Each is ended or not by what was decided about them, and what was put out of sight only because of
    the other is back with the time it had. Then the cases agree with the messages they have now."""
    again = set(touched)
    for person in (face, guest):
        ended = relations.ended_with_any(person)
        Person.objects.filter(brand_id=actor.brand_id, pk=person.pk).update(ended_at=ended)
        if ended is None:
            quiet = Case.objects.filter(brand_id=actor.brand_id, person=person, quiet=True)
            for case in quiet.order_by("pk"):
                case.quiet = False
                save(case, "quiet")
                record("case.heard", case, actor, {"why": "separated"})
                again.add(case.pk)
    rows = Case.objects.filter(brand_id=actor.brand_id, pk__in=again).exclude(state=Case.State.MERGED)
    for case in rows.order_by("pk"):
        showing.refresh(case, awaits_us=None if case.awaits_us else False)
