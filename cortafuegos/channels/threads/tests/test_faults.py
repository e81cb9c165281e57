"""Every trouble the fake can make ends in the exception that the desk acts upon."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cortafuegos.channels.contract import AccountView, Delivery, Forged, Found, Outgoing, Refused, SendError
from cortafuegos.channels.tests.replies import answer
from cortafuegos.channels.threads.connector import connector

from .conftest import World, polled


@pytest.fixture
def outgoing(world: World, us: AccountView) -> Outgoing:
    world.network.say("ana", "hola @condor_air")
    (said,) = world.pushed(us)
    return answer(said, "Hola, Ana")


def error(code: int, subcode: int = 0) -> bytes:
    said = {"message": "secret words", "code": code, **({"error_subcode": subcode} if subcode else {})}
    return json.dumps({"error": said}).encode()


def published(world: World) -> str:
    return f"POST /v1.0/{world.network.users['condor_air']}/threads_publish"


@pytest.mark.parametrize(
    ("fault", "permanent", "lost", "wait"),
    [
        ({"lost": True}, False, True, None),
        ({"half": True}, False, True, None),
        ({"status": 502, "body": b"<html>"}, False, True, None),
        ({"status": 500, "body": error(2)}, False, True, None),
        ({"status": 429}, False, False, 60.0),
        ({"status": 429, "headers": {"retry-after": "17"}}, False, False, 17.0),
        ({"status": 400, "body": error(24, 4279009)}, False, False, 30.0),
        ({"status": 400, "body": error(100, 33)}, True, False, None),
        ({"status": 403, "body": error(10)}, True, False, None),
    ],
)
def test_publishing_that_fails(
    world: World,
    us: AccountView,
    outgoing: Outgoing,
    fault: dict[str, Any],
    permanent: bool,
    lost: bool,
    wait: float | None,
) -> None:
    world.network.faults.arm(on=published(world), **fault)
    with pytest.raises(SendError) as failed:
        connector.send(us, outgoing)
    trouble = failed.value
    assert (trouble.permanent, trouble.lost, trouble.retry_after) == (permanent, lost, wait)
    assert "secret" not in str(trouble)
    there = connector.find(us, outgoing)
    arrived = bool(fault.get("lost") or fault.get("half"))
    assert (there is Found.ABSENT) is not arrived
    if not arrived:
        connector.send(us, outgoing)
    assert [p.text for p in world.network.posts.values() if p.username == "condor_air"] == ["Hola, Ana"]


@pytest.mark.parametrize("fault", [{"lost": True}, {"half": True}, {"status": 500}])
def test_what_was_only_prepared_was_read_by_nobody(
    world: World, us: AccountView, outgoing: Outgoing, fault: dict[str, Any]
) -> None:
    own = world.network.users["condor_air"]
    world.network.faults.arm(on=f"POST /v1.0/{own}/threads", **fault)
    with pytest.raises(SendError) as failed:
        connector.send(us, outgoing)
    assert (failed.value.permanent, failed.value.lost) == (False, False)
    assert connector.send(us, outgoing).network_id


def test_a_post_that_is_gone_and_an_author_who_takes_no_answers(
    world: World, us: AccountView, outgoing: Outgoing
) -> None:
    world.network.blocked.add("ana")
    with pytest.raises(SendError) as refused:
        connector.send(us, outgoing)
    assert refused.value.permanent
    world.network.blocked.clear()
    world.network.posts.clear()
    with pytest.raises(SendError, match="no longer exists") as gone:
        connector.send(us, outgoing)
    assert gone.value.permanent


def test_a_token_that_was_taken_back(world: World, us: AccountView, outgoing: Outgoing) -> None:
    world.network.revoke("condor_air")
    for work in (
        lambda: connector.send(us, outgoing),
        lambda: connector.poll(us, {}),
    ):
        with pytest.raises(Refused):
            work()
    assert connector.health(us).state == "refused"
    again = world.account()
    assert connector.health(again).state == "ok"
    assert [post.text for post in polled(again)[0]] == ["hola @condor_air"]


def test_a_round_that_is_broken_off_loses_nothing(world: World, us: AccountView) -> None:
    post = world.network.say("condor_air", "Volvemos a volar a Lima")
    world.network.say("ana", "¿cuándo?", to=post)
    world.network.say("luis", "hola @condor_air")
    world.network.faults.arm(on=f"GET /v1.0/{post.id}/conversation", status=503)
    one = connector.poll(us, {})
    assert len(one.deliveries) == 1
    found, _cursor = polled(us, one.cursor)
    assert [p.text for p in found] == ["¿cuándo?"]


def test_forged_pushes_are_turned_away(world: World, us: AccountView) -> None:
    world.network.say("luis", "hola @condor_air")
    (body,) = world.network.bodies()
    with pytest.raises(Forged):
        connector.verify(us, Delivery("", body + b" ", world.network.signed(body)), datetime.now(UTC))
    asked = {"hub.mode": "subscribe", "hub.challenge": "42", "hub.verify_token": us.credentials["secret"]}
    assert connector.challenge(us, asked) == "42"
    with pytest.raises(Forged):
        connector.challenge(us, {**asked, "hub.verify_token": "x"})
