"""Who else a person may be, from what their accounts and their messages give.

Looked up when somebody looks at the person, by indexes only: an account by its id or handle, a word
by the index of words. Nothing is kept, so what was edited away suggests nothing any more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from django.db import connection
from django.db.models import Q

from cortafuegos.channels.models import Account
from cortafuegos.inbox.likeness import SHARED_BY, Clue, Ground, Kind, Where, alike, clues, suggests
from cortafuegos.inbox.models import Joining, Unlike
from cortafuegos.kit.sql import rows
from cortafuegos.people.joined import everybody, faces
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
# One statement for all words, each with its own limit; the words as constants, so that the planner knows
# how rare each is. Materialized: the index of words first, whatever it believes of the rest.
_WORD = """
(WITH hit AS MATERIALIZED (
  SELECT identity_id, text, public, direction, deleted_at FROM cortafuegos_message
   WHERE search @@ plainto_tsquery('pg_catalog.simple', %s) AND brand_id = %s
   LIMIT {limit}
)
SELECT {n}, h.identity_id, i.person_id, h.text, h.public
  FROM hit h JOIN cortafuegos_identity i ON i.brand_id = %s AND i.id = h.identity_id
 WHERE h.direction = 'in' AND h.deleted_at IS NULL)
"""
_ADDRESS = """
(SELECT {n}, id, person_id FROM cortafuegos_identity WHERE brand_id = %s AND network = %s AND network_id = %s)
"""
_NAMED = """
(SELECT {n}, id, person_id FROM cortafuegos_identity
  WHERE brand_id = %s AND network = %s AND upper(handle) LIKE %s)
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    person: Person
    accounts: list[Identity]  # of the other
    grounds: list[Ground]  # strong ones first


def suggestions(person: Person) -> list[Suggestion]:
    """Who this face may be too, the best founded first; nobody who was told apart from them."""
    looking = _Looking(person)
    found, apart = looking.run(), _told_apart(person, looking.mine)
    theirs = Identity.objects.filter(brand_id=person.brand_id, pk__in=found).select_related("person")
    grounds: dict[int, set[Ground]] = defaultdict(set)
    accounts: dict[int, list[Identity]] = defaultdict(list)
    for other in theirs.exclude(person=person).order_by("pk"):
        if (other.network, other.network_id) not in looking.ours and other.person_id not in apart:
            accounts[other.person_id].append(other)
            grounds[other.person_id] |= found[other.pk] | _alike(looking.mine, [other])
    offered = [
        Suggestion(accounts[pk][0].person, accounts[pk], _in_order(held))
        for pk, held in grounds.items()
        if suggests(held)
    ]
    return sorted(offered, key=lambda one: (-sum(g.strong for g in one.grounds), one.person.pk))[:MOST]


def between(person: Person, other: Person) -> list[Ground]:
    """All that speaks for these two being one, also what is too little to suggest it."""
    here, there = _Looking(person), _Looking(other)
    found = here.run()
    held = _alike(here.mine, there.mine).union(*(found[one.pk] for one in there.mine if one.pk in found))
    back = there.run()
    for one in here.mine:
        # What stands in the profile of the other is the only thing that is not seen from here.
        seen = (ground for ground in back.get(one.pk, ()) if ground.where is Where.PROFILE)
        held |= {replace(ground, who="there") for ground in seen}
    return _in_order(held)


def _alike(mine: Sequence[Identity], theirs: Sequence[Identity]) -> set[Ground]:
    pairs = product(mine, theirs)
    return {g for one, other in pairs for g in alike((one.handle, one.name), (other.handle, other.name))}


def _in_order(grounds: Iterable[Ground]) -> list[Ground]:
    return sorted(grounds, key=lambda g: (not g.strong, g.kind, g.value))


