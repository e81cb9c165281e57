"""Through the desk itself: what is said on X becomes a case, and the agent's answer reaches X, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cortafuegos.channels import polling
from cortafuegos.channels.contract import AccountView
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.channels.x.fake import XNetwork
from cortafuegos.inbox import delivery, intake
from cortafuegos.inbox.actions import replies
from cortafuegos.inbox.models import Message, Reply
from cortafuegos.inbox.tests.people import a_brand, ago, an_account, an_agent
from cortafuegos.team.models import Agent, Brand


@pytest.fixture
def brand(db: None) -> Brand:
    return a_brand()


@pytest.fixture
def nuria(brand: Brand) -> Agent:
    return an_agent(brand)


@pytest.fixture
def account(brand: Brand, us: AccountView) -> Account:
    return an_account(
        brand,
        us.handle,
        "x",
        network_id=us.network_id,
        config=us.config,
        credentials=us.credentials,
    )


def hear(account: Account) -> list[Message]:
    account.refresh_from_db()
    polling.poll(account)
    intake.take()
    return list(Message.objects.filter(brand=account.brand_id).order_by("posted_at", "pk"))


def deliver(reply: Reply) -> Reply:
    Reply.objects.filter(pk=reply.pk, state="queued").update(next_attempt_at=ago(seconds=1))
    delivery.deliver(reply.pk)
    return Reply.objects.get(pk=reply.pk)


def test_from_the_customer_to_the_customer(network: XNetwork, account: Account, nuria: Agent) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (said,) = hear(account)
    assert said.case is not None
    assert (said.text, said.identity.followers) == ("@condor_air hola", 48_210)
    reply = replies.send(nuria, said.case, text="Hola, Ana", public=True, target=said, account=account)
    assert deliver(reply).state == "sent"
    assert [p.text for p in network.people.reads("ana")] == ["Hola, Ana"]
    network.people.say("ana", "gracias", to=network.people.reads("ana")[0].id)
    *_before, thanks = hear(account)
    assert (thanks.case_id, thanks.conversation_id) == (said.case_id, said.conversation_id)


def test_an_answer_that_was_lost_goes_out_once(network: XNetwork, account: Account, nuria: Agent) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (said,) = hear(account)
    assert said.case is not None
    network.faults.arm(on="POST /2/tweets", lost=True)
    reply = replies.send(nuria, said.case, text="Hola, Ana", public=True, target=said, account=account)
    first = deliver(reply)
    assert first.state != "sent"
    assert deliver(reply).state == "sent"
    assert [p.text for p in network.people.reads("ana")] == ["Hola, Ana"]


def test_an_edit_and_a_repeated_push_change_the_message_that_is_there(
    network: XNetwork, account: Account
) -> None:
    post = network.people.mention("ana", "condor_air", "vuelo CA512")
    hear(account)
    network.people.edit(post.id, "@condor_air vuelo CA513")
    (said,) = hear(account)
    assert said.text == "@condor_air vuelo CA513"
    network.people.delete(post.id)
    account.refresh_from_db()
    cursor = {**account.cursor, "watched": {**account.cursor["watched"], "next": timezone.now().isoformat()}}
    Account.objects.filter(pk=account.pk).update(cursor=cursor)
    (said,) = hear(account)
    assert said.deleted_at is not None
    assert not Receipt.objects.filter(brand=account.brand_id, state="quarantined").exists()


def test_a_private_exchange_stays_one(network: XNetwork, account: Account, nuria: Agent) -> None:
    network.people.dm("ana", "condor_air", "mi localizador es QX7T2P")
    (said,) = hear(account)
    assert said.case is not None
    reply = replies.send(nuria, said.case, text="Gracias", public=False, target=said, account=account)
    assert deliver(reply).state == "sent"
    network.people.dm("ana", "condor_air", "de nada", at=network.world.now() + timedelta(seconds=1))
    account.refresh_from_db()
    cursor = {
        **account.cursor,
        "messages": {**account.cursor["messages"], "next": timezone.now().isoformat()},
    }
    Account.objects.filter(pk=account.pk).update(cursor=cursor)
    messages = hear(account)
    assert [m.text for m in messages] == ["mi localizador es QX7T2P", "Gracias", "de nada"]
    assert len({(m.conversation_id, m.case_id) for m in messages}) == 1
