"""What a network forbids is known before anybody writes, refused when the button is pressed, and asked
once more before it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.actions import permission, replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Message, Reply
from cortafuegos.inbox.tests.networks.strict.connector import ONCE, TOO_LATE, UNINVITED
from cortafuegos.inbox.tests.people import a_brand, a_post, ago, an_account, arrive, author, kinds, say
from cortafuegos.inbox.tests.test_outbox import deliver, send
from cortafuegos.kit import clock


@pytest.fixture
def desk(condor, sandbox):
    return sandbox.account(condor, "strict")


@pytest.fixture
def private(desk) -> Message:
    """Something said in private twenty hours ago."""
    return say(desk, "Sigo sin maleta", public=False, conversation="dm:1", at=ago(hours=20))


def in_private(nuria, target, text="Ya la buscamos") -> Reply:
    return send(nuria, target, text, public=False)


def refused(nuria, target, **wanted) -> Refusal:
    with pytest.raises(Refusal) as told:
        send(nuria, target, **wanted)
    assert told.value.code == "window"
    return told.value


def test_an_open_window_lets_it_go(nuria, desk, private):
    found = permission.ask(desk, private, public=False)
    assert found.until == private.posted_at + timedelta(hours=24)
    assert in_private(nuria, private).state == "queued"


def test_a_closed_one_is_refused_with_the_networks_own_sentence(nuria, desk):
    late = say(desk, public=False, conversation="dm:1", at=ago(hours=24, seconds=1))
    assert str(refused(nuria, late, public=False).sentence) == TOO_LATE
    assert Reply.objects.count() == 0
    assert kinds(late.case)[-1] != "reply.queued"


def test_what_they_said_since_opens_it_again(nuria, desk):
    late = say(desk, public=False, conversation="dm:1", at=ago(hours=30))
    refused(nuria, late, public=False)
    say(desk, "¿Hola?", public=False, conversation="dm:1", at=ago(minutes=5))
    assert permission.ask(desk, late, public=False).closed is None


@pytest.mark.parametrize(
    "other",
    [
        {"public": True},  # in public it opens nothing
        {"conversation": "dm:2", "by": "ana"},  # nor does somebody else
        {"conversation": "dm:3"},  # nor what was said elsewhere
    ],
)
def test_what_opens_no_window(desk, other):
    late = say(desk, public=False, conversation="dm:1", at=ago(hours=30))
    say(desk, "¿Hola?", **{"public": False, "conversation": "dm:1", "at": ago(minutes=5), **other})
    assert permission.ask(desk, late, public=False).closed == "window"


def test_a_window_that_closes_between_the_press_and_the_way_out_fails_with_the_reason(
    nuria, sandbox, desk, private
):
    reply = in_private(nuria, private)
    Message.objects.filter(pk=private.pk).update(posted_at=ago(hours=25))
    reply = deliver(reply)
    assert (reply.state, reply.reason, reply.attempts) == ("failed", TOO_LATE, 1)
    assert sandbox.ours() == []
    assert kinds(reply.case)[-1] == "reply.failed"
    reply.case.refresh_from_db()
    assert (reply.case.failed, reply.case.awaits_us) == (True, True)
    again = deliver(replies.retry(nuria, reply))
    assert (again.state, again.reason) == ("failed", TOO_LATE)
    replies.cancel(nuria, again)  # and the words are the draft again
    assert reply.case.drafts.get().text == "Ya la buscamos"


def test_one_that_may_have_arrived_is_looked_for_and_not_called_late(nuria, sandbox, desk):
    target = sandbox.says(desk)
    sandbox.fault("lose_answer", on="POST /api/posts")
    reply = deliver(send(nuria, target))
    assert reply.look_first
    Message.objects.filter(pk=target.pk).update(ref={**target.ref, "uninvited": True})
    assert deliver(reply).state == "sent"


def test_only_one_answer_in_private_to_what_was_said_in_public(nuria, sandbox, desk):
    target = sandbox.says(desk)
    first = in_private(nuria, target)
    assert str(refused(nuria, target, public=False).sentence) == ONCE
    assert send(nuria, target).public  # in public one may
    assert deliver(first).state == "sent"  # it does not stand in its own way
    refused(nuria, target, public=False)


def test_of_two_on_their_way_the_first_goes(nuria, sandbox, desk):
    target = sandbox.says(desk)
    first = in_private(nuria, target)
    second = in_private(nuria, sandbox.says(desk, "Y otra cosa"), "Segunda")
    Reply.objects.filter(pk=second.pk).update(target=target)
    assert deliver(first).state == "sent"
    second = deliver(second)
    assert (second.state, second.reason) == ("failed", ONCE)


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_what_never_left_uses_nothing_up(nuria, sandbox, desk, state):
    target = sandbox.says(desk)
    Reply.objects.filter(pk=in_private(nuria, target).pk).update(state=state)
    assert permission.ask(desk, target, public=False).closed is None


def test_an_answer_from_the_networks_own_app_counts(nuria, sandbox, desk):
    target = sandbox.says(desk)
    ours = author("condor", "strict", network_id=desk.network_id)
    answer = a_post(by=ours, public=False, conversation="dm:x", in_reply_to=target.network_id)
    arrive(desk, answer)
    assert Message.objects.get(network_id=answer.network_id).case == target.case
    assert permission.ask(desk, target, public=False).closed == "once"


def test_our_messages_in_a_row_are_counted_from_their_last(nuria, desk, private):
    ours = author("condor", "strict", network_id=desk.network_id)
    for minutes in (50, 40):
        arrive(desk, a_post(by=ours, public=False, conversation="dm:1", at=ago(minutes=minutes)))
    now = clock.now()
    assert permission.exchange(desk, private, public=False, now=now).run == 2
    in_private(nuria, private)
    assert permission.exchange(desk, private, public=False, now=now).run == 3
    refused(nuria, private, public=False)
    say(desk, "¿Y?", public=False, conversation="dm:1", at=ago(minutes=30))
    assert permission.exchange(desk, private, public=False, now=now).run == 1


def test_another_brands_exchange_is_nobodys_business(desk, private):
    """The same person, the same keys, one brand over."""
    other = an_account(a_brand("faro", "Faro"), "faro", "strict")
    say(other, public=False, conversation="dm:1", at=ago(minutes=1))
    assert permission.exchange(desk, private, public=False, now=clock.now()).heard_at == private.posted_at


def test_who_did_not_speak_to_us_is_not_answered_by_a_program(nuria, desk):
    aside = say(desk, ref={"uninvited": True})
    assert str(refused(nuria, aside).sentence) == UNINVITED
    assert permission.ask(desk, aside, public=True).by_hand


def test_the_facts_cost_one_statement_and_networks_without_rules_none(nuria, account, desk, private):
    free = say(account)
    with CaptureQueriesContext(connection) as asked:
        permission.exchange(desk, private, public=False, now=clock.now())
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert permission.ask(account, free, public=True) is None
    assert len(asked) == 0