class _Looking:
    def __init__(self, person: Person) -> None:
        self.brand, self.person = person.brand_id, person
        self.mine = list(Identity.objects.filter(brand_id=self.brand, person=person).order_by("pk")[:EACH])
        accounts = Account.objects.filter(brand_id=self.brand)
        self.ours = set(accounts.values_list("network", "network_id"))
        self.found: dict[int, set[Ground]] = defaultdict(set)

    def run(self) -> dict[int, set[Ground]]:
        ours = {value.lower() for _network, id in self.ours for value in (id, id.rpartition("//")[2])}
        given = {clue: where for clue, where in self._given().items() if clue.value not in ours}
        own = {clue for one in self.mine for clue in owned(one)}
        looked = list(dict.fromkeys([*own, *given]))
        owners, writers = self._owners(looked), self._writers(looked)
        for clue in looked:
            # Whoever writes from an address gave it, too.
            persons = {self.person.pk, *(pk for pk, _ in owners[clue]), *(pk for _, pk, _ in writers[clue])}
            if len(persons) > SHARED_BY:
                continue
            if clue in given:
                for _person, pk in owners[clue]:
                    self.found[pk].add(Ground(clue.kind, "here", given[clue], clue.value))
            self._shared(clue, None if clue in own else given[clue], writers[clue])
        return self.found

    def _given(self) -> dict[Clue, Where]:
        """What their profiles and latest messages give, each by the place where it weighs most."""
        ids = [one.pk for one in self.mine]
        said = rows(_LATEST, {"id": ("bigint", ids)}, brand=self.brand, each=EACH)
        texts = [(one.bio, Where.PROFILE) for one in self.mine if one.bio]
        texts += [(text, Where.PUBLIC if public else Where.PRIVATE) for text, public in said]
        order = list(Where)
        found: dict[Clue, Where] = {}
        for text, where in sorted(texts, key=lambda one: order.index(one[1])):
            for clue in clues(text):
                if clue not in found or (where is Where.PRIVATE and clue.kind is not Kind.PROFILE):
                    found[clue] = where
        return dict(list(found.items())[:MOST_CLUES])

    def _owners(self, looked: Sequence[Clue]) -> dict[Clue, set[tuple[int, int]]]:
        """(person, account) of those whose address, number or handle it is."""
        parts: list[str] = []
        values: list[str | int] = []
        for n, clue in enumerate(looked):
            for part, network, value in _addresses(clue):
                parts.append(part.format(n=n))
                values += [self.brand, network, value]
        found: dict[Clue, set[tuple[int, int]]] = defaultdict(set)
        for n, identity, person in _all(parts, values):
            found[looked[n]].add((person, identity))
        return found

    def _writers(self, looked: Sequence[Clue]) -> dict[Clue, set[tuple[int, int, bool]]]:
        """(account, person, in public) of those who wrote it."""
        parts: list[str] = []
        values: list[str | int] = []
        for n, clue in enumerate(looked):
            for word in words(clue):
                parts.append(_WORD.format(n=n, limit=_SHARERS))
                values += [word, self.brand, self.brand]
        found: dict[Clue, set[tuple[int, int, bool]]] = defaultdict(set)
        for n, identity, person, text, public in _all(parts, values):
            if looked[n] in clues(text):
                found[looked[n]].add((identity, person, public))
        return found

    def _shared(self, clue: Clue, where: Where | None, written: Iterable[tuple[int, int, bool]]) -> None:
        """Who else wrote it. ``where``: the place they gave it themselves; none for their own address."""
        writers: dict[int, Where] = {}
        for identity, person, public in written:
            if person != self.person.pk and writers.get(identity) is not Where.PRIVATE:
                writers[identity] = Where.PUBLIC if public else Where.PRIVATE
        for identity, said in writers.items():
            if where is None:
                self.found[identity].add(Ground(clue.kind, "there", said, clue.value))
            else:
                openly = Where.PUBLIC if Where.PUBLIC in (where, said) else Where.PRIVATE
                self.found[identity].add(Ground(clue.kind, "both", openly, clue.value))


def _all(parts: Sequence[str], values: Sequence[str | int]) -> list[tuple[Any, ...]]:
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return list(cursor.fetchall())


def _addresses(clue: Clue) -> Iterator[tuple[str, str, str]]:
    """Where to look for whose it is: (statement, network, value)."""
    handle = re.sub(r"([\\%_])", r"\\\1", clue.value.upper())
    match clue.kind:
        case Kind.MAIL:
            yield _ADDRESS, "mail", clue.value
        case Kind.PHONE:
            yield _ADDRESS, "whatsapp", f"whatsapp:{clue.value}"
            yield _NAMED, "whatsapp", handle
        case Kind.PROFILE:
            yield _NAMED, clue.network, handle


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
    if clue.kind is Kind.PROFILE:
        return []  # whoever names a profile does not say that it is theirs
    if clue.kind is not Kind.PHONE:
        return [clue.value]
    return [clue.value, clue.value[1:], *([clue.value[3:]] if clue.value.startswith("+34") else [])]


def _told_apart(person: Person, mine: Sequence[Identity]) -> set[int]:
    """Those of whom any part was told apart from one of these accounts, or separated from one of them."""
    brand, ids, who = person.brand_id, [one.pk for one in mine], everybody(person)
    unlike = Unlike.objects.filter(Q(one__in=ids) | Q(other__in=ids), brand_id=brand)
    accounts = {pk for pair in unlike.values_list("one_id", "other_id") for pk in pair}
    cut = Joining.objects.filter(
        Q(one__in=who) | Q(other__in=who), brand_id=brand, separated_at__isnull=False
    )
    persons = {pk for pair in cut.values_list("one_id", "other_id") for pk in pair}
    apart = Identity.objects.filter(brand_id=brand, pk__in=accounts).values_list("person_id", flat=True)
    return {*apart, *faces(brand, persons).values()} - {person.pk}
