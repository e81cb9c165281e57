"""Cases of somebody with whom the relation is ended, joined with others and separated again."""

from __future__ import annotations

from cortafuegos.inbox.actions import merging, relations
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.tests import asking
from cortafuegos.inbox.tests.people import a_case, now_of, owed, say

sonia = asking.sonia


def ended(sonia, person) -> None:
    relations.end(sonia, person, reason="Amenazas", override="Son graves")


def test_joined_to_a_case_in_sight_and_separated_again(sonia, nuria, account):
    quiet, other = a_case(account), a_case(account, by="ana")
    ended(sonia, quiet.person)
    merging.merge(nuria, now_of(other), [now_of(quiet)])
    assert not now_of(other).quiet
    back = merging.unmerge(nuria, now_of(quiet))
    assert (now_of(back).quiet, now_of(back).due_at, owed(back)) == (True, None, [])
    assert (now_of(other).quiet, len(owed(other))) == (False, 1)


def test_what_was_in_sight_stays_so_when_it_is_joined_to_a_quiet_one(sonia, nuria, account):
    quiet, other = a_case(account), a_case(account, by="ana")
    ended(sonia, quiet.person)
    merging.merge(nuria, now_of(quiet), [other])
    assert (now_of(quiet).quiet, len(owed(quiet))) == (False, 1)
    merging.unmerge(nuria, now_of(other))
    assert (now_of(quiet).quiet, now_of(quiet).due_at, owed(quiet)) == (True, None, [])
    assert len(owed(other)) == 1


def test_resumed_while_joined_nothing_is_quiet_after(sonia, nuria, account):
    quiet, other = a_case(account), a_case(account, by="ana")
    ended(sonia, quiet.person)
    merging.merge(nuria, now_of(quiet), [other])
    relations.resume(sonia, quiet.person, reason="Se ha disculpado")
    merging.unmerge(nuria, now_of(other))
    assert not Case.objects.filter(quiet=True).exists()
    assert len(owed(quiet)) == 1


def test_split_off_a_quiet_case_it_is_quiet(sonia, nuria, account):
    said = say(account)
    more = say(account, "Y otra cosa", conversation=said.conversation.key)
    ended(sonia, said.case.person)
    new = merging.split(nuria, now_of(said.case), [more.pk])
    assert (now_of(new).quiet, now_of(new).due_at, owed(new)) == (True, None, [])
