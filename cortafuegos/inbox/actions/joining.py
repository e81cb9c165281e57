"""Two persons who are one, by the word of an agent; what takes it apart again is ``separating``.

Accounts and cases move to the face they are shown under, and each keeps its home: whose it is when
nobody is joined. What is said about a person (name, note, steps of the relation) does not move at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Any

from django.db import connection
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.models import Account
from cortafuegos.inbox.actions import relations
from cortafuegos.inbox.actions.persons import hold, hold_cases, patiently
from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Event, Joining, Unlike
from cortafuegos.kit import log
from cortafuegos.kit.nudge import nudge
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may

MOST_ACCOUNTS = 20  # as many as the desk shows of one person
WORKING = (Case.State.OPEN, Case.State.SNOOZED)


@patiently
def join(actor: Agent, person: Person, other: Person, *, grounds: Sequence[Mapping[str, Any]] = ()) -> Person:
    """From now on ``other`` is shown and worked on as ``person``; returns the face of both. Who is joined
    already stays so: two agents at once make one joining. ``grounds``: what spoke for it, for the record."""
    allow(actor, May.WORK)
    face, guest = hold(actor.brand_id, person.pk, other.pk)
    if face.pk == guest.pk:
        if person.pk == other.pk:
            raise Refusal(_("Choose somebody else."), code="nobody_else", status=422)
        return face
    _check(actor, face, guest)
    cases = hold_cases(actor.brand_id, face, guest)
    tie = Joining.objects.create(
        brand_id=actor.brand_id,
        one=person,
        other=other,
        agent=actor,
        at=_now(),
        newest_id=Case.objects.filter(brand_id=actor.brand_id).aggregate(newest=Max("pk"))["newest"],
        grounds=[dict(one) for one in grounds],
    )
    _share_the_ending(actor, face, guest, cases, tie)
    both = [face.pk, guest.pk]
    Identity.objects.filter(brand_id=actor.brand_id, person__in=both, home=None).update(home=F("person"))
    Case.objects.filter(brand_id=actor.brand_id, person__in=both, home=None).update(home=F("person"))
    Identity.objects.filter(brand_id=actor.brand_id, person=guest).update(person=face)
    Case.objects.filter(brand_id=actor.brand_id, person=guest).update(person=face)
    people = Person.objects.filter(brand_id=actor.brand_id)
    people.filter(joined_into=guest).update(joined_into=face)
    people.filter(pk=guest.pk).update(joined_into=face, joined=True)
    people.filter(pk=face.pk).update(joined=True)
    tell(actor, "person.joined", {"person": face.pk, "other": guest.pk, "joining": tie.pk}, cases)
    face.refresh_from_db()
    return face


@patiently
def tell_apart(actor: Agent, person: Person, other: Person) -> int:
    """These are not one: no account of the one is ever suggested for the other again. Returns how many
    pairs of accounts that settles; joining them by hand stays possible."""
    allow(actor, May.WORK)
    face, guest = hold(actor.brand_id, person.pk, other.pk)
    if face.pk == guest.pk:
        raise Refusal(_("They are joined. Separate them first."), code="joined")
    mine, theirs = (sorted(_accounts(one).values_list("pk", flat=True)) for one in (face, guest))
    pairs = [
        Unlike(brand_id=actor.brand_id, one_id=min(pair), other_id=max(pair), agent=actor)
        for pair in product(mine, theirs)
    ]
    Unlike.objects.bulk_create(pairs, ignore_conflicts=True)
    tell(actor, "person.told_apart", {"person": face.pk, "other": guest.pk}, [])
    return len(pairs)


def tell(actor: Agent, kind: str, data: Mapping[str, Any], cases: Sequence[Case]) -> None:
    """On record, and the pages that show these cases ask again."""
    Event.objects.create(brand_id=actor.brand_id, kind=kind, agent=actor, data=dict(data))
    nudge(actor.brand_id, [case.pk for case in cases if case.state in WORKING])
    log.get(__name__).info(kind, brand=actor.brand_id, agent=actor.pk, person=data["person"])


def _check(actor: Agent, face: Person, guest: Person) -> None:
    ended = face.ended_at is not None or guest.ended_at is not None
    if ended and not may(actor.role, May.END):
        raise Refusal(
            _("The relation with one of them is ended: only who may end relations may join them."),
            code="ended",
            status=403,
        )
    found = [*_accounts(face), *_accounts(guest)]
    if len(found) > MOST_ACCOUNTS:
        raise Refusal(
            _("One person has at most %(most)d accounts here.") % {"most": MOST_ACCOUNTS},
            code="too_many_accounts",
            status=422,
        )
    ours = set(Account.objects.filter(brand_id=actor.brand_id).values_list("network", "network_id"))
    if any((one.network, one.network_id) in ours for one in found):
        raise Refusal(_("One of them is an account of yours."), code="ours", status=422)


def _accounts(person: Person) -> QuerySet[Identity]:
    return Identity.objects.filter(brand_id=person.brand_id, person=person)


def _share_the_ending(actor: Agent, face: Person, guest: Person, cases: Sequence[Case], tie: Joining) -> None:
    """Ended with one, it is ended with both: nobody gets around it with a second account, nor does a
    joining undo it."""
    since = min((one.ended_at for one in (face, guest) if one.ended_at), default=None)
    if since is None:
        return
    free = [one.pk for one in (face, guest) if one.ended_at is None]
    for case in cases:
        if case.person_id in free and case.state in WORKING and not case.quiet:
            relations.quiet(actor, case, joining=tie.pk)
    Person.objects.filter(brand_id=actor.brand_id, pk=face.pk).update(ended_at=since)


def _now() -> datetime:
    """The database's clock: what arrives is dated by it too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchall()[0][0]  # type: ignore[no-any-return]
