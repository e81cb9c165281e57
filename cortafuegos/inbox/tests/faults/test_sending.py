"""Every fault of every network while an answer leaves: what is shown, and that it mends itself."""

from __future__ import annotations

from typing import Any

import pytest

from cortafuegos.channels import actions, health
from cortafuegos.inbox.models import Reply

from .conftest import Stage
from .plays import Play

State = Reply.State
TEXT = "Lo miramos ahora, Ana."


def arm(play: Play, **fault: Any) -> None:
    play.faults.arm(on=play.sends, **fault)


def asked(stage: Stage) -> Reply:
    stage.play.says("¿y mi maleta?")
    (said,) = stage.hear()
    return stage.answers(said)


@pytest.mark.parametrize("told", [True, False], ids=["headers", "no-headers"])
def test_a_network_that_wants_peace(stage: Stage, told: bool) -> None:
    reply = asked(stage)
    arm(stage.play, **(stage.play.limited if told else {"status": 429}))
    reply = stage.deliver(reply)
    assert (reply.state, reply.look_first, stage.play.got()) == (State.QUEUED, False, [])
    fate = stage.fate(reply)
    assert fate.icon == "hourglass"
    assert "pide" in fate.words
    rests = health.condition(stage.fresh()).rests_until
    assert rests is not None
    if told:
        assert 240 <= (rests - reply.created_at).total_seconds() <= 400
    assert stage.deliver(reply).state == State.SENT
    assert stage.play.got() == [TEXT]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 502, "body": b"<html>bad gateway</html>", "headers": {"content-type": "text/html"}},
        {"status": 503, "body": b'{"half'},
        {"half": True},
        {"lost": True},
    ],
    ids=["500", "502-html", "503-half", "half", "lost"],
)
def test_an_answer_of_unknown_fate_goes_out_once_or_asks_a_person(
    stage: Stage, fault: dict[str, Any]
) -> None:
    reply = asked(stage)
    arm(stage.play, **fault)
    reply = stage.deliver(reply)
    assert reply.state == State.QUEUED
    assert "próximo intento" in stage.fate(reply).words.lower()
    reply = stage.deliver(reply)
    if stage.play.can_look:
        assert (reply.state, stage.play.got()) == (State.SENT, [TEXT])
        return
    arrived = bool(fault.get("half") or fault.get("lost"))
    assert (reply.state, stage.play.got()) == (State.UNKNOWN, [TEXT] * arrived)
    assert stage.fate(reply).settle


def test_an_answer_in_wrong_clothes_is_not_said_again(stage: Stage) -> None:
    reply = asked(stage)
    arm(stage.play, content_type="text/html")
    reply = stage.deliver(reply)
    if reply.state == State.QUEUED:  # who does not believe it looks
        assert reply.look_first
        reply = stage.deliver(reply)
    assert reply.state == State.SENT
    assert stage.play.got() == [TEXT]


def test_a_post_that_was_deleted_under_the_answer(stage: Stage) -> None:
    reply = asked(stage)
    stage.play.delete()
    reply = stage.deliver(reply)
    if reply.state == State.SENT:  # a chat goes on without the message it quotes
        assert not stage.play.public
        assert stage.play.got() == [TEXT]
        return
    assert (reply.state, stage.play.got()) == (State.FAILED, [])
    fate = stage.fate(reply)
    assert reply.reason in fate.words
    assert fate.retry
    assert fate.cancel
    assert stage.fresh().state == "ok"


def test_a_customer_who_has_blocked_us_blocks_nobody_else(stage: Stage) -> None:
    reply = asked(stage)
    stage.play.block()
    reply = stage.deliver(reply)
    assert (reply.state, stage.play.got()) == (State.FAILED, [])
    assert len(stage.fate(reply).words) > len("No ha salido.")
    assert stage.fresh().state == "ok"


def test_a_token_that_was_taken_back_and_given_again(stage: Stage) -> None:
    reply = asked(stage)
    stage.play.revoke()
    reply = stage.deliver(reply)
    assert (reply.state, stage.play.got()) == (State.QUEUED, [])
    assert stage.fresh().state == "refused"
    (alarm,) = health.overview(stage.account.brand).refused
    assert alarm.account.pk == stage.account.pk
    stage.play.says("¿hola?")  # while nobody may look
    assert stage.deliver(reply).attempts == reply.attempts

    stage.play.mend()
    actions.keep_again(stage.account, stage.play.connected())
    assert stage.fresh().state == "ok"
    assert stage.deliver(reply).state == State.SENT
    assert stage.play.got() == [TEXT]
    assert ["hola" in said.text for said in stage.hear()] == [False, True]
