"""Every trouble ends in the exception that says what to do next."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cortafuegos.channels.contract import AccountView, ConnectError, HealthState, Refused, SendError
from cortafuegos.channels.meta.errors import OutsideWindow, Problem, judge
from cortafuegos.channels.whatsapp.connector import connector
from cortafuegos.channels.whatsapp.fake.things import Refusal
from cortafuegos.channels.whatsapp.refusals import VERDICTS, sentence

from .conftest import World, answer


def said(code: int, status: int = 400, **more: Any) -> dict[str, Any]:
    return {"status": status, "body": json.dumps(Refusal(code).body()).encode(), **more}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (said(190, 401), (Refused, {})),
        (said(131031, 403), (Refused, {})),
        (said(131005, 403), (Refused, {})),
        (said(10, 403), (Refused, {})),
        (said(133010), (Refused, {})),
        (said(131047), (OutsideWindow, {"permanent": True, "lost": False})),
        (said(131026), (SendError, {"permanent": True, "lost": False})),
        (said(131056, 429), (SendError, {"permanent": False, "retry_after": 6.0})),
        (said(130429, 429), (SendError, {"permanent": False, "retry_after": 5.0})),
        (said(131048), (SendError, {"permanent": False, "retry_after": 3600.0})),
        (said(80007), (SendError, {"permanent": False, "retry_after": 60.0})),
        (said(80007, headers={"Retry-After": "7"}), (SendError, {"retry_after": 7.0})),
        (said(100), (SendError, {"permanent": True, "lost": False})),
        (said(131000, 500), (SendError, {"permanent": False, "lost": True})),
        (said(2, 500), (SendError, {"permanent": False, "lost": True})),
        (said(424242), (SendError, {"permanent": True})),
        ({"status": 429, "body": b"slow"}, (SendError, {"permanent": False, "retry_after": 60.0})),
        ({"status": 502, "body": b"<html>"}, (SendError, {"permanent": False, "lost": True})),
        ({"half": True}, (SendError, {"permanent": False, "lost": True})),
        ({"lost": True}, (SendError, {"permanent": False, "lost": True})),
        ({"status": 200, "body": b"[1]"}, (SendError, {"permanent": False, "lost": True})),
        ({"status": 200, "body": b'{"messages":[]}'}, (SendError, {"permanent": False, "lost": True})),
    ],
)
def test_what_whatsapp_answers_decides_what_happens_next(
    world: World,
    account: AccountView,
    fault: dict[str, Any],
    expected: tuple[type[Exception], dict[str, Any]],
) -> None:
    post = world.asked(account)
    world.network.faults.arm(on=f"POST /v26.0/{world.number.id}/messages", **fault)
    with pytest.raises(expected[0]) as failed:
        connector.send(account, answer(post, "Palabras privadas"))
    for name, value in expected[1].items():
        assert getattr(failed.value, name) == value, name
    shown = f"{failed.value!r} {failed.value}"
    for secret in (world.network.token, world.network.app_secret, "Palabras"):
        assert secret not in shown


def test_an_answer_of_another_type_is_still_the_answer(world: World, account: AccountView) -> None:
    post = world.asked(account)
    world.network.faults.arm(on="POST /v26.0", content_type="text/html")
    assert connector.send(account, answer(post)).ref["message"] in world.network.out


@pytest.mark.parametrize("code", sorted({code for code, _subcode in VERDICTS}))
def test_every_refusal_has_plain_words(code: int) -> None:
    words = sentence(Problem(400, code))
    assert len(words) > 20
    assert str(code) not in words


def test_what_is_not_in_our_table_is_metas_to_judge() -> None:
    found = judge(Problem(400, 613), writing=True, verdicts=VERDICTS)
    assert isinstance(found, SendError)
    assert not found.permanent


@pytest.mark.parametrize("at_once", [True, False])
def test_who_cannot_be_reached(world: World, account: AccountView, at_once: bool) -> None:
    post = world.asked(account)
    world.ana.unreachable = True
    world.network.late_refusals = not at_once
    if at_once:
        with pytest.raises(SendError, match="cannot be reached") as failed:
            connector.send(account, answer(post))
        assert failed.value.permanent
    else:
        connector.send(account, answer(post))
        (told,) = world.told(account)
        assert "cannot be reached" in told.reason
    world.ana.unreachable = False
    assert connector.send(account, answer(post)).ref


def test_pair_pace_is_waited_for(world: World, account: AccountView) -> None:
    post = world.asked(account)
    for n in range(45):
        world.clock.now += 1.0
        connector.send(account, answer(post, f"{n}"))
    with pytest.raises(SendError, match="slow down") as failed:
        connector.send(account, answer(post))
    assert not failed.value.permanent
    world.clock.now += 300
    connector.send(account, answer(post))


def test_a_file_that_did_not_arrive_was_said_to_nobody(world: World, account: AccountView) -> None:
    from .test_circle import JPEG

    post = world.asked(account)
    world.network.faults.arm(on=f"POST /v26.0/{world.number.id}/media", lost=True)
    with pytest.raises(SendError) as failed:
        connector.send(account, answer(post, "Aquí va", media=(JPEG,)))
    assert (failed.value.permanent, failed.value.lost) == (False, False)
    assert not world.network.out
    connector.send(account, answer(post, "Aquí va", media=(JPEG,)))


def test_a_revoked_token_is_refused_everywhere(world: World, account: AccountView) -> None:
    post = world.asked(account)
    world.network.revoked = True
    assert connector.health(account).state is HealthState.REFUSED
    for attempt in (
        lambda: connector.send(account, answer(post)),
        lambda: connector.templates(account),
        lambda: connector.set_profile(account, "x"),
    ):
        with pytest.raises(Refused):
            attempt()


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        ({}, HealthState.OK, ""),
        ({"quality": "RED"}, HealthState.DEGRADED, "blocked or reported"),
        ({"status": "FLAGGED"}, HealthState.DEGRADED, "FLAGGED"),
        ({"subscribed": False}, HealthState.DEGRADED, "no longer brings"),
        ({"token_ends": 4_000_000_000}, HealthState.OK, ""),
        ({"token_ends": 1_795_000_000}, HealthState.EXPIRING, "ends soon"),
    ],
)
def test_health(
    world: World, account: AccountView, change: dict[str, Any], state: HealthState, words: str
) -> None:
    for name, value in change.items():
        setattr(world.network if hasattr(world.network, name) else world.number, name, value)
    health = connector.health(account)
    assert health.state is state
    assert words in health.detail
    assert (health.expires_at is not None) is bool(world.network.token_ends)


def test_nobody_there(world: World, account: AccountView) -> None:
    post = world.asked(account)
    account.config["address"] = "http://127.0.0.1:1"
    with pytest.raises(SendError) as failed:
        connector.send(account, answer(post))
    assert (failed.value.permanent, failed.value.lost) == (False, False)
    assert connector.health(account).state is HealthState.DEGRADED


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"token": ""}, "token"),
        ({"token": "dos palabras"}, "token"),
        ({"token": "EAAother"}, "token"),
        ({"app_secret": "x"}, "app_secret"),
        ({"app_secret": "f" * 32}, "app_secret"),
        ({"app_id": "siete"}, "app_id"),
        ({"app_id": "710000000000009"}, "app_secret"),
        ({"phone_number_id": "730000000000999"}, "phone_number_id"),
        ({"phone_number_id": "../../me"}, "phone_number_id"),
        ({"waba_id": "720000000000999"}, "waba_id"),
        ({"verify_token": "corto"}, "verify_token"),
        ({"address": "http://graph.example"}, "address"),
        ({"address": "http://127.0.0.1:1"}, ""),
        ({"version": "latest"}, "version"),
    ],
)
def test_connecting_says_plainly_what_is_wrong(world: World, form: dict[str, str], field: str) -> None:
    with pytest.raises(ConnectError) as wrong:
        connector.connect(world.form(**form))
    assert wrong.value.field == field
    assert len(str(wrong.value)) > 20


@pytest.mark.parametrize("scopes", [[], ["whatsapp_business_messaging"]])
def test_a_token_that_may_too_little_is_named(world: World, scopes: list[str]) -> None:
    world.network.scopes = scopes
    with pytest.raises(ConnectError, match="lacks a permission") as wrong:
        connector.connect(world.form())
    assert wrong.value.field == "token"


def test_a_number_of_another_account_is_named(world: World) -> None:
    world.network.faults.arm(on=f"GET /v26.0/{world.network.waba}/phone", status=200, body=b'{"data":[]}')
    with pytest.raises(ConnectError, match="does not belong") as wrong:
        connector.connect(world.form())
    assert wrong.value.field == "waba_id"


def test_connecting_subscribes_the_app(world: World) -> None:
    assert not world.network.subscribed
    found = connector.connect(world.form())
    assert world.network.subscribed
    assert (found.handle, found.name, found.url) == (
        "+34 600 000 001",
        "Condor Air",
        "https://wa.me/34600000001",
    )
    assert found.expires_at is None
