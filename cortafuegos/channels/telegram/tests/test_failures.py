"""Every trouble ends in the exception that says what to do next."""

from __future__ import annotations

import json

import pytest

from cortafuegos.channels.contract import AccountView, ConnectError, HealthState, Refused, SendError
from cortafuegos.channels.telegram.connector import connector

from .conftest import World, answer


def said(code: int, words: str, **parameters: object) -> dict:
    body = {"ok": False, "error_code": code, "description": words}
    return {"status": code, "body": json.dumps({**body, "parameters": parameters}).encode()}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (said(401, "Unauthorized"), (Refused, {})),
        (said(404, "Not Found"), (Refused, {})),
        ({"status": 401, "body": b"<html>"}, (Refused, {})),
        (said(429, "Too Many Requests: retry after 7", retry_after=7), (SendError, {"retry_after": 7.0})),
        (said(429, "Too Many Requests"), (SendError, {"permanent": False, "retry_after": 30.0})),
        (said(429, "Too Many Requests", retry_after=99_999), (SendError, {"retry_after": 900.0})),
        (
            {"status": 429, "headers": {"retry-after": "9"}, "body": b"<html>"},
            (SendError, {"retry_after": 9.0}),
        ),
        (said(500, "Internal Server Error"), (SendError, {"permanent": False, "lost": True})),
        ({"status": 502, "body": b"<html>Bad Gateway"}, (SendError, {"permanent": False, "lost": True})),
        ({"status": 302, "headers": {"Location": "/x"}}, (SendError, {"permanent": False})),
        ({"half": True}, (SendError, {"permanent": False, "lost": True})),
        ({"lost": True}, (SendError, {"permanent": False, "lost": True})),
        ({"status": 200, "body": b"[1]"}, (SendError, {"permanent": False, "lost": True})),
        ({"status": 200, "body": b'{"ok":true,"result":{}}'}, (SendError, {"lost": True})),
        (said(400, "Bad Request: something new"), (SendError, {"permanent": True, "lost": False})),
    ],
)
def test_what_telegram_answers_decides_what_happens_next(
    world: World, account: AccountView, fault: dict, expected: tuple
) -> None:
    world.network.says(world.ana, world.chat, "hola")
    (post,) = world.heard(account)
    world.network.faults.arm(on=f"POST /bot{world.bot.token}/sendMessage", **fault)
    with pytest.raises(expected[0]) as failed:
        connector.send(account, answer(post))
    for name, value in expected[1].items():
        assert getattr(failed.value, name) == value, name
    assert world.bot.token not in f"{failed.value!r} {failed.value}"
    assert failed.value.__cause__ is None
    if b"something new" in fault.get("body", b""):
        assert "something new" in failed.value.reason


