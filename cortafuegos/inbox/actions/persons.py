"""Holding persons until the transaction ends. Who holds a person's cases holds the person first, as
``receive`` does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case
from cortafuegos.kit.database import deadlocked
from cortafuegos.people.joined import faces
from cortafuegos.people.models import Person

P = ParamSpec("P")
R = TypeVar("R")
_TRIES = 5


class _Changed(Exception):
    """Somebody joined or separated them between our reading and our holding."""


def hold(brand_id: int, *person_ids: int) -> list[Person]:
    """The persons that these are today, in the order asked for, held. Always locked by rising id; whoever
    turns out to be somebody else meanwhile is let go and looked up again."""
    while True:
        known = faces(brand_id, person_ids)
        if set(known) != set(person_ids):
            raise Refusal(_("There is no such person."), code="no_such_person", status=404)
        try:
            with transaction.atomic():
                rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(brand_id=brand_id)
                held = {one.pk: one for one in rows.filter(pk__in=set(known.values())).order_by("pk")}
                if faces(brand_id, person_ids) != known:
                    raise _Changed
                return [held[known[pk]] for pk in person_ids]
        except _Changed:
            continue


def hold_cases(brand_id: int, *persons: Person) -> list[Case]:
    """All their cases, also those that were joined to others, by rising id and as they are now."""
    rows = Case.objects.filter(brand_id=brand_id, person__in=persons).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    return list(rows)  # again: what was opened while we waited for these belongs to them too


def patiently(verb: Callable[P, R]) -> Callable[P, R]:
    """One transaction, tried again when PostgreSQL has this one give way: messages arrive by the batch,
    and a batch holds many persons."""

    @wraps(verb)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        tries = 1 if connection.in_atomic_block else _TRIES
        while True:
            tries -= 1
            try:
                with transaction.atomic():
                    return verb(*args, **kwargs)
            except OperationalError as error:
                if not tries or not deadlocked(error):
                    raise

    return tried
