"""Law 4: a reply leaves at most once. If the network's answer was lost, we look before we send
again, and say so on the reply when we cannot know."""

from __future__ import annotations

import random
import time
from datetime import timedelta

import pytest
from django.db.models import F

from cortafuegos.channels.models import Account
from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import replies
from cortafuegos.inbox.models import Event, Message, Reply
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, ago, an_agent
from cortafuegos.kit import clock

FAULTS = ("lose_answer", "half_body", "wrong_type", "server_error", "rate_limit", "forbidden")
OVER = ("sent", "failed", "unknown")

pytestmark = pytest.mark.django_db(transaction=True)


def said_on(sandbox, text: str) -> int:
    return sandbox.ours().count(text)


@pytest.mark.parametrize("network", ["sandbox", "plain", "mute"])
def test_law_04_ten_at_once_send_one(sandbox, network):
    brand = a_brand()
    account, nuria = sandbox.account(brand, network), an_agent(brand)
    for n in range(10):
        target = sandbox.says(account, by=f"persona{n}")
        reply = replies.send(nuria, target.case, text=f"Uno {n}", public=True, target=target, account=account)
        together(*(lambda pk=reply.pk: delivery.deliver(pk) for _ in range(10)))
        reply.refresh_from_db()
        assert (reply.state, reply.attempts, said_on(sandbox, f"Uno {n}")) == ("sent", 1, 1)
        assert Event.objects.filter(case=target.case, kind="reply.sent").count() == 1
    assert Message.objects.filter(direction="out").count() == 10


def test_law_04_pressed_twice_at_once_is_one_reply(sandbox):
    brand = a_brand()
    account, nuria = sandbox.account(brand), an_agent(brand)
    target = sandbox.says(account)
    key = "6f1b4c52-8e0c-4f6c-9f3e-0a6d1f6f9a11"

    def press() -> int:
        sent = replies.send(
            nuria, target.case, text="Hola", public=True, target=target, account=account, key=key
        )
        return sent.pk

    assert len(set(together(*[press] * 6))) == 1
    assert Reply.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(("network", "rounds"), [("plain", 50), ("mute", 25), ("sandbox", 15)])
def test_law_04_workers_killed_at_any_moment_on_a_bad_network(sandbox, workers, network, rounds):
    brand = a_brand()
    account, nuria = sandbox.account(brand, network), an_agent(brand)
    chance = random.Random(f"{network} 4")
    usual = _usual_time(sandbox, workers, account, nuria)
    fates: dict[str, int] = dict.fromkeys(OVER, 0)
    for n in range(rounds):
        target = sandbox.says(account, by=f"persona{n}")
        text = f"Respuesta {n}"
        reply = replies.send(nuria, target.case, text=text, public=True, target=target, account=account)
        while reply.state not in OVER:
            _one_round(sandbox, workers, reply.pk, chance, usual)
            reply.refresh_from_db()
            assert said_on(sandbox, text) <= 1, f"sent twice in round {n}"
        sandbox.heal()
        there = said_on(sandbox, text)
        if reply.state == "sent":
            assert there == 1
            assert reply.message is not None
        elif reply.state == "failed":
            assert there == 0
        fates[reply.state] += 1
    assert fates["sent"] > rounds / 4
    assert fates["unknown"] > 0 or network != "mute", "who cannot look must say so"


def _usual_time(sandbox, workers, account, nuria) -> float:
    """How long a delivery takes on this machine today, so that deaths come at every point of it."""
    spent = []
    for n in range(3):
        target = sandbox.says(account, by=f"tranquila{n}")
        reply = replies.send(nuria, target.case, text=f"Paz {n}", public=True, target=target, account=account)
        began = time.monotonic()
        workers.wait(workers.fork(f"deliver {reply.pk}"))
        spent.append(time.monotonic() - began)
    return min(spent)


def _one_round(sandbox, workers, reply: int, chance: random.Random, usual: float) -> None:
    """A few workers try at once, something is wrong with the network, and some of them die."""
    if chance.random() < 0.6:
        sandbox.fault(chance.choice(FAULTS), on="POST /api/posts")
    if chance.random() < 0.2:
        sandbox.fault(chance.choice(FAULTS[:-1]), on="GET /api/posts")
    crew = [workers.fork(f"deliver {reply}") for _ in range(chance.choice((1, 1, 2, 3)))]
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0.2, 1.2) * usual)
        for worker in crew:
            workers.kill(worker)
    for worker in crew:
        workers.wait(worker)
    sandbox.settle()
    # All who tried are dead or done: time passes.
    waiting = Reply.objects.filter(pk=reply)
    waiting.filter(state="queued").update(next_attempt_at=ago(seconds=1))
    waiting.filter(state="sending").update(lease_until=ago(seconds=1))
    Account.objects.filter(rests_until__isnull=False).update(rests_until=ago(seconds=1))


def test_law_04_the_sweep_brings_what_a_dead_worker_left(sandbox):
    from cortafuegos.inbox.actions import outbox, turns

    brand = a_brand()
    account, nuria = sandbox.account(brand, "plain"), an_agent(brand)
    target = sandbox.says(account)
    reply = replies.send(nuria, target.case, text="Hola", public=True, target=target, account=account)
    assert outbox.claim(reply.pk, clock.now()) is not None
    assert turns.waiting(clock.now()) == []
    later = clock.now() + outbox.LEASE + timedelta(seconds=1)
    assert turns.waiting(later) == [reply.pk]
    Reply.objects.filter(pk=reply.pk).update(lease_until=F("lease_until") - 2 * outbox.LEASE)
    delivery.deliver(reply.pk)
    assert said_on(sandbox, "Hola") == 1
    assert turns.waiting(later) == []
