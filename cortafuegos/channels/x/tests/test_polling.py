"""Nothing that was said is missed: not in a wave, not in an outage, not when we die in the middle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from cortafuegos.channels.contract import AccountView, SendError
from cortafuegos.channels.x import poll
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake import XNetwork

from .conftest import configured, everything, heard, named, posts_of


def test_a_wave_of_two_thousand_loses_nothing(network: XNetwork, us: AccountView) -> None:
    """The mentions timeline ends after 800: search reads on from there."""
    _nothing, cursor = everything(us)
    said = [network.people.mention("ana", "condor_air", f"{n}: ¿y mi vuelo?") for n in range(2_000)]
    deliveries, cursor = everything(us, cursor)
    assert sorted(d.key for d in deliveries) == sorted(f"post:{post.id}" for post in said)
    late = network.people.mention("luis", "condor_air", "yo también")
    deliveries, _cursor = everything(us, cursor)
    assert [d.key for d in deliveries] == [f"post:{late.id}"]


def test_who_writes_while_a_wave_is_read_is_heard_in_the_next(network: XNetwork, us: AccountView) -> None:
    _nothing, cursor = everything(us)
    said = [network.people.mention("ana", "condor_air", str(n)) for n in range(250)]
    first = connector.poll(us, cursor)
    assert (first.more, len(first.deliveries)) == (True, 100)
    said.append(network.people.mention("luis", "condor_air", "en medio"))
    rest, cursor = everything(us, dict(first.cursor))
    again, _cursor = everything(us, cursor)
    found = [d.key for d in (*first.deliveries, *rest, *again)]
    assert sorted(found) == sorted(f"post:{post.id}" for post in said)


def test_a_page_that_fails_is_asked_for_again(network: XNetwork, us: AccountView) -> None:
    _nothing, cursor = everything(us)
    said = [network.people.mention("ana", "condor_air", str(n)) for n in range(150)]
    first = connector.poll(us, cursor)
    network.faults.arm(on="GET /2/users", half=True)
    with pytest.raises(SendError):
        connector.poll(us, dict(first.cursor))
    rest, _cursor = everything(us, dict(first.cursor))
    assert len({d.key for d in (*first.deliveries, *rest)}) == len(said)


def test_the_first_time_it_looks_back_one_day(network: XNetwork, us: AccountView) -> None:
    now = datetime.now(UTC)
    network.people.mention("ana", "condor_air", "anteayer", at=now - timedelta(days=2))
    network.people.mention("ana", "condor_air", "anoche", at=now - timedelta(hours=12))
    network.people.dm("luis", "condor_air", "anteayer", at=now - timedelta(days=2))
    network.people.dm("luis", "condor_air", "anoche", at=now - timedelta(hours=12))
    assert sorted(post.text for post in heard(us)) == ["@condor_air anoche", "anoche"]


def test_after_ten_days_away_all_that_x_still_lists_is_read(network: XNetwork, us: AccountView) -> None:
    _nothing, cursor = everything(us)
    network.people.later(timedelta(days=10))
    network.world.tokens[us.credentials["access_token"]] = network.world.issue(
        us.network_id.rpartition(":")[2], "tweet.read tweet.write users.read dm.read dm.write", 10**7
    )
    said = network.people.mention("ana", "condor_air", "¿seguís ahí?")
    later = datetime.now(UTC) + timedelta(days=10)
    polled = poll.poll(us, cursor, later)
    assert [post.network_id for post in posts_of(us, list(polled.deliveries))] == [named(said)]


def test_messages_beyond_a_page_and_a_token_that_ran_out(network: XNetwork, us: AccountView) -> None:
    _nothing, cursor = everything(us)
    said = [network.people.dm("ana", "condor_air", str(n)) for n in range(130)]
    cursor["messages"]["next"] = datetime.now(UTC).isoformat()
    first = connector.poll(us, cursor)
    assert (first.more, len(first.deliveries)) == (True, 20)
    cursor = dict(first.cursor)
    cursor["messages"] = {**cursor["messages"], "token": "no-longer"}
    rest, cursor = everything(us, cursor)
    assert {d.key for d in (*first.deliveries, *rest)} == {f"message:{one.id}" for one in said}
    assert cursor["messages"]["since"] == said[-1].id


@pytest.mark.parametrize("vocabulary", ["tweet", "post", "both"])
def test_both_of_x_s_vocabularies_are_spoken(network: XNetwork, us: AccountView, vocabulary: str) -> None:
    network.vocabulary = vocabulary
    ours = network.people.say("condor_air", "hoy salimos a la hora")
    first = network.people.mention("ana", "condor_air", "largo " * 60, media=(network.people.picture("ana"),))
    network.people.edit(first.id, "@condor_air corregido")
    network.people.say("luis", "ja", quoting=ours.id)
    found = {post.author.handle: post for post in heard(us)}
    assert found["ana"].text == "@condor_air corregido"
    assert found["ana"].network_id == named(first)
    assert len(found["ana"].attachments) == 1
    assert found["ana"].author.followers == 48_210
    assert found["luis"].ref["summoned"] is True


def test_one_list_that_is_used_up_does_not_hold_up_the_others(network: XNetwork, us: AccountView) -> None:
    network.limits.allowed["GET /2/dm_events"] = 1  # connecting took it
    network.people.dm("ana", "condor_air", "hola")
    network.people.mention("luis", "condor_air", "hola")
    deliveries, cursor = everything(us)
    assert [post.author.handle for post in posts_of(us, deliveries)] == ["luis"]
    wait = datetime.fromisoformat(cursor["messages"]["next"]) - datetime.now(UTC)
    assert timedelta(0) < wait <= timedelta(minutes=16)
    network.limits.allowed["GET /2/dm_events"] = 50
    cursor["messages"]["next"] = datetime.now(UTC).isoformat()
    deliveries, _cursor = everything(us, cursor)
    assert [post.text for post in posts_of(us, deliveries)] == ["hola"]


def test_the_last_request_of_a_window_is_followed_by_a_rest(network: XNetwork, us: AccountView) -> None:
    network.limits.allowed["GET /2/users/{id}/mentions"] = 1
    for n in range(150):
        network.people.mention("ana", "condor_air", str(n))
    polled = connector.poll(us, {})
    assert (polled.more, len(polled.deliveries)) == (False, 100)
    assert 0 < polled.rest <= 900
    with pytest.raises(SendError) as limited:
        connector.poll(us, polled.cursor)
    assert limited.value.retry_after
    network.limits.allowed.clear()
    rest, _cursor = everything(us, dict(polled.cursor))
    assert len([d for d in rest if d.key.startswith("post:")]) == 50


def test_what_fails_after_something_came_keeps_what_came(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "hola")
    network.people.dm("luis", "condor_air", "hola")
    network.faults.arm(on="GET /2/dm_events", status=500)
    polled = connector.poll(us, {})
    assert [d.key.partition(":")[0] for d in polled.deliveries] == ["post"]
    rest, cursor = everything(us, dict(polled.cursor))
    assert [d.key.partition(":")[0] for d in rest] == ["message"]
    network.faults.arm(on="GET /2/dm_events", status=500)
    cursor["messages"]["next"] = datetime.now(UTC).isoformat()
    with pytest.raises(SendError):  # nothing came, and it must be seen
        connector.poll(us, cursor)


def test_reading_costs_what_came_and_nothing_when_nothing_did(network: XNetwork, us: AccountView) -> None:
    _nothing, cursor = everything(us)
    assert connector.poll(us, cursor).spent == 0
    for n in range(3):
        network.people.mention("ana", "condor_air", str(n))
    assert connector.poll(us, cursor).spent == Decimal("0.003")
    assert connector.poll(configured(us, enterprise=True), cursor).spent == 0


def test_a_plan_without_messages_is_never_asked_for_them(network: XNetwork, us: AccountView) -> None:
    before = len(network.requests)
    everything(configured(us, messages=False))
    assert "GET /2/dm_events" not in network.requests[before:]


@pytest.mark.parametrize(
    "cursor",
    [
        {"mentions": {"since": "x", "below": ["?"], "seen": "many"}},
        {"mentions": "lost", "messages": 7, "watched": {"posts": "none", "next": 3}},
        {"aside": {"next": "never"}, "watched": {"posts": [{"id": "x"}, 4], "next": "2020-01-01"}},
    ],
)
def test_a_cursor_that_makes_no_sense_starts_anew(
    network: XNetwork, us: AccountView, cursor: dict[str, object]
) -> None:
    said = network.people.mention("ana", "condor_air", "hola")
    assert f"post:{said.id}" in [d.key for d in everything(us, cursor)[0]]


def test_what_is_read_again_on_the_same_day_is_charged_once(network: XNetwork, us: AccountView) -> None:
    network.people.dm("ana", "condor_air", "hola")
    network.people.mention("ana", "condor_air", "hola")
    _deliveries, cursor = everything(us)
    noon = datetime.now(UTC).replace(hour=12)
    midnight = (noon + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    spent = []
    for at in (noon, noon + timedelta(minutes=1), midnight):
        for name in ("messages", "watched"):
            cursor[name]["next"] = at.isoformat()
        polled = poll.poll(us, cursor, at)
        spent.append(polled.spent)
        cursor = dict(polled.cursor)
    assert spent[1] == 0
    assert spent[2] == Decimal("0.015")  # a message and a post, read once more on a new day
