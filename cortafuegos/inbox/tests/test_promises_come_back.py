"""A promise brings its case back in time, to whoever made it or to their team."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import cases, merging, presence, promises
from cortafuegos.inbox.models import Case, Event, Promise
from cortafuegos.inbox.tests import test_actions_promises
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, a_case, an_account, an_agent, now_of
from cortafuegos.inbox.tests.test_actions_promises import HOUR, answer, make
from cortafuegos.kit import clock
from cortafuegos.team.models import Team

target, bruno = test_actions_promises.target, test_actions_promises.bruno


def back(promise) -> Case:
    assert promises.strike(promise.back_at) == 1
    return now_of(promise.case)


def test_it_comes_back_in_time_to_be_kept(nuria, target):
    cases.claim(nuria, target.case)
    answer(nuria, target)
    promise = make(nuria, target)
    cases.snooze(nuria, target.case, clock.now() + 48 * HOUR)
    assert promises.strike(promise.back_at - timedelta(seconds=1)) == 0
    case = back(promise)
    assert (case.state, case.snoozed_until, case.assignee, case.due_at) == (
        "open",
        None,
        nuria,
        promise.due_at,
    )
    assert promises.strike(promise.back_at) == 0, "once"
    assert not case.deadlines.filter(kind="snooze", done_at=None).exists()


def test_closing_does_not_forget_it(nuria, target):
    answer(nuria, target)
    promise = make(nuria, target)
    cases.close(nuria, target.case)
    assert now_of(target.case).due_at is None
    case = back(promise)
    assert (case.state, case.closed_at, case.due_at) == ("open", None, promise.due_at)


def test_reopened_by_hand_it_counts_down_again(nuria, target):
    answer(nuria, target)
    promise = make(nuria, target)
    cases.close(nuria, target.case)
    cases.reopen(nuria, target.case)
    assert now_of(target.case).due_at == promise.due_at


@pytest.mark.parametrize(("at_work", "left"), [(True, False), (False, False), (True, True)])
def test_to_the_same_person_or_to_their_team(condor, nuria, target, at_work, left):
    team = Team.objects.create(brand=condor, name="Equipajes")
    team.members.add(nuria)
    promise = make(nuria, target)
    if at_work:
        presence.seen(nuria, target.case)
        type(nuria).objects.filter(pk=nuria.pk).update(active=not left)
    now = promise.back_at
    if at_work:
        target.case.presences.update(seen_at=now)
    assert promises.strike(now) == 1
    case = now_of(target.case)
    assert case.assignee == (nuria if at_work and not left else None)
    assert case.team == (None if at_work and not left else team)


def test_who_left_without_a_team_leaves_it_to_everybody(nuria, target):
    promise = make(nuria, target)
    type(nuria).objects.filter(pk=nuria.pk).update(active=False)
    assert back(promise).assignee is None


def test_without_a_team_it_waits_for_its_maker_even_off_work(nuria, target):
    promise = make(nuria, target)
    assert back(promise).assignee == nuria


def test_a_colleague_who_has_it_keeps_it(nuria, bruno, target):
    promise = make(nuria, target)
    cases.assign(bruno, target.case, assignee=bruno)
    assert back(promise).assignee == bruno


def test_a_team_that_was_removed_is_no_place_to_return_to(condor, nuria, target):
    team = Team.objects.create(brand=condor, name="Equipajes")
    team.members.add(nuria)
    promise = make(nuria, target)
    team.delete()
    promise.refresh_from_db()
    case = back(promise)
    assert (case.assignee, case.team) == (nuria, None)


def test_joined_cases_keep_their_promises_and_give_them_back(nuria, account, target):
    other = a_case(account, by="ana")
    promise = make(nuria, target)
    merging.merge(nuria, other, [target.case])
    promise.refresh_from_db()
    assert promise.case_id == other.pk
    assert now_of(other).due_at <= promise.due_at
    merging.unmerge(nuria, now_of(target.case))
    promise.refresh_from_db()
    assert promise.case_id == target.case_id


@pytest.mark.django_db(transaction=True)
def test_five_clocks_break_each_promise_once():
    brand = a_brand()
    account, nuria = an_account(brand), an_agent(brand)
    for n in range(20):
        promises.make(nuria, a_case(account, by=f"p{n}"), due_at=clock.now() + HOUR)
    later = clock.now() + 2 * HOUR

    def loop() -> int:
        # One that finds all it wanted in other hands comes back with nothing: another round.
        handled = 0
        while Promise.objects.filter(state="open").exists():
            handled += promises.strike(later, limit=3)
        return handled

    assert sum(together(*[loop] * 5)) == 20
    assert Event.objects.filter(kind="promise.broken").count() == 20
    assert Event.objects.filter(kind="promise.due").count() == 20
    assert promises.strike(later) == 0
