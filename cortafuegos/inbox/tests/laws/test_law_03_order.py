"""Law 3: one person's messages keep their order; two messages at once open one case."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import cases, merging
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline, Event, Message
from cortafuegos.inbox.tests.laws.together import receive_all, together
from cortafuegos.inbox.tests.people import (
    NOON,
    a_brand,
    a_case,
    a_post,
    ago,
    an_account,
    an_agent,
    arrive,
    now_of,
)
from cortafuegos.people.models import Person

ROUNDS = 25
pytestmark = pytest.mark.django_db(transaction=True)


def test_law_03_messages_at_once_of_somebody_new_open_one_case():
    brand = a_brand()
    accounts = [an_account(brand, f"condor{n}") for n in range(4)]
    for round_ in range(ROUNDS):
        who = f"nueva{round_}"
        posts = [a_post(f"{n}", by=who, at=ago(seconds=60 - n)) for n in range(4)]
        together(
            *(lambda pair=pair: receive_all(pair[0], [pair[1]]) for pair in zip(accounts, posts, strict=True))
        )
        case = Case.objects.get(person__name=who.title())
        said = case.messages.order_by("posted_at").values_list("text", flat=True)
        assert list(said) == ["0", "1", "2", "3"]
        assert (case.snippet, case.last_message_at) == ("3", posts[3].posted_at)
        assert case.due_at == posts[0].posted_at + timedelta(minutes=60)
    assert Person.objects.count() == ROUNDS
    assert sorted(Case.objects.values_list("number", flat=True)) == list(range(1, ROUNDS + 1))
    assert Event.objects.filter(kind="case.opened").count() == ROUNDS
    assert Deadline.objects.count() == ROUNDS


def test_law_03_order_is_the_order_of_saying_whatever_the_order_of_coming():
    account = an_account(a_brand())
    posts = [a_post(str(n), by="lucia", at=NOON + timedelta(minutes=n)) for n in range(30)]
    for post in random.Random(5).sample(posts, len(posts)):
        arrive(account, post)
    case = Case.objects.get()
    said = case.messages.order_by("posted_at").values_list("text", flat=True)
    assert list(said) == [str(n) for n in range(30)]
    assert case.snippet == "29"


def test_law_03_a_message_at_the_moment_of_closing_or_merging_is_never_lost():
    """It is in an open case afterwards, whoever was first."""
    brand = a_brand()
    account = an_account(brand)
    nuria = an_agent(brand)
    for round_ in range(ROUNDS):
        case = a_case(account, by=f"ana{round_}", conversation=f"hilo{round_}", at=ago(minutes=3))
        other = a_case(account, by=f"eva{round_}", at=ago(minutes=3))
        post = a_post("¡Espera!", by=f"ana{round_}", conversation=f"hilo{round_}")

        def work(case: Case = case, other: Case = other, close: bool = bool(round_ % 2)) -> None:
            if close:
                cases.close(nuria, case)
            else:
                merging.merge(nuria, other, [case])

        together(lambda post=post: receive_all(account, [post]), work)
        message = Message.objects.get(network_id=post.network_id)
        assert message.case.state in ("open", "closed")
        if message.case.state == "closed":  # it came first, and was closed by somebody who saw it
            kinds = list(Event.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))
            assert kinds.index("case.closed") > len(kinds) - 1 - kinds[::-1].index("message.received")
        else:
            assert message.case.awaits_us
            assert message.case.due_at is not None


def test_law_03_of_many_who_claim_at_once_one_has_it():
    brand = a_brand()
    account = an_account(brand)
    agents = [an_agent(brand, f"Agente{n} Uno") for n in range(6)]
    for round_ in range(10):
        case = a_case(account, by=f"ana{round_}")

        def claim(agent: object, case: Case = case) -> bool:
            try:
                cases.claim(agent, case)
            except Refusal:
                return False
            return True

        won = together(*(lambda agent=agent: claim(agent) for agent in agents))
        assert won.count(True) == 1
        assert now_of(case).assignee == agents[won.index(True)]
        assert Event.objects.filter(case=case, kind="case.claimed").count() == 1
