"""Law 4 for what is held back: taken back or sent, never both and never neither."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import deciding, holding, replies, turns
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Draft, Reply
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, ago, an_agent
from cortafuegos.kit import clock

pytestmark = pytest.mark.django_db(transaction=True)
OVER = ("sent", "cancelled")


@pytest.fixture
def brand():
    brand = a_brand()
    deciding.set_hold(an_agent(brand, "Sonia Vidal", "supervisor"), 60)
    return brand


def its_time(reply: Reply) -> None:
    Reply.objects.filter(pk=reply.pk, state="queued").update(next_attempt_at=ago(seconds=1))
    Reply.objects.filter(pk=reply.pk, state="sending").update(lease_until=ago(seconds=1))


def test_law_04_taken_back_at_the_last_moment_it_is_one_or_the_other(sandbox, brand):
    account, nuria = sandbox.account(brand), an_agent(brand)
    chance, fates = random.Random("held"), set()
    for n in itertools.count():
        target = sandbox.says(account, by=f"persona{n}")
        reply = replies.send(nuria, target.case, text=f"Uno {n}", public=True, target=target, account=account)
        its_time(reply)

        def take_back(reply: Reply = reply) -> bool:
            time.sleep(chance.uniform(0, 0.03))
            try:
                replies.cancel(nuria, reply)
            except Refusal as refused:
                assert refused.code == "left"
                return False
            return True

        taken, _none = together(take_back, lambda pk=reply.pk: delivery.deliver(pk))
        while not taken and reply.state not in OVER:  # the sweep comes again
            delivery.deliver(reply.pk)
            reply.refresh_from_db()
        reply.refresh_from_db()
        there = sandbox.ours().count(f"Uno {n}")
        drafted = Draft.objects.filter(case=target.case, text=f"Uno {n}").count()
        assert (reply.state, there, drafted) == (("cancelled", 0, 1) if taken else ("sent", 1, 0))
        fates.add(reply.state)
        if fates == set(OVER):
            return


def test_law_04_sent_now_by_many_hands_at_once_is_sent_once(sandbox, brand):
    account, nuria = sandbox.account(brand), an_agent(brand)
    target = sandbox.says(account)
    reply = replies.send(nuria, target.case, text="Hola", public=True, target=target, account=account)

    def press() -> int:
        try:
            holding.let_go(nuria, reply)
        except Refusal:
            return 0
        return 1

    assert sum(together(*[press] * 5)) == 1
    together(*[lambda: delivery.deliver(reply.pk)] * 5)
    assert sandbox.ours() == ["Hola"]


def test_law_04_the_worker_is_killed_while_it_waits_and_it_leaves_on_time(sandbox, brand, workers):
    """Nothing of the wait lives in a process: whoever comes next finds it, not before its time."""
    account, nuria = sandbox.account(brand), an_agent(brand)
    chance = random.Random("held 4")
    target = sandbox.says(account)
    reply = replies.send(nuria, target.case, text="Hola", public=True, target=target, account=account)
    early = [workers.fork(f"deliver {reply.pk}") for _ in range(3)]
    workers.kill(early[0])
    for worker in early:
        workers.wait(worker)
    reply.refresh_from_db()
    assert (reply.state, reply.attempts, sandbox.ours()) == ("queued", 0, []), "not before its time"
    while reply.state != "sent":
        its_time(reply)
        assert turns.waiting(clock.now()) == [reply.pk], "the sweep finds it without any job"
        late = workers.fork(f"deliver {reply.pk}")
        if chance.random() < 0.7:
            time.sleep(chance.uniform(0, 0.1))
            workers.kill(late)
        workers.wait(late)
        sandbox.settle()
        reply.refresh_from_db()
    assert sandbox.ours() == ["Hola"]
