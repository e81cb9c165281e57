"""Who else a person may be, from what their accounts and their messages give.

Looked up when somebody looks at the person, by indexes only: an account by its id or handle, a word
by the index of words. Nothing is kept, so what was edited away suggests nothing any more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from cortafuegos.channels.models import Account
from cortafuegos.inbox.likeness import SHARED_BY, Clue, Ground, Kind, Where, alike, clues, suggests
from cortafuegos.inbox.models import Joining, Unlike
from cortafuegos.kit.sql import rows
from cortafuegos.people.joined import everybody
from cortafuegos.people.models import Identity, Person

EACH = 20  # messages of each account read
MOST_CLUES = 8
MOST = 3  # persons suggested
_SHARERS = 40  # messages with a word looked at

_LATEST = """
SELECT post.text, post.public FROM {batch}, LATERAL (
  SELECT text, public, posted_at FROM cortafuegos_message
   WHERE brand_id = %(brand)s AND identity_id = batch.id AND direction = 'in' AND deleted_at IS NULL
   ORDER BY posted_at DESC LIMIT %(each)s
) AS post
"""
# Materialized: the index of words first, whatever the planner believes of the rest.
_WORD = """
WITH hit AS MATERIALIZED (
  SELECT identity_id, text, public, direction, deleted_at FROM cortafuegos_message
   WHERE search @@ plainto_tsquery('pg_catalog.simple', %(word)s) AND brand_id = %(brand)s
   LIMIT %(limit)s
)
SELECT h.identity_id, i.person_id, h.text, h.public
  FROM hit h JOIN cortafuegos_identity i ON i.brand_id = %(brand)s AND i.id = h.identity_id
 WHERE h.direction = 'in' AND h.deleted_at IS NULL
"""
_NAMED = """
SELECT id FROM cortafuegos_identity
 WHERE brand_id = %(brand)s AND network = %(network)s AND upper(handle) LIKE %(handle)s
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    person: Person
    accounts: list[Identity]  # of the other
    grounds: list[Ground]  # strong ones first


def suggestions(person: Person) -> list[Suggestion]:
    """Who this face may be too, the best founded first; nobody who was told apart from them."""
    mine = list(Identity.objects.filter(brand_id=person.brand_id, person=person).order_by("pk")[:EACH])
    found = _Looking(person, mine).run()
    theirs = Identity.objects.filter(brand_id=person.brand_id, pk__in=found).select_related("person")
    theirs = theirs.exclude(person=person)
    apart, ours = _told_apart(person, mine), _ours(person.brand_id)
    grounds: dict[int, set[Ground]] = defaultdict(set)
    accounts: dict[int, list[Identity]] = defaultdict(list)
    for other in theirs.order_by("pk"):
        if (other.network, other.network_id) in ours or not apart.isdisjoint(
            {("i", other.pk), ("p", other.home_id or other.person_id)}
        ):
            continue
        accounts[other.person_id].append(other)
        grounds[other.person_id] |= found[other.pk]
        for one in mine:
            grounds[other.person_id].update(alike((one.handle, one.name), (other.handle, other.name)))
    offered = [
        Suggestion(
            accounts[pk][0].person, accounts[pk], sorted(held, key=lambda g: (not g.strong, g.kind, g.value))
        )
        for pk, held in grounds.items()
        if suggests(held)
    ]
    return sorted(offered, key=lambda one: (-sum(g.strong for g in one.grounds), one.person.pk))[:MOST]


