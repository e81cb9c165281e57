"""The full circle on the fake: said, read, answered, seen there, found again, taken back, hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.channels.contract import AccountView, Delivery, Found, HealthState, Kind, SendError
from cortafuegos.channels.tests.replies import answer
from cortafuegos.channels.threads.connector import connector

from .conftest import World, polled


def test_an_answer_below_our_post_comes_by_push_and_by_poll_under_one_key(
    world: World, us: AccountView
) -> None:
    post = world.network.say("condor_air", "Volvemos a volar a Lima")
    world.network.say("ana", "¿desde cuándo?", to=post)
    (body,) = world.network.bodies()
    found = [d for d in connector.poll(us, {}).deliveries if b"cu\\u00e1ndo" in d.body]
    assert [d.key for d in found] == [f"post:{list(world.network.posts)[1]}"]
    assert connector.key(us, replace(found[0], body=body)) == found[0].key


def test_it_is_answered_threaded_and_found_again(world: World, us: AccountView) -> None:
    post = world.network.say("condor_air", "Volvemos a volar a Lima")
    asked = world.network.say("ana", "¿desde cuándo?", to=post)
    (theirs,) = world.pushed(us)
    assert (theirs.conversation, theirs.in_reply_to) == (f"threads:{post.id}", f"threads:{post.id}")
    outgoing = answer(theirs, "Desde el lunes, Ana.")
    assert connector.find(us, outgoing) is Found.ABSENT
    sent = connector.send(us, outgoing)
    (ours,) = world.network.answers(asked)
    assert (f"threads:{ours.id}", ours.text, sent.conversation) == (
        sent.network_id,
        "Desde el lunes, Ana.",
        theirs.conversation,
    )
    found = connector.find(us, outgoing)
    assert not isinstance(found, Found)
    assert found.network_id == sent.network_id
    world.network.say("ana", "¡genial!", to=ours)
    assert world.pushed(us)[-1].in_reply_to == sent.network_id


def test_a_mention_elsewhere_is_read_and_answered(world: World, us: AccountView) -> None:
    theirs = world.network.say("luis", "a ver si @condor_air contesta")
    ((pushed,), (seen, *_rest)) = world.pushed(us), polled(us)[0]
    assert pushed == seen
    connector.send(us, answer(pushed, "Aquí estamos, Luis."))
    assert [one.text for one in world.network.answers(theirs)] == ["Aquí estamos, Luis."]
    (alone,) = connector.thread(us, answer(pushed, "").target)
    assert [post.text for post in connector.read(us, alone)] == ["a ver si @condor_air contesta"]


def test_a_mention_under_a_new_name_is_not_lost(world: World, us: AccountView) -> None:
    """The push does not name us as we know it; the round, which asks by our pass, brings it."""
    world.network.say("luis", "a ver si @condor_air contesta")
    (named,) = world.network.bodies()
    assert connector.key(us, Delivery("", named)) in [one.key for one in connector.poll(us, {}).deliveries]
    world.network.rename("condor_air", "condor_aire")
    renamed = world.network.say("luis", "¿y @condor_aire ?")
    (body,) = world.network.bodies()
    assert connector.read(us, Delivery("", body)) == []
    found = connector.poll(us, {}).deliveries
    by_key = {one.key: post.text for one in found for post in connector.read(us, one)}
    assert connector.key(us, Delivery("", body)) not in by_key
    assert by_key[f"post:{renamed.id}"] == "¿y @condor_aire ?"
    health = connector.health(us)
    assert (health.state, "@condor_aire" in health.detail) == (HealthState.EXPIRING, True)


def test_the_thread_is_our_post_and_all_below_it(world: World, us: AccountView) -> None:
    post = world.network.say("condor_air", "Volvemos a volar a Lima")
    first = world.network.say("ana", "¿desde cuándo?", to=post)
    world.network.say("luis", "eso digo yo", to=first)
    (asked, _other) = world.pushed(us)
    said = [p for d in connector.thread(us, answer(asked, "").target) for p in connector.read(us, d)]
    assert [p.text for p in said] == ["Volvemos a volar a Lima", "¿desde cuándo?", "eso digo yo"]
    assert {p.addressed for p in said} == {False}


def test_nothing_is_missed_between_two_rounds_and_over_several_pages(world: World, us: AccountView) -> None:
    post = world.network.say("condor_air", "Vuelo CA512 cancelado")
    start = datetime.now(UTC) - timedelta(hours=20)
    for number in range(120):
        world.network.say("ana", f"queja {number}", to=post, at=start + timedelta(seconds=number))
    found, cursor = polled(us)
    assert {p.text for p in found} == {f"queja {number}" for number in range(120)}
    world.network.say("luis", "y otra", to=post)
    found, _cursor = polled(us, cursor)
    assert [p.text for p in found] == ["y otra"]


def test_ours_is_taken_back_and_theirs_hidden(world: World, us: AccountView) -> None:
    post = world.network.say("condor_air", "Volvemos a volar a Lima")
    spam = world.network.say("luis", "vendo seguidores", to=post)
    (theirs,) = world.pushed(us)
    sent = connector.send(us, answer(theirs, "Hola"))
    connector.withdraw(us, sent.network_id, sent.ref, public=True)
    connector.withdraw(us, sent.network_id, sent.ref, public=True)
    assert world.network.answers(spam) == []
    (gone,) = world.pushed(us)
    assert (gone.kind, gone.network_id) == (Kind.DELETE, sent.network_id)
    for hidden in (True, False):
        connector.hide(us, answer(theirs, "").target, hidden=hidden)
        assert world.network.posts[spam.id].hidden is hidden


@pytest.mark.parametrize("text", ["ñandú", "日本語", "\ud800"])
def test_letters_count_one(text: str) -> None:
    assert connector.measure(text, public=True) == len(text)


def test_an_emoji_counts_its_bytes() -> None:
    assert connector.measure("a😡", public=True) == 5


def test_there_is_nothing_private(world: World, us: AccountView) -> None:
    assert connector.limits(us, public=False).private is False
    world.network.say("luis", "hola @condor_air")
    (said,) = world.pushed(us)
    with pytest.raises(SendError, match="private") as refused:
        connector.send(us, answer(said, "Hola", public=False))
    assert refused.value.permanent
