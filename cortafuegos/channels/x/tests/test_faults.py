"""Whatever X answers, and however it fails, ends in an exception that says what to do next."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from cortafuegos.channels.contract import AccountView, HealthState, Refused, SendError
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake import XNetwork, problems
from cortafuegos.channels.x.fake.problems import Problem
from cortafuegos.channels.x.refusals import Gone, NoCredit

from .conftest import answer_to, configured, heard, target_of


def answered(problem: Problem) -> dict[str, Any]:
    return {"status": problem.status, "body": json.dumps(problem.body).encode(), "headers": problem.headers}


RESET = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "{soon}"}
DAY = {"x-app-limit-24hour-remaining": "0", "x-app-limit-24hour-reset": "{soon}"}
TRANSIENT, LOST, FINAL = (False, False), (False, True), (True, False)  # permanent, lost


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 500}, LOST),
        ({"status": 502, "body": b"<html>", "headers": {"content-type": "text/html"}}, LOST),
        ({"status": 503}, LOST),
        ({"status": 504}, LOST),
        ({"lost": True}, LOST),
        ({"half": True}, LOST),
        ({"content_type": "text/html"}, LOST),
        ({"status": 200, "body": b"[]"}, LOST),
        ({"status": 200, "body": b'{"data":{}}'}, LOST),
        ({"status": 200, "body": b'{"data":{"id":"../../etc"}}'}, LOST),
        ({"status": 302, "headers": {"location": "https://elsewhere.example/"}}, LOST),
        ({"status": 429, "headers": RESET}, TRANSIENT),
        ({"status": 429}, TRANSIENT),
        (answered(problems.no_credit()), TRANSIENT),
        (answered(problems.forbidden(problems.UNINVITED)), FINAL),
        (answered(problems.forbidden(problems.DUPLICATE)), FINAL),
        (answered(problems.forbidden(problems.INVISIBLE)), FINAL),
        (answered(problems.forbidden(problems.BLOCKED)), FINAL),
        (answered(problems.forbidden(problems.RESTRICTED)), FINAL),
        (answered(problems.forbidden(problems.SCOPE)), FINAL),
        (answered(problems.forbidden("Something new.")), FINAL),
        (answered(problems.forbidden("User has been suspended.")), FINAL),  # whom we answer, not we
        ({"status": 403}, FINAL),
        ({"status": 404}, FINAL),
        ({"status": 413}, FINAL),
        (answered(problems.invalid("text", "", "text is wrong")), FINAL),
    ],
)
def test_what_x_answers_to_an_answer(
    network: XNetwork, us: AccountView, fault: dict[str, Any], outcome: tuple[bool, bool]
) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    soon = str(int(time.time()) + 300)
    headers = {name: value.format(soon=soon) for name, value in fault.get("headers", {}).items()}
    network.faults.arm(on="POST /2/tweets", **{**fault, "headers": headers})
    with pytest.raises(SendError) as failed:
        connector.send(us, answer_to(post, "Hola"))
    assert (failed.value.permanent, failed.value.lost) == outcome
    assert failed.value.reason.endswith((".", ":")) or "X does not take this" in failed.value.reason
    for secret in ("access_token", "refresh_token", "client_secret", "consumer_secret"):
        assert us.credentials[secret] not in repr(failed.value)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        (RESET, (250, 310)),
        (DAY, (250, 310)),
        ({**RESET, **DAY, "x-rate-limit-reset": "1"}, (250, 310)),  # the longest counts
        ({}, (60, 60)),
        ({"x-rate-limit-remaining": "0"}, (60, 60)),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon"}, (60, 60)),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "99999999999"}, (86_400, 86_400)),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1"}, (1, 1)),
    ],
)
def test_how_long_x_wants_to_be_left_alone(
    network: XNetwork, us: AccountView, headers: dict[str, str], wait: tuple[float, float]
) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    soon = str(int(time.time()) + 300)
    told = {name: value.format(soon=soon) for name, value in headers.items()}
    network.faults.arm(on="POST /2/tweets", status=429, headers=told)
    with pytest.raises(SendError) as failed:
        connector.send(us, answer_to(post, "Hola"))
    assert wait[0] <= (failed.value.retry_after or 0) <= wait[1]


def test_the_last_request_of_a_window_says_how_long_to_rest(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    network.limits.allowed["POST /2/tweets"] = 2
    assert connector.send(us, answer_to(post, "Hola")).rest == 0
    assert 0 < connector.send(us, answer_to(post, "Hola otra vez")).rest <= 900
    with pytest.raises(SendError) as refused:
        connector.send(us, answer_to(post, "Y otra"))
    assert 0 < (refused.value.retry_after or 0) <= 900


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (problems.unauthorized(), "Connect the account again"),
        (problems.not_enrolled(), "plan and permissions"),
        (problems.forbidden(problems.SUSPENDED), "suspended"),
    ],
)
def test_what_needs_a_person_is_refused_and_shown(
    network: XNetwork, us: AccountView, problem: Problem, words: str
) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    network.faults.arm(times=3, **answered(problem))
    with pytest.raises(Refused, match=words):
        connector.send(us, answer_to(post, "Hola"))
    with pytest.raises(Refused, match=words):
        connector.poll(us, {})
    health = connector.health(us)
    assert (health.state, words in health.detail) == (HealthState.REFUSED, True)
    assert connector.health(us).state is HealthState.OK  # and it mends itself when X lets us in again


def test_no_credit_is_loud_and_ends_by_itself(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    network.world.app.credit = False
    with pytest.raises(NoCredit) as failed:
        connector.send(us, answer_to(post, "Hola"))
    assert (failed.value.permanent, failed.value.retry_after) == (False, 1_800.0)
    assert connector.health(us).state is HealthState.REFUSED
    network.world.app.credit = True
    assert connector.health(us).state is HealthState.OK
    connector.send(us, answer_to(post, "Hola"))


def test_x_is_not_there_so_nothing_was_sent(us: AccountView) -> None:
    away = configured(us, api="http://127.0.0.1:1")
    assert connector.health(away).state is HealthState.DEGRADED
    with pytest.raises(SendError) as failed:
        connector.poll(away, {})
    assert (failed.value.permanent, failed.value.lost) == (False, False)


def test_a_post_that_is_gone_or_whose_author_blocked_us_cannot_be_answered(
    network: XNetwork, us: AccountView
) -> None:
    first = network.people.mention("ana", "condor_air", "hola")
    network.people.mention("luis", "condor_air", "hola")
    by = {post.author.handle: post for post in heard(us)}
    network.people.delete(first.id)  # under the answer being written
    with pytest.raises(Gone):
        connector.send(us, answer_to(by["ana"], "Hola"))
    network.people.block("luis", "condor_air")
    with pytest.raises(SendError, match="blocked") as refused:
        connector.send(us, answer_to(by["luis"], "Hola"))
    assert refused.value.permanent
    with pytest.raises(SendError, match="direct messages") as closed:
        connector.send(us, answer_to(by["luis"], "Hola", public=False))
    assert closed.value.permanent


def test_closed_messages_are_known_before_and_said_after(network: XNetwork, us: AccountView) -> None:
    network.people.close_messages("luis")
    network.people.mention("luis", "condor_air", "hola")
    (post,) = heard(us)
    assert post.ref["messages"] is False
    with pytest.raises(SendError, match="direct messages"):
        connector.send(us, answer_to(post, "Hola", public=False))


def test_a_post_of_unknown_number_is_not_answered_in_public(us: AccountView, network: XNetwork) -> None:
    network.people.dm("ana", "condor_air", "hola")
    (post,) = heard(us)
    with pytest.raises(SendError, match="private"):
        connector.send(us, replace(answer_to(post, "Hola"), public=True))
    assert connector.thread(us, target_of(post)) == []


@pytest.mark.parametrize("fault", [{"status": 503}, {"half": True}, {"content_type": "text/html"}])
def test_a_thread_that_cannot_be_read_says_why(
    network: XNetwork, us: AccountView, fault: dict[str, Any]
) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    network.faults.arm(on="GET /2/tweets/search", **fault)
    with pytest.raises(SendError) as failed:
        connector.thread(us, target_of(post))
    assert (failed.value.permanent, failed.value.lost) == (False, False)
