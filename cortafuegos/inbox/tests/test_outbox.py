"""A reply on its way out, on a network that really answers, badly when asked to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.channels import actions as accounts
from cortafuegos.channels import registry
from cortafuegos.channels.contract import Author, Sent
from cortafuegos.channels.models import Account
from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import merging, outbox, replies
from cortafuegos.inbox.models import Deadline, Message, Reply
from cortafuegos.inbox.tests.people import (
    a_case,
    a_post,
    ago,
    arrive,
    author,
    due,
    kinds,
    now_of,
    owed,
)
from cortafuegos.kit import clock


@pytest.fixture(params=["sandbox", "plain"])
def network(request):
    return request.param


@pytest.fixture
def desk(condor, sandbox, network):
    return sandbox.account(condor, network)


@pytest.fixture
def target(sandbox, desk):
    return sandbox.says(desk)


def send(nuria, target, text="Ya la buscamos", **wanted) -> Reply:
    wanted = {"public": True, "target": target, "account": target.account} | wanted
    return replies.send(nuria, target.case, text=text, **wanted)


def deliver(reply: Reply, *, orphan: bool = False) -> Reply:
    """One attempt, as if its time had come (or the worker that had it were dead)."""
    Reply.objects.filter(pk=reply.pk, state="queued").update(next_attempt_at=ago(seconds=1))
    Account.objects.filter(rests_until__isnull=False).update(rests_until=ago(seconds=1))
    if orphan:
        Reply.objects.filter(pk=reply.pk, state="sending").update(lease_until=ago(seconds=1))
    delivery.deliver(reply.pk)
    return Reply.objects.get(pk=reply.pk)


def test_it_is_on_the_network_and_the_promise_is_kept(nuria, sandbox, target):
    reply = deliver(send(nuria, target))
    assert (reply.state, reply.attempts, reply.reason) == ("sent", 1, "")
    assert sandbox.ours() == ["Ya la buscamos"]
    message = reply.message
    assert (message.direction, message.agent, message.in_reply_to) == ("out", nuria, target.network_id)
    case = now_of(target.case)
    assert (case.awaits_us, case.due_at, case.snippet) == (False, None, "Ya la buscamos")
    assert case.first_answered_at == reply.sent_at
    assert Deadline.objects.get(case=case).state == "met"
    assert kinds(case)[-1] == "reply.sent"
    deliver(reply)
    assert sandbox.ours() == ["Ya la buscamos"]


@pytest.mark.parametrize("fault", ["lose_answer", "half_body", "wrong_type", "server_error"])
def test_a_lost_answer_is_looked_for_before_it_is_sent_again(nuria, sandbox, target, fault):
    sandbox.fault(fault, on="POST /api/posts")
    reply = deliver(send(nuria, target))
    assert (reply.state, reply.look_first, reply.attempts) == ("queued", True, 1)
    assert reply.next_attempt_at > clock.now()
    reply = deliver(reply)
    assert (reply.state, reply.attempts) == ("sent", 2)
    assert sandbox.ours() == ["Ya la buscamos"]
    assert Message.objects.filter(direction="out").count() == 1


@pytest.mark.parametrize("network", ["mute"], indirect=True)
def test_a_network_that_cannot_tell_leaves_it_to_a_person(nuria, sandbox, target):
    sandbox.fault("lose_answer", on="POST /api/posts")
    reply = deliver(deliver(send(nuria, target)))
    assert reply.state == "unknown"
    assert now_of(target.case).failed
    assert reply.reason
    deliver(reply)
    assert sandbox.ours() == ["Ya la buscamos"], "it was there all along, and once"
    replies.settle(nuria, reply, sent=True)
    assert not now_of(target.case).failed
    assert not now_of(target.case).awaits_us


def test_a_worker_that_died_after_sending_sends_nothing_twice(nuria, sandbox, target):
    reply = send(nuria, target)
    held = outbox.claim(reply.pk, clock.now())
    registry.connector(held.account.network).send(held.account.view(), delivery._outgoing(held))
    assert outbox.claim(reply.pk, clock.now()) is None, "its lease still runs"
    reply = deliver(reply, orphan=True)
    assert (reply.state, reply.attempts) == ("sent", 2)
    assert sandbox.ours() == ["Ya la buscamos"]


def test_a_worker_that_died_before_sending_is_made_good(nuria, sandbox, target):
    reply = send(nuria, target)
    outbox.claim(reply.pk, clock.now())
    assert deliver(reply, orphan=True).state == "sent"
    assert sandbox.ours() == ["Ya la buscamos"]


def test_a_worker_that_slept_through_its_lease_does_not_send(nuria, sandbox, target):
    """Its machine was suspended between the claim and the call; another has sent since."""
    reply = send(nuria, target)
    sleeper = outbox.claim(reply.pk, clock.now())
    Reply.objects.filter(pk=reply.pk).update(lease_until=ago(seconds=1))
    sleeper.lease_until = ago(seconds=1)
    assert deliver(reply, orphan=True).state == "sent"
    delivery._attempt(sleeper)
    assert sandbox.ours() == ["Ya la buscamos"]
    outbox.put_back(sleeper, reason="tarde", at=clock.now(), look_first=False)
    outbox.give_up(sleeper, state="failed", reason="tarde")
    assert Reply.objects.get(pk=reply.pk).state == "sent", "who lost the lease has no say"


def test_a_no_for_good_is_told_and_not_repeated(nuria, sandbox, target):
    sandbox.fault("forbidden", times=5, on="POST /api/posts")
    reply = deliver(send(nuria, target))
    assert (reply.state, reply.attempts) == ("failed", 1)
    assert reply.reason
    assert now_of(target.case).failed
    assert now_of(target.case).awaits_us
    assert owed(target.case) != []
    assert kinds(target.case)[-1] == "reply.failed"
    deliver(reply)
    assert sandbox.ours() == []


def test_a_no_while_looking_does_not_mean_it_did_not_arrive(nuria, sandbox, target):
    sandbox.fault("lose_answer", on="POST /api/posts")
    reply = deliver(send(nuria, target))
    sandbox.fault("forbidden", on="GET /api/posts")
    assert deliver(reply).state == "unknown"


def test_the_network_asks_to_wait(nuria, sandbox, target):
    sandbox.fault("rate_limit", retry_after=120, on="POST /api/posts")
    reply = deliver(send(nuria, target))
    assert (reply.state, reply.look_first) == ("queued", False)
    assert timedelta(seconds=110) < reply.next_attempt_at - clock.now() < timedelta(seconds=121)
    assert deliver(reply).state == "sent"


def test_it_gives_up_in_the_end_and_says_what_it_does_not_know(nuria, sandbox, target):
    sandbox.fault("rate_limit", times=50, on="POST /api/posts")
    reply = send(nuria, target)
    for _ in range(10):
        reply = deliver(reply)
    assert (reply.state, reply.attempts) == ("failed", 10)
    sandbox.heal()
    assert deliver(replies.retry(nuria, reply)).state == "sent"


def test_refused_credentials_block_the_account_and_the_reply_waits(nuria, sandbox, target):
    sandbox.fault("revoke_token", handle="condor")
    reply = deliver(send(nuria, target))
    assert (reply.state, reply.reason != "") == ("queued", True)
    account = target.account
    account.refresh_from_db()
    assert account.state == "refused"
    attempts = reply.attempts
    reply = deliver(reply)
    assert (reply.state, reply.attempts) == ("queued", attempts), "waiting is no attempt"
    fresh = sandbox.account(account.brand, account.network, removed_at=clock.now())
    account.sealed = fresh.sealed
    account.save(update_fields=["sealed"])
    accounts.resume(account)
    assert deliver(reply).state == "sent"
    assert sandbox.ours() == ["Ya la buscamos"]


def test_earlier_answers_of_a_conversation_leave_first(nuria, sandbox, target):
    first, second = send(nuria, target, "Uno"), send(nuria, target, "Dos")
    assert deliver(second).state == "queued"
    sandbox.fault("rate_limit", on="POST /api/posts")
    deliver(first)
    assert deliver(second).state == "queued"
    deliver(first), deliver(second)
    assert sandbox.ours() == ["Uno", "Dos"]


def test_a_failed_one_holds_nobody_up(nuria, sandbox, target):
    first, second = send(nuria, target, "Uno"), send(nuria, target, "Dos")
    sandbox.fault("forbidden", on="POST /api/posts")
    deliver(first)
    assert deliver(second).state == "sent"


def test_what_was_said_meanwhile_is_owed_an_answer_of_its_own(nuria, sandbox, desk, target):
    reply = send(nuria, target)
    said = a_post("Espera, era negra", by=_author(target), conversation=target.conversation.key)
    arrive(desk, said)
    deliver(reply)
    case = now_of(target.case)
    assert case.awaits_us
    assert owed(case) == [("answer", "open")]
    assert due(case) == [case.due_at] == [said.posted_at + timedelta(minutes=60)]


def test_our_words_told_by_the_network_first_are_the_same_message(nuria, sandbox, desk, target):
    """The stream is quicker than the answer to our own call."""
    reply = send(nuria, target)
    held = outbox.claim(reply.pk, clock.now())
    sent = registry.connector(desk.network).send(desk.view(), delivery._outgoing(held))
    echo = a_post(
        "Ya la buscamos",
        by=author("condor", desk.network, network_id=desk.network_id),
        network_id=sent.network_id,
        conversation=target.conversation.key,
        in_reply_to=target.network_id,
        at=clock.now(),
    )
    arrive(desk, echo)
    outbox.settle_sent(held, sent, clock.now())
    arrive(desk, echo)
    message = Message.objects.get(direction="out")
    assert (message.agent, message.reply.state, message.case) == (nuria, "sent", target.case)
    assert not now_of(target.case).awaits_us


def test_a_reply_follows_its_case_into_a_merge(nuria, sandbox, desk, target):
    reply = send(nuria, target)
    held = outbox.claim(reply.pk, clock.now())
    other = a_case(desk, by="ana")
    merging.merge(nuria, other, [target.case])
    outbox.settle_sent(
        held, registry.connector(desk.network).send(desk.view(), delivery._outgoing(held)), clock.now()
    )
    assert Message.objects.get(direction="out").case == other
    assert now_of(other).first_answered_at is not None


def test_an_unreachable_network(nuria, sandbox, desk, target):
    desk.config = {"address": "http://127.0.0.1:9"}
    desk.save()
    reply = deliver(send(nuria, target))
    assert (reply.state, reply.look_first) == ("queued", False), "it never left: nothing to look for"


def test_the_connector_crashes(nuria, sandbox, desk, target):
    reply = send(nuria, target)
    Message.objects.filter(pk=target.pk).update(ref=[])
    reply = deliver(reply)
    assert (reply.state, reply.look_first) == ("queued", True), "whether it left, nobody knows"


def test_a_clock_ahead_does_not_hold_the_top_of_the_list(nuria, sandbox, target):
    reply = send(nuria, target)
    held = outbox.claim(reply.pk, clock.now())
    outbox.settle_sent(held, Sent("x:1", posted_at=ago(days=-999)), clock.now())
    assert now_of(target.case).last_message_at <= clock.now()


def _author(message):
    return Author(message.identity.network_id, message.identity.handle)