class _Looking:
    def __init__(self, person: Person, mine: Sequence[Identity]) -> None:
        self.brand, self.person, self.mine = person.brand_id, person, mine
        self.found: dict[int, set[Ground]] = defaultdict(set)

    def run(self) -> dict[int, set[Ground]]:
        ours = {value.lower() for _network, id in _ours(self.brand) for value in (id, id.rpartition("//")[2])}
        given = {clue: where for clue, where in self._given().items() if clue.value not in ours}
        own = {clue for one in self.mine for clue in owned(one)}
        for clue, where in given.items():
            for pk in self._accounts(clue):
                self.found[pk].add(Ground(clue.kind, "here", where, clue.value))
        for clue in [*own, *given]:
            if clue.kind is not Kind.PROFILE:
                self._shared(clue, None if clue in own else given[clue])
        return self.found

    def _given(self) -> dict[Clue, Where]:
        """What their profiles and latest messages give, each by the least public place it stands in."""
        ids = [one.pk for one in self.mine]
        said = rows(_LATEST, {"id": ("bigint", ids)}, brand=self.brand, each=EACH)
        texts = [(one.bio, Where.PROFILE) for one in self.mine if one.bio]
        texts += [(text, Where.PUBLIC if public else Where.PRIVATE) for text, public in said]
        order = list(Where)
        found: dict[Clue, Where] = {}
        for text, where in sorted(texts, key=lambda one: order.index(one[1])):
            for clue in clues(text):
                found.setdefault(clue, where)
        return dict(list(found.items())[:MOST_CLUES])

    def _accounts(self, clue: Clue) -> list[int]:
        """The accounts whose address, number or handle this is."""
        accounts = Identity.objects.filter(brand_id=self.brand)
        if clue.kind is Kind.MAIL:
            return list(accounts.filter(network="mail", network_id=clue.value).values_list("pk", flat=True))
        if clue.kind is Kind.PHONE:
            by_id = accounts.filter(network="whatsapp", network_id=f"whatsapp:{clue.value}")
            return [*by_id.values_list("pk", flat=True), *self._named("whatsapp", clue.value)]
        return self._named(clue.network, clue.value) if clue.kind is Kind.PROFILE else []

    def _named(self, network: str, handle: str) -> list[int]:
        like = re.sub(r"([\\%_])", r"\\\1", handle.upper())
        with connection.cursor() as cursor:
            cursor.execute(_NAMED, {"brand": self.brand, "network": network, "handle": like})
            return [pk for (pk,) in cursor.fetchall()]

    def _shared(self, clue: Clue, where: Where | None) -> None:
        """Who else wrote it. ``where``: the place they gave it themselves; none for their own address."""
        writers: dict[int, Where] = {}
        persons = {self.person.pk}
        for identity, person, text, public in self._writers(clue):
            if clue in clues(text):
                persons.add(person)
                if person != self.person.pk and writers.get(identity) is not Where.PRIVATE:
                    writers[identity] = Where.PUBLIC if public else Where.PRIVATE
        if len(persons) > SHARED_BY:
            return
        for identity, said in writers.items():
            if where is None:
                self.found[identity].add(Ground(clue.kind, "there", said, clue.value))
            else:
                openly = Where.PUBLIC if Where.PUBLIC in (where, said) else Where.PRIVATE
                self.found[identity].add(Ground(clue.kind, "both", openly, clue.value))

    def _writers(self, clue: Clue) -> list[tuple[int, int, str, bool]]:
        found: list[tuple[int, int, str, bool]] = []
        for word in words(clue):
            with connection.cursor() as cursor:
                cursor.execute(_WORD, {"word": word, "brand": self.brand, "limit": _SHARERS})
                found += cursor.fetchall()
        return found


def owned(account: Identity) -> Iterable[Clue]:
    """What is the account's own: the address it writes from, the number it has."""
    if account.network == "mail" and "@" in account.network_id:
        yield Clue(Kind.MAIL, account.network_id)
    if account.network == "whatsapp":
        for known in (account.network_id.removeprefix("whatsapp:"), account.handle):
            if re.fullmatch(r"\+\d{8,15}", known):
                yield Clue(Kind.PHONE, known)


def words(clue: Clue) -> list[str]:
    """As the index of words has it: a number is written with its country, or at home without."""
    if clue.kind is not Kind.PHONE:
        return [clue.value]
    return [clue.value, clue.value[1:], *([clue.value[3:]] if clue.value.startswith("+34") else [])]


def _ours(brand_id: int) -> set[tuple[str, str]]:
    return set(Account.objects.filter(brand_id=brand_id).values_list("network", "network_id"))


def _told_apart(person: Person, mine: Sequence[Identity]) -> set[tuple[str, int]]:
    """Accounts (i) that were told apart from one of these, and persons (p) that were separated from one."""
    ids, who = [one.pk for one in mine], everybody(person)
    unlike = Unlike.objects.filter(Q(one__in=ids) | Q(other__in=ids), brand_id=person.brand_id)
    cut = Joining.objects.filter(
        Q(one__in=who) | Q(other__in=who), brand_id=person.brand_id, separated_at__isnull=False
    )
    apart = {("i", pk) for pair in unlike.values_list("one_id", "other_id") for pk in pair if pk not in ids}
    return apart | {
        ("p", pk) for pair in cut.values_list("one_id", "other_id") for pk in pair if pk not in who
    }
