"""Every fault of every network while we listen: what is shown, and that nothing is lost or doubled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cortafuegos.channels import health
from cortafuegos.channels.models import Receipt
from cortafuegos.inbox import intake
from cortafuegos.kit import clock

from .conftest import Stage

TROUBLES = 3  # in a row, before people are told


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429},
        {"status": 500},
        {"status": 200, "body": b"<html>log in</html>"},
        {"half": True},
        {"lost": True},
    ],
    ids=["429", "500", "html", "half", "lost"],
)
def test_a_network_that_stumbles_while_asked(stage: Stage, fault: dict[str, Any]) -> None:
    if not stage.play.polled:
        assert stage.play.network == "whatsapp"  # it calls us, and repeats what we did not take
        return
    stage.hear()
    stage.play.says("¿y mi maleta?")
    stage.play.faults.arm(on=stage.play.reads, times=TROUBLES, **fault)
    for _time in range(TROUBLES):
        assert stage.hear() == []
    shown = health.condition(stage.fresh())
    assert (stage.account.state, shown.level) == ("degraded", "warn")
    assert stage.account.state_reason
    assert stage.account.next_poll_at <= clock.now() + timedelta(hours=1)
    assert [said.text.endswith("¿y mi maleta?") for said in stage.hear()] == [True]
    assert stage.fresh().state == "ok"


def test_what_is_pushed_twice_late_and_backwards_counts_once(stage: Stage) -> None:
    stage.play.says("uno")
    stage.play.says("dos")
    pushed = stage.play.pushes()
    if not pushed:  # this stand-in pushes to an address only: its own tests do that
        stage.hear()
    stage.take(pushed, times=2, backwards=True)
    intake.take()
    if stage.play.polled:
        stage.hear()  # and the round finds the same again
    stage.take(pushed)
    intake.take()
    assert sorted(said.text.split()[-1] for said in stage.messages()) == ["dos", "uno"]
    assert not Receipt.objects.filter(brand=stage.account.brand_id, state="quarantined").exists()


def test_an_edit_keeps_what_was_said_before(stage: Stage) -> None:
    stage.play.says("vuelo CA512")
    stage.hear()
    stage.play.edit("vuelo CA513")
    if pushed := stage.play.pushes():
        stage.take(pushed)
        intake.take()
    stage.hear()
    (said,) = stage.messages()
    if stage.play.network in ("instagram", "threads"):  # comments cannot be edited; nobody is told
        assert said.text.endswith("CA512")
        return
    assert said.text.endswith("CA513")
    assert said.edited_at is not None


def test_a_network_whose_clock_is_ahead_of_ours(stage: Stage) -> None:
    stage.play.skew(timedelta(minutes=10))
    stage.play.says("¿y mi maleta?")
    (said,) = stage.hear()
    assert said.posted_at <= clock.now()
    assert stage.deliver(stage.answers(said)).state == "sent"
    stage.play.says("¿hola?")
    assert [one.text.split()[-1] for one in stage.hear()] == ["maleta?", "¿hola?"]
    stage.hear()
    assert len(stage.messages()) == 2
