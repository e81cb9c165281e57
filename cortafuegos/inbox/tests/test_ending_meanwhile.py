"""Two supervisors at once, and messages that arrive while somebody decides."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from cortafuegos.inbox.actions import relations
from cortafuegos.inbox.models import Case, Deadline, Event, Message, RelationStep
from cortafuegos.inbox.tests.laws.together import receive_all, together
from cortafuegos.inbox.tests.people import a_brand, a_case, a_post, an_account, an_agent
from cortafuegos.people.models import Person

WHY = {"reason": "Amenaza a quien le atiende", "override": "Es grave"}


@pytest.fixture
def account(transactional_db):
    return an_account(a_brand())


@pytest.fixture
def supervisors(account):
    return [an_agent(account.brand, name, "supervisor") for name in ("Sonia Vidal", "Eva Ros", "Leo Mas")]


def test_all_press_at_once_and_it_is_ended_once(account, supervisors):
    person = a_case(account).person
    steps = together(*[lambda who=who: relations.end(who, person, **WHY) for who in supervisors])
    assert len({step.pk for step in steps}) == 1
    assert Event.objects.filter(kind="case.quieted").count() == 1
    together(*[lambda who=who: relations.resume(who, person, reason="Ya está") for who in supervisors])
    kinds = list(RelationStep.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["ended", "resumed"]
    assert Deadline.objects.filter(done_at=None).count() == 1


@pytest.mark.parametrize("seed", range(3))
def test_what_arrives_meanwhile_is_neither_lost_nor_half_quiet(account, supervisors, seed):
    chance = random.Random(seed)
    person = a_case(account).person
    posts = [a_post(f"Mensaje {n}", by=chance.choice(("lucia", "ana"))) for n in range(40)]
    batches = [posts[at::4] for at in range(4)]
    tasks = [lambda batch=batch: [receive_all(account, [post]) for post in batch] for batch in batches]
    sonia, eva, leo = supervisors

    def back_and_forth() -> None:
        relations.end(eva, person, **WHY)
        relations.resume(leo, person, reason="Ya está")

    together(*tasks, lambda: relations.end(sonia, person, **WHY), back_and_forth)
    assert Message.objects.count() == 41
    ended = Person.objects.get(pk=person.pk).ended_at is not None
    for case in Case.objects.filter(state="open"):
        owed = Deadline.objects.filter(case=case, done_at=None).count()
        assert case.quiet == (ended and case.person_id == person.pk)
        assert (owed, case.due_at is None) == ((0, True) if case.quiet else (1, False))
    told = list(RelationStep.objects.order_by("pk").values_list("kind", flat=True))
    assert all(one != other for one, other in pairwise(told)), "never the same twice in a row"
    assert told[-1] == ("ended" if ended else "resumed")
