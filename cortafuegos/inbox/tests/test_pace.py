"""A network that wants to be spoken to slowly: all workers obey, the urgent goes first, nobody starves."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from cortafuegos.channels import health, pace, polling, registry
from cortafuegos.channels.models import Account
from cortafuegos.channels.tests import networks
from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import replies, turns
from cortafuegos.inbox.fate import fate
from cortafuegos.inbox.models import Case, Reply
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, ago, an_agent
from cortafuegos.kit import clock


@pytest.fixture
def hall(sandbox):
    with networks.known():
        yield registry.connector("hall")


@pytest.fixture
def desk(condor, sandbox, hall):
    return sandbox.account(condor, "hall")


def write(nuria, sandbox, desk, text: str, urgency: int = 1, **past: float) -> Reply:
    """A reply in the outbox, pressed some time ago, in a conversation of its own."""
    target = sandbox.says(desk, by=text.replace(" ", ""))
    Case.objects.filter(pk=target.case_id).update(urgency=urgency)
    reply = replies.send(nuria, target.case, text=text, public=True, target=target, account=desk)
    written = ago(**past) if past else clock.now()
    Reply.objects.filter(pk=reply.pk).update(created_at=written, next_attempt_at=ago(seconds=1))
    return reply


def account_of(desk) -> Account:
    return Account.objects.get(pk=desk.pk)


def time_passes(desk) -> None:
    Account.objects.filter(pk=desk.pk, rests_until__isnull=False).update(rests_until=ago(seconds=1))
    Reply.objects.filter(state="queued").update(next_attempt_at=ago(seconds=1))


def sweep(times: int = 1) -> None:
    for _ in range(times):
        for reply in turns.waiting(clock.now()):
            delivery.deliver(reply)


def states() -> list[str]:
    return list(Reply.objects.order_by("pk").values_list("state", flat=True))


def test_while_it_rests_nothing_is_sent_and_nothing_is_lost(nuria, sandbox, hall, desk):
    first, second = (write(nuria, sandbox, desk, text) for text in ("Uno", "Dos"))
    sandbox.fault("rate_limit", retry_after=120, on="POST /api/posts")
    delivery.deliver(first.pk)
    until = account_of(desk).rests_until
    assert timedelta(seconds=110) < until - clock.now() <= timedelta(seconds=120)
    assert turns.waiting(clock.now()) == []
    delivery.deliver(second.pk)
    second.refresh_from_db()
    assert (second.state, second.attempts) == ("queued", 0)
    assert sandbox.ours() == []
    time_passes(desk)
    sweep(2)
    assert sorted(sandbox.ours()) == ["Dos", "Uno"]
    assert account_of(desk).rests_until is None, "and it is back to full speed"


def test_a_sister_account_is_not_held_up(nuria, sandbox, hall, desk):
    other = sandbox.account(desk.brand, "hall", "soporte")
    pace.rest(desk, 120, clock.now())
    reply = write(nuria, sandbox, other, "Por favor")
    sweep()
    reply.refresh_from_db()
    assert reply.state == "sent"


def test_after_a_pause_they_leave_one_at_a_time_until_the_network_is_at_ease(nuria, sandbox, hall, desk):
    for text in ("Uno", "Dos", "Tres", "Cuatro"):
        write(nuria, sandbox, desk, text)
    pace.rest(desk, 60, clock.now())
    time_passes(desk)
    assert len(turns.waiting(clock.now())) == 1
    hall.rest = 30
    sweep()
    assert states().count("sent") == 1
    sweep()
    assert states().count("sent") == 1, "it asked for thirty seconds more"
    time_passes(desk)
    hall.rest = 0
    sweep()
    assert states().count("sent") == 2
    assert len(turns.waiting(clock.now())) == 2


def test_the_urgent_goes_first_then_the_oldest(nuria, sandbox, hall, desk):
    write(nuria, sandbox, desk, "vieja", minutes=50)
    write(nuria, sandbox, desk, "nueva", minutes=1)
    write(nuria, sandbox, desk, "pronto", urgency=2, minutes=5)
    write(nuria, sandbox, desk, "ya nueva", urgency=3)
    write(nuria, sandbox, desk, "ya vieja", urgency=3, minutes=9)
    hall.rest = 1
    pace.rest(desk, 60, clock.now())
    for _ in range(5):
        time_passes(desk)
        sweep()
    assert sandbox.ours() == ["ya vieja", "ya nueva", "pronto", "vieja", "nueva"]


def test_an_ordinary_one_is_not_overtaken_for_ever(nuria, sandbox, hall, desk):
    """However many urgent ones keep coming, each hour brings it closer."""
    write(nuria, sandbox, desk, "ordinaria", minutes=241)
    pace.rest(desk, 60, clock.now())
    time_passes(desk)
    hall.rest = 1
    for n in range(3):
        write(nuria, sandbox, desk, f"urgente {n}", urgency=3)
    sweep()
    assert sandbox.ours() == ["ordinaria"]


def test_within_a_conversation_the_order_stays_whatever_is_urgent(nuria, sandbox, hall, desk):
    target = sandbox.says(desk)
    for text in ("Uno", "Dos"):
        replies.send(nuria, target.case, text=text, public=True, target=target, account=desk)
    write(nuria, sandbox, desk, "otra", urgency=3)
    pace.rest(desk, 60, clock.now())
    hall.rest = 1
    for _ in range(3):
        time_passes(desk)
        sweep()
    assert sandbox.ours() == ["otra", "Uno", "Dos"]


def test_a_reply_whose_worker_died_does_not_block_the_line(nuria, sandbox, hall, desk):
    dead = write(nuria, sandbox, desk, "caida", minutes=30)
    write(nuria, sandbox, desk, "detras")
    Reply.objects.filter(pk=dead.pk).update(state="sending", lease_until=ago(seconds=1), attempts=1)
    pace.rest(desk, 60, clock.now())
    sweep()
    assert states() == ["sending", "queued"], "nor does it wake the network"
    time_passes(desk)
    sweep(2)
    assert states() == ["sent", "sent"]


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        (None, 0),
        (0, 0),
        (-5, 0),
        (math.nan, 0),
        (-math.inf, 0),
        (0.5, 0.5),
        (900, 900),
        (10**9, 86_400),
        (math.inf, 86_400),
    ],
)
def test_what_is_asked_for_is_kept_within_reason(asked, pause):
    assert pace.pause_of(asked) == timedelta(seconds=pause)


def test_a_short_wish_never_cuts_a_long_one_short(desk):
    now = clock.now()
    pace.rest(desk, 900, now)
    pace.rest(desk, 5, now)
    assert account_of(desk).rests_until == now + timedelta(seconds=900)
    pace.at_ease(account_of(desk), now)
    assert pace.resting(account_of(desk), now)


def test_the_pause_is_told_on_the_account_and_under_what_waits(nuria, sandbox, hall, desk):
    reply = write(nuria, sandbox, desk, "Uno")
    pace.rest(desk, 900, clock.now())
    account, now = account_of(desk), clock.now()
    assert health.condition(account, now).rests_until == account.rests_until
    told = fate(reply, account, now, may_send=True)
    assert "Hall" in told.words
    assert told.cancel
    later = account.rests_until + timedelta(seconds=1)
    assert fate(reply, account, later, may_send=True).words != told.words
    assert health.condition(account, later).rests_until is None


def test_a_poll_that_asks_for_peace_gets_it_and_replies_still_leave(nuria, sandbox, hall, desk):
    hall.rest = 300
    polling.poll(account_of(desk))
    wait = account_of(desk).next_poll_at - clock.now()
    assert timedelta(seconds=290) < wait <= timedelta(seconds=300)
    assert account_of(desk).rests_until is None
    hall.rest = 10**9
    polling.poll(account_of(desk))
    assert account_of(desk).next_poll_at - clock.now() <= polling.LONGEST_ASKED


@pytest.mark.django_db(transaction=True)
def test_many_workers_after_a_pause_send_one(sandbox, hall):
    brand = a_brand()
    nuria, desk = an_agent(brand), sandbox.account(brand, "hall")
    pressed = [write(nuria, sandbox, desk, f"Uno {n}") for n in range(8)]
    pace.rest(desk, 60, clock.now())
    time_passes(desk)
    hall.rest = 60
    together(*(lambda pk=reply.pk: delivery.deliver(pk) for reply in pressed))
    assert len(sandbox.ours()) == 1
    assert states().count("sent") == 1
    assert pace.resting(account_of(desk), clock.now())
