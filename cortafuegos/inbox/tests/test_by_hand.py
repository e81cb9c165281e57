"""Answers posted in the network's own window: judged and owned like all others, and settled by a link."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.actions import by_hand, permission, replies, turns
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Message, Reply
from cortafuegos.inbox.tests.people import (
    a_case,
    a_post,
    ago,
    an_agent,
    arrive,
    author,
    kinds,
    now_of,
    owed,
    say,
)
from cortafuegos.inbox.tests.test_outbox import deliver, send
from cortafuegos.kit import clock
from cortafuegos.team.certificates import CertificateNeed


@pytest.fixture
def desk(condor, sandbox):
    return sandbox.account(condor, "strict")


@pytest.fixture
def aside(desk) -> Message:
    """Said about us and not to us."""
    return say(desk, "Vaya tarde con Cóndor", ref={"uninvited": True}, at=ago(minutes=9))


@pytest.fixture
def reply(nuria, aside) -> Reply:
    return send(nuria, aside, by_hand=True)


def the_link(number: int = 7, handle: str = "condor") -> str:
    return f"https://strict.example/@{handle}/posts/{number}"


def the_id(desk, number: int = 7) -> str:
    return f"{desk.network_id.rpartition('/people/')[0]}/posts/{number}"


def ours(desk, number: int = 7, **fields):
    """The post as the network tells of it."""
    us = author("condor", "strict", network_id=desk.network_id)
    uri = the_id(desk, number)
    return a_post(**{"text": "Ya la buscamos", "by": us, "network_id": uri, "at": clock.now(), **fields})


def refused(code: str, *given: object) -> Refusal:
    with pytest.raises(Refusal) as told:
        by_hand.settle(*given)
    assert told.value.code == code
    return told.value


def test_it_waits_for_the_link_and_no_program_sends_it(sandbox, desk, reply):
    assert (reply.state, reply.by_hand) == ("by_hand", True)
    assert turns.waiting(clock.now()) == []
    assert deliver(reply).state == "by_hand"
    assert sandbox.ours() == []
    assert now_of(reply.case).awaits_us
    assert kinds(reply.case)[-1] == "reply.by_hand"
    assert "text=Ya%20la%20buscamos" in by_hand.address(reply)


def test_its_link_makes_it_sent(nuria, desk, reply):
    by_hand.settle(nuria, reply, f"  {the_link()}\n")
    reply.refresh_from_db()
    message = reply.message
    assert (reply.state, reply.by_hand) == ("sent", True)
    assert (message.network_id, message.url, message.agent) == (the_id(desk), the_link(), nuria)
    assert (message.direction, message.text, message.ref["uri"]) == ("out", "Ya la buscamos", the_id(desk))
    case = now_of(reply.case)
    assert (case.awaits_us, case.assignee, owed(case)) == (False, nuria, [])
    assert kinds(case)[-1] == "reply.sent"
    refused("known", nuria, reply, the_link())


def test_the_post_that_arrives_later_is_known(nuria, desk, aside, reply):
    by_hand.settle(nuria, reply, the_link())
    arrive(desk, ours(desk, conversation=aside.conversation.key, in_reply_to=aside.network_id))
    assert Message.objects.filter(direction="out").count() == 1
    assert "message.sent_elsewhere" not in kinds(reply.case)


def test_the_post_that_was_quicker_becomes_the_reply(nuria, desk, aside, reply):
    arrive(desk, ours(desk, conversation=aside.conversation.key, in_reply_to=aside.network_id))
    by_hand.settle(nuria, reply, the_link())
    message = Message.objects.get(direction="out")
    assert (message.reply, message.case, message.agent) == (reply, reply.case, nuria)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "hola",
        "https://elsewhere.example/@condor/posts/7",
        "https://strict.example/@ana/posts/7",
        "https://strict.example/@condor/posts/siete",
        "javascript:alert(1)//strict.example/@condor/posts/7",
        "https://strict.example/@condor/posts/" + "9" * 4000,
        "https://[strict.example/@condor/posts/7",
    ],
)
def test_what_is_no_link_to_a_post_of_ours(nuria, reply, link):
    assert "Condor" in str(refused("no_link", nuria, reply, link).sentence)
    assert Reply.objects.get().state == "by_hand"


def test_the_number_of_somebody_elses_post_under_our_name(nuria, desk, reply):
    """The name in the address is decoration on some networks: what we hold knows better."""
    say(desk, "Y a mí", by="ana", network_id=the_id(desk))
    assert "Ana" in str(refused("not_ours", nuria, reply, the_link()).sentence)


def test_two_agents_paste_the_same_link(condor, nuria, desk, aside, reply):
    bruno = an_agent(condor, "Bruno Silva")
    other = send(bruno, say(desk, by="ana", ref={"uninvited": True}), by_hand=True)
    by_hand.settle(nuria, reply, the_link())
    refused("another_reply", bruno, other, the_link())
    by_hand.settle(bruno, other, the_link(8))
    assert set(Reply.objects.values_list("state", flat=True)) == {"sent"}


def test_the_link_of_an_answer_in_another_case(nuria, desk, reply):
    other = say(desk, by="ana", network_id="post:ana")
    arrive(desk, ours(desk, conversation="post:ana", in_reply_to="post:ana"))
    told = refused("another_case", nuria, reply, the_link())
    assert str(other.case.number) in str(told.sentence)


def test_the_link_of_something_older_than_the_question(nuria, desk, aside, reply):
    old = ours(desk, conversation=aside.conversation.key, at=ago(days=3))
    arrive(desk, old)
    Message.objects.filter(network_id=old.network_id).update(case=reply.case)
    refused("older", nuria, reply, the_link())


def test_the_guard_judges_it_before_the_window_opens(nuria, aside):
    with pytest.raises(Refusal) as told:
        send(nuria, aside, "Su tarjeta 4111 1111 1111 1111", by_hand=True)
    assert told.value.status == 422
    assert Reply.objects.count() == 0


def test_so_does_the_certificate(nuria, condor, aside):
    CertificateNeed.objects.create(brand=condor, kind="channel", value="")
    with pytest.raises(Refusal) as told:
        send(nuria, aside, by_hand=True)
    assert told.value.code == "not_certified"


def test_what_may_leave_from_here_is_not_posted_by_hand(nuria, desk):
    with pytest.raises(Refusal) as told:
        send(nuria, say(desk), by_hand=True)
    assert told.value.code == permission.CODE


def test_a_network_without_rules_has_no_such_way(nuria, account):
    with pytest.raises(Refusal):
        send(nuria, say(account), by_hand=True)
    assert Reply.objects.count() == 0


def test_not_posted_after_all_its_words_are_the_draft_again(nuria, reply):
    replies.cancel(nuria, reply)
    assert reply.case.drafts.get().text == "Ya la buscamos"
    refused("known", nuria, reply, the_link())


def test_who_may_not_send_or_belongs_elsewhere_settles_nothing(condor, reply):
    refused("not_allowed", an_agent(condor, "Delia Ruiz", "drafter"), reply, the_link())
    from cortafuegos.inbox.tests.people import a_brand

    refused("no_such_case", an_agent(a_brand("faro", "Faro"), "Olga Prieto", "owner"), reply, the_link())
    assert Event.objects.filter(kind="reply.sent").count() == 0


def test_another_case_goes_on_meanwhile(nuria, sandbox, desk, reply):
    """One that waits for a hand holds up nothing behind it."""
    other = sandbox.says(desk, by="ana")
    Reply.objects.filter(pk=reply.pk).update(conversation=other.conversation)
    assert deliver(send(nuria, other)).state == "sent"
    assert a_case(desk, by="mar").awaits_us