def test_an_answer_of_another_type_is_still_the_answer(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    (post,) = world.heard(account)
    world.network.faults.arm(on=f"POST /bot{world.bot.token}/sendMessage", content_type="text/html")
    assert connector.send(account, answer(post)).ref["message"] in world.chat.messages


@pytest.mark.parametrize("trouble", ["blocked", "deleted", "kicked", "target", "pace", "long"])
def test_what_the_fake_refuses_by_itself(world: World, account: AccountView, trouble: str) -> None:
    group = world.network.group("Viajeros", world.bot)
    chat = group if trouble in ("kicked", "target") else world.chat
    asked = world.network.says(world.ana, chat, "@condor_air_bot hola")
    (post,) = world.heard(account)
    text = "x" * 4097 if trouble == "long" else "hola"
    match trouble:
        case "blocked":
            world.network.blocks(world.ana, world.bot)
            assert world.heard(account) == []
        case "deleted":
            world.ana.deleted = True
        case "kicked":
            group.out.add(world.bot.id)
        case "target":
            world.network.deletes(group, asked)
        case "pace":
            for n in range(5):
                connector.send(account, answer(post, f"{n}"))
    with pytest.raises(SendError) as failed:
        connector.send(account, answer(post, text))
    words = {"blocked": "blocked the bot", "deleted": "no longer exists", "kicked": "no longer in this group",
             "target": "was deleted", "pace": "slow down", "long": "too long"}  # fmt: skip
    assert words[trouble] in failed.value.reason
    assert failed.value.permanent is (trouble != "pace")
    assert failed.value.lost is False
    if trouble == "pace":
        assert 1 <= failed.value.retry_after <= 5
        world.clock.now += failed.value.retry_after
        connector.send(account, answer(post, text))
    if trouble == "blocked":
        world.network.blocks(world.ana, world.bot, blocked=False)
        connector.send(account, answer(post, text))


def test_in_private_an_answer_outlives_what_it_answers(world: World, account: AccountView) -> None:
    asked = world.network.says(world.ana, world.chat, "hola")
    (post,) = world.heard(account)
    world.network.deletes(world.chat, asked)
    sent = connector.send(account, answer(post))
    assert "reply_to_message" not in world.chat.messages[sent.ref["message"]]


def test_a_bot_with_two_readers_says_so_and_recovers(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    world.bot.webhook = "https://elsewhere.example/hook"
    with pytest.raises(SendError, match="Only one can") as failed:
        connector.poll(account, {})
    assert not failed.value.permanent
    assert connector.health(account).state is HealthState.DEGRADED
    world.bot.webhook = ""
    assert len(connector.poll(account, {}).deliveries) == 1
    assert connector.health(account).state is HealthState.OK


def test_a_revoked_token_is_refused_everywhere(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    (post,) = world.heard(account)
    world.bot.revoked = True
    assert connector.health(account).state is HealthState.REFUSED
    for attempt in (
        lambda: connector.poll(account, {}),
        lambda: connector.send(account, answer(post)),
        lambda: connector.set_profile(account, "x"),
        lambda: connector.withdraw(account, "", {"chat": 1, "message": 1}, public=False),
    ):
        with pytest.raises(Refused):
            attempt()


def test_nobody_there(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    (post,) = world.heard(account)
    account.config["server"] = "http://127.0.0.1:1"
    with pytest.raises(SendError) as failed:
        connector.send(account, answer(post))
    assert (failed.value.permanent, failed.value.lost) == (False, False)
    assert connector.health(account).state is HealthState.DEGRADED


@pytest.mark.parametrize("body", [b"{}", b'{"ok":true,"result":7}', b'{"ok":true,"result":[1,{"a":1}]}'])
def test_a_poll_that_brings_nonsense_stores_none_of_it(
    world: World, account: AccountView, body: bytes
) -> None:
    world.network.says(world.ana, world.chat, "hola")
    world.network.faults.arm(status=200, body=body)
    try:
        polled = connector.poll(account, {"offset": 1})
    except SendError as failed:
        assert not failed.permanent
    else:
        assert not polled.deliveries
    assert len(connector.poll(account, {}).deliveries) == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"token": ""}, "token"),
        ({"token": "no token"}, "token"),
        ({"token": "12:../../etc/passwd/aaaaaaaaaaaa"}, "token"),
        ({"token": "12:" + "a" * 35}, "token"),
        ({"server": "http://telegram.example"}, "server"),
        ({"server": "http://127.0.0.1:1"}, "server"),
        ({"server": "https://[x"}, "server"),
        ({"webhook": "http://desk.example/in/x"}, "webhook"),
        ({"webhook": "https://desk.example:8000/in/x"}, "webhook"),
        ({"webhook": "desk.example"}, "webhook"),
    ],
)
def test_connecting_says_plainly_what_is_wrong(world: World, form: dict, field: str) -> None:
    with pytest.raises(ConnectError) as wrong:
        connector.connect({"token": world.bot.token, "server": world.address, **form})
    assert wrong.value.field == field
    assert len(str(wrong.value)) > 20
