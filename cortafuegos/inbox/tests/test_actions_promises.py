"""A promise comes back in time, to whoever made it, and is kept or broken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from cortafuegos.channels.contract import Sent
from cortafuegos.inbox.actions import outbox, promises, replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Promise, Reply
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_post,
    ago,
    an_agent,
    arrive,
    author,
    kinds,
    now_of,
    say,
)
from cortafuegos.kit import clock

HOUR = timedelta(hours=1)


@pytest.fixture
def target(account):
    return say(account, by="lucia", at=ago(minutes=10))


@pytest.fixture
def bruno(condor):
    return an_agent(condor, "Bruno Silva")


def answer(who, target, text="Ya la buscamos", *, send=True) -> Reply:
    reply = replies.send(who, target.case, text=text, public=True, target=target, account=target.account)
    if send:
        leave(reply)
    return reply


def leave(reply, at=None) -> None:
    held = outbox.claim(reply.pk, clock.now())
    assert held is not None
    outbox.settle_sent(held, Sent(f"nuestro:{reply.pk}", posted_at=at or clock.now()), clock.now())


def make(who, target, hours=5.0, **more) -> Promise:
    return promises.make(who, target.case, due_at=clock.now() + hours * HOUR, **more)


def state(promise) -> tuple[str, bool]:
    promise.refresh_from_db()
    return promise.state, promise.done_at is not None


def test_a_promise_is_a_row_and_the_case_counts_down_to_it(nuria, target):
    answer(nuria, target)
    assert now_of(target.case).due_at is None
    promise = make(nuria, target, text="  Te digo\nalgo el jueves ")
    assert (promise.text, promise.agent, promise.state) == ("Te digo algo el jueves", nuria, "open")
    assert now_of(target.case).due_at == promise.due_at
    assert kinds(target.case)[-1] == "promise.made"
    assert "jueves" not in str(Event.objects.get(kind="promise.made").data)


def test_what_is_owed_before_comes_before(nuria, target):
    due = now_of(target.case).due_at
    make(nuria, target, hours=24)
    assert now_of(target.case).due_at == due


@pytest.mark.parametrize("hours", [-1, 0, 24 * 367])
def test_a_promise_needs_a_time_to_come(nuria, target, hours):
    with pytest.raises(Refusal):
        make(nuria, target, hours=hours)
    assert not Promise.objects.exists()


def test_without_words_it_still_says_something(nuria, target):
    assert make(nuria, target, text=" \0\n").text


@pytest.mark.parametrize("role", ["drafter"])
def test_who_may_not_work_promises_nothing(condor, target, role):
    with pytest.raises(Refusal) as refused:
        make(an_agent(condor, "Delia Paz", role), target)
    assert refused.value.status == 403


def test_another_brands_case_is_not_there(target):
    stranger = an_agent(a_brand("nube"), "Olga Prieto", "owner")
    with pytest.raises(Refusal) as refused:
        make(stranger, target)
    assert refused.value.status == 404


def test_a_case_has_only_so_many(nuria, target):
    for _ in range(promises.MOST_OPEN):
        make(nuria, target)
    with pytest.raises(Refusal):
        make(nuria, target)


# --- kept and broken ----------------------------------------------------------------------


def test_the_reply_that_tells_of_it_keeps_nothing_and_the_next_one_does(nuria, target):
    promise = make(nuria, target, with_next=True)
    told = answer(nuria, target, "Te digo algo el jueves")
    promise.refresh_from_db()
    assert (promise.state, promise.reply_id, promise.with_next) == ("open", told.pk, False)
    assert now_of(target.case).due_at == promise.due_at
    answer(nuria, target, "Ya está resuelto")
    assert state(promise) == ("kept", True)
    assert now_of(target.case).due_at is None
    assert Event.objects.get(kind="promise.kept").data["owner"] == nuria.pk


def test_a_reply_that_was_under_way_keeps_nothing(nuria, target):
    before = answer(nuria, target, send=False)
    promise = make(nuria, target)
    leave(before)
    assert state(promise) == ("open", False)
    answer(nuria, target, "Ya está")
    assert state(promise) == ("kept", True)


def test_a_reply_taken_back_tells_again_with_the_next(nuria, target):
    promise = make(nuria, target, with_next=True)
    told = answer(nuria, target, "Te digo algo el jueves", send=False)
    replies.cancel(nuria, told)
    answer(nuria, target, "Te digo algo el jueves, de verdad")
    assert state(promise) == ("open", False)


def test_a_colleague_may_keep_it(nuria, bruno, target):
    promise = make(nuria, target)
    answer(bruno, target)
    assert state(promise) == ("kept", True)
    event = Event.objects.get(kind="promise.kept")
    assert (event.agent, event.data["owner"]) == (bruno, nuria.pk)


def test_too_late_is_broken_once_and_answered_late(nuria, target):
    answer(nuria, target)
    promise = make(nuria, target, hours=2)
    later = clock.now() + 3 * HOUR
    assert promises.strike(later) == 1
    assert promises.strike(later) == 0
    assert state(promise) == ("broken", False)
    assert now_of(target.case).due_at == promise.due_at, "it stays red until somebody answers"
    answer(nuria, target, "Perdón por la tardanza")
    assert state(promise) == ("broken", True)
    assert now_of(target.case).due_at is None
    told = [kind for kind in kinds(target.case) if kind.startswith("promise.")]
    assert told == ["promise.made", "promise.due", "promise.broken", "promise.caught_up"]


def test_an_answer_after_the_hour_and_before_the_clock_is_late(nuria, target):
    promise = make(nuria, target)
    Promise.objects.filter(pk=promise.pk).update(due_at=ago(minutes=1), made_at=ago(hours=3))
    answer(nuria, target)
    assert state(promise) == ("broken", True)
    assert promises.strike(clock.now() + HOUR) == 0


def test_an_answer_in_the_networks_own_app_counts(nuria, account, target):
    first, late = make(nuria, target), make(nuria, target)
    Promise.objects.filter(pk__in=[first.pk, late.pk]).update(made_at=ago(hours=3))
    Promise.objects.filter(pk=late.pk).update(due_at=ago(hours=1), state="broken")
    ours = author("condor", network_id=account.network_id)
    arrive(account, a_post("Hecho", by=ours, in_reply_to=target.network_id, conversation=target.network_id,
                           at=ago(minutes=1)))  # fmt: skip
    assert (state(first), state(late)) == (("kept", True), ("broken", True))
    found = Event.objects.filter(kind__startswith="promise.", data__elsewhere=True)
    assert sorted(found.values_list("kind", flat=True)) == ["promise.caught_up", "promise.kept"]
    assert now_of(target.case).due_at is None


def test_the_echo_of_the_reply_that_tells_keeps_nothing(nuria, account, target):
    """The network may tell us of our own words before it answers us."""
    promise = make(nuria, target, with_next=True)
    told = answer(nuria, target, "Te digo algo el jueves", send=False)
    held = outbox.claim(told.pk, clock.now())
    ours = author("condor", network_id=account.network_id)
    echo = a_post("Te digo algo el jueves", by=ours, network_id="eco", in_reply_to=target.network_id,
                  conversation=target.network_id, at=clock.now() + timedelta(seconds=1))  # fmt: skip
    arrive(account, echo)
    assert state(promise) == ("open", False)
    outbox.settle_sent(held, Sent("eco", posted_at=clock.now()), clock.now())
    assert state(promise) == ("open", False)
    assert now_of(target.case).due_at == promise.due_at


def test_a_new_message_does_not_hide_what_was_promised(nuria, account, target):
    answer(nuria, target)
    promise = make(nuria, target, hours=0.25)
    say(account, "¿Y bien?", by="lucia", conversation=target.network_id)
    assert now_of(target.case).due_at == promise.due_at


# --- withdrawn, explained -----------------------------------------------------------------


def test_withdrawn_it_is_owed_no_more(nuria, target):
    answer(nuria, target)
    promise = make(nuria, target)
    for nothing in ("", " .. "):
        with pytest.raises(Refusal), transaction.atomic():
            promises.withdraw(nuria, promise, nothing)
    promises.withdraw(nuria, promise, "ya no lo necesita")
    assert state(promise) == ("withdrawn", True)
    assert now_of(target.case).due_at is None
    assert promises.strike(promise.due_at) == 0
    with pytest.raises(Refusal):
        promises.withdraw(nuria, promise, "otra vez")


def test_a_broken_one_gets_its_reason(nuria, target):
    promise = make(nuria, target)
    with pytest.raises(Refusal), transaction.atomic():
        promises.explain(nuria, promise, "aún no")
    promises.strike(promise.due_at)
    promises.explain(nuria, promise, "Logística no contestó")
    promise.refresh_from_db()
    assert promise.reason == "Logística no contestó"


def test_another_brand_neither_withdraws_nor_explains(nuria, target):
    promise = make(nuria, target)
    stranger = an_agent(a_brand("nube"), "Olga Prieto", "owner")
    for verb in (promises.withdraw, promises.explain):
        with pytest.raises(Refusal) as refused, transaction.atomic():
            verb(stranger, promise, "mía")
        assert refused.value.status == 404
