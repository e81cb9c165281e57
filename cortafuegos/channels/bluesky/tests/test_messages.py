"""Direct messages: through the reference data server, to a chat service of our own beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from cortafuegos.channels.bluesky.connector import Bluesky
from cortafuegos.channels.contract import Found, HealthState, Post, SendError, Sent
from e2e.networks.lossy import lossy_proxy

from .conftest import Desk, answer, mention, view_of

pytestmark = pytest.mark.network_twin
Customers = Callable[[str], Any]


class Customer:
    def __init__(self, desk: Desk, client: Any) -> None:
        self.chat = desk.network.messages(client)
        self.convo = self.chat.get_convo_for_members({"members": [desk.person.did]}).convo.id

    def say(self, text: str) -> None:
        self.chat.send_message({"convo_id": self.convo, "message": {"text": text}})

    def heard(self) -> list[str]:
        """Everything in the conversation, oldest first."""
        return [message.text for message in self.chat.get_messages({"convo_id": self.convo}).messages][::-1]


@pytest.fixture
def ana(desk: Desk, customers: Customers) -> Customer:
    return Customer(desk, customers("ana"))


def first(desk: Desk) -> Post:
    return desk.next_post(lambda post: not post.public)


def test_a_message_from_before_the_first_poll_and_one_after_arrive_once(desk: Desk, ana: Customer) -> None:
    ana.say("Mi DNI es el 00000000T")
    post = first(desk)
    assert (post.text, post.public, post.addressed) == ("Mi DNI es el 00000000T", False, True)
    assert post.author.handle == "ana.test"
    for n in range(7):
        ana.say(f"¿{n}?")
    assert [post.text for post in desk.poll()] == [f"¿{n}?" for n in range(7)]
    assert desk.poll() == []


def test_a_request_is_accepted_and_answered(desk: Desk, ana: Customer) -> None:
    ana.say("Hola")
    post = first(desk)
    assert post.ref["accepted"] is False
    sent = desk.connector.send(desk.account, answer(post, "Hola, Ana."))
    assert (sent.conversation, ana.heard()) == (post.conversation, ["Hola", "Hola, Ana."])
    (own,) = desk.poll()  # what we said comes back under the name we were given
    assert (own.network_id, own.addressed, own.ref["accepted"]) == (sent.network_id, False, True)


def test_a_public_post_can_be_answered_in_private(desk: Desk, customers: Customers) -> None:
    client = customers("ana")
    client.send_post(mention(desk, "¿me ayudáis?"))
    sent = desk.connector.send(desk.account, answer(desk.next_post(), "Claro, por aquí.", public=False))
    customer = Customer(desk, client)
    assert customer.heard() == ["Claro, por aquí."]
    assert sent.conversation.endswith(customer.convo)


def test_a_message_has_no_public_answer(desk: Desk, ana: Customer) -> None:
    ana.say("Hola")
    with pytest.raises(SendError, match="no public post") as failed:
        desk.connector.send(desk.account, answer(first(desk), "Hola", public=True))
    assert failed.value.permanent


def test_a_lost_answer_is_found_by_its_words(desk: Desk, ana: Customer) -> None:
    ana.say("Hola")
    out = answer(first(desk), "Ya está arreglado.")
    with lossy_proxy(urlsplit(desk.network.service).port or 0) as proxy:
        config = {**desk.account.config, "service": f"http://127.0.0.1:{proxy.port}"}
        through, connector = dataclasses.replace(desk.account, config=config), Bluesky()
        assert connector.find(through, out) is Found.ABSENT
        proxy.lose_after(b"convo.sendMessage")
        with pytest.raises(SendError) as lost:
            connector.send(through, out)
        assert lost.value.lost and not lost.value.permanent
        sent = connector.find(through, out)
    assert isinstance(sent, Sent) and sent.network_id.startswith(sent.conversation)
    assert ana.heard() == ["Hola", "Ya está arreglado."]


def test_the_same_words_from_just_before_leave_us_in_doubt(desk: Desk, ana: Customer) -> None:
    ana.say("Hola")
    out = answer(first(desk), "Gracias.")
    desk.connector.send(desk.account, out)
    just_after = dataclasses.replace(out, first_attempt_at=out.first_attempt_at + timedelta(minutes=1))
    assert desk.connector.find(desk.account, just_after) is Found.UNKNOWN
    much_later = dataclasses.replace(out, first_attempt_at=out.first_attempt_at + timedelta(minutes=10))
    assert desk.connector.find(desk.account, much_later) is Found.ABSENT


def test_who_takes_no_messages_from_strangers_is_said_so(desk: Desk, customers: Customers) -> None:
    luis = customers("luis")
    luis.send_post(mention(desk, "escribidme"))
    desk.network.refuse_strangers(luis.me.did)
    with pytest.raises(SendError, match="do not follow") as failed:
        desk.connector.send(desk.account, answer(desk.next_post(), "Hola", public=False))
    assert failed.value.permanent


def test_without_the_permission_posts_still_arrive_and_people_are_told(
    desk: Desk, customers: Customers
) -> None:
    """The data server itself refuses an app password that was not given the right."""
    connector = Bluesky()
    account = view_of(connector.connect(desk.network.connect_form(desk.person, messages=False)))
    assert account.config["direct_messages"] is False
    limits = connector.limits(account, public=False)
    assert (limits.private, limits.length) == (False, 1_000) and "app password" in limits.note
    health = connector.health(account)
    assert health.state is HealthState.OK and "app password" in health.detail

    customers("ana").send_post(mention(desk, "hola"))
    plain = dataclasses.replace(desk, connector=connector, account=account, cursor={})
    post = plain.next_post()
    with pytest.raises(SendError, match="app password") as failed:
        connector.send(account, answer(post, "Hola", public=False))
    assert failed.value.permanent
    # An account that was connected with the right and lost it, says the same.
    believed = dataclasses.replace(account, config={**account.config, "direct_messages": True})
    with pytest.raises(SendError, match="app password"):
        connector.send(believed, answer(post, "Hola", public=False))
    assert not connector.poll(believed, {}).deliveries[1:]


def test_a_chat_service_that_is_away_does_not_keep_posts_away(desk: Desk, customers: Customers) -> None:
    nowhere = {**desk.account.config, "chat": "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa#bsky_chat"}
    away = dataclasses.replace(desk, account=dataclasses.replace(desk.account, config=nowhere), cursor={})
    customers("ana").send_post(mention(desk, "hola"))
    assert away.next_post().public
    assert away.cursor["messages"].keys() == {"paused"}
    health = away.connector.health(away.account)
    assert health.state is HealthState.DEGRADED and "Public posts do" in health.detail
