"""Every fault the fake can make ends in the exception that the desk knows what to do with."""

from __future__ import annotations

import json

import httpx
import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.channels.meta import graph

from .helpers import account_on, answer, polled, pushed


@pytest.fixture(params=["facebook", "instagram"])
def network(request):
    return request.param


@pytest.fixture
def desk(meta, network):
    """A comment to answer: the connector, its account, and the answer."""
    page = meta.page("Lumbre", instagram="lumbre.energia")
    account = account_on(network, meta.form(page))
    under = meta.post(page, "Hola") if network == "facebook" else meta.medium(page, "Hola")
    meta.comment(meta.person("Ana"), under, "¿y la luz?")
    return registry.connector(network), account, answer(pushed(account, meta)[-1], "Ya vamos.")


def error(code, subcode=0, **more):
    said = {"message": "x", "type": "OAuthException", "code": code, "fbtrace_id": "A1", **more}
    return json.dumps({"error": said | ({"error_subcode": subcode} if subcode else {})}).encode()


def failing(meta, desk, **fault):
    connector, account, outgoing = desk
    meta.faults.arm(on="POST ", **fault)
    with pytest.raises((Refused, SendError)) as failed:
        connector.send(account, outgoing)
    return failed.value


@pytest.mark.parametrize(
    ("fault", "permanent", "lost"),
    [
        ({"status": 500, "body": error(1)}, False, True),
        ({"status": 500, "body": error(2, is_transient=True)}, False, True),
        ({"status": 502, "body": b"<html>bad gateway</html>"}, False, True),
        ({"status": 503}, False, True),
        ({"status": 404, "body": b"<html>captive portal</html>"}, False, False),
        ({"status": 200, "body": b"<html>login</html>"}, False, True),
        ({"status": 200, "body": b"[]"}, False, True),
        ({"status": 200, "body": b"{}"}, False, True),
        ({"status": 200, "body": b'{"id": 7}'}, False, True),
        ({"status": 302, "headers": {"location": "https://elsewhere.example/"}}, False, True),
        ({"half": True}, False, True),
        ({"lost": True}, False, True),
        ({"status": 429}, False, False),
        ({"status": 400, "body": error(4)}, False, False),
        ({"status": 400, "body": error(613)}, False, False),
        ({"status": 400, "body": error(368)}, False, False),
        ({"status": 400, "body": error(100, 33)}, True, False),
        ({"status": 400, "body": error(100)}, True, False),
        ({"status": 400, "body": error(551, 1545041)}, True, False),
        ({"status": 403, "body": error(10, 2018278)}, True, False),
        ({"status": 403, "body": error(10)}, True, False),  # this one thing; health asks for the rest
        ({"status": 403, "body": error(200)}, True, False),
    ],
)
def test_an_answer_that_could_not_go(meta, desk, fault, permanent, lost):
    trouble = failing(meta, desk, **fault)
    assert isinstance(trouble, SendError)
    assert (trouble.permanent, trouble.lost) == (permanent, lost)
    connector, account, outgoing = desk
    assert connector.send(account, outgoing).network_id  # and it recovers by itself


@pytest.mark.parametrize("body", [error(190), error(190, 460), error(102), b""])
def test_credentials_that_no_longer_hold(meta, desk, body):
    assert isinstance(failing(meta, desk, status=401, body=body), Refused)


def test_reading_without_permission_is_for_a_person_to_mend(meta, desk):
    connector, account, _outgoing = desk
    meta.tokens[account.credentials["token"]].scopes.clear()
    with pytest.raises(Refused, match="permission"):
        connector.poll(account, {})


def test_a_wrong_content_type_is_no_trouble(meta, desk):
    connector, account, outgoing = desk
    meta.faults.arm(on="POST ", content_type="text/html")
    assert connector.send(account, outgoing).network_id


def test_a_limit_is_waited_out_as_long_as_the_header_says(meta, desk):
    connector, account, outgoing = desk
    meta.limited_minutes = 7
    for do in (lambda: connector.send(account, outgoing), lambda: connector.poll(account, {})):
        with pytest.raises(SendError) as limited:
            do()
        assert (limited.value.retry_after, limited.value.lost) == (420.0, False)
    told = failing(meta, desk, status=429, headers={"retry-after": "30"})
    assert told.retry_after == 30.0


def test_polling_rests_when_the_limit_is_near(meta, desk):
    connector, account, _outgoing = desk
    meta.usage["total_time"] = 97
    one = connector.poll(account, {})
    assert (one.rest, one.more) == (60.0, False)
    assert one.cursor["todo"], "what was not asked for is kept for the next time"
    meta.usage["total_time"] = 3
    found, _cursor = polled(account, one.cursor)
    assert any(post.text == "¿y la luz?" for post in found)


def test_nothing_was_sent_where_nobody_listens(meta, desk):
    connector, account, outgoing = desk
    account.config["graph"] = "http://127.0.0.1:9"
    with pytest.raises(SendError) as away:
        connector.send(account, outgoing)
    assert (away.value.permanent, away.value.lost) == (False, False)


def test_a_silent_meta_is_not_waited_for(meta, desk, monkeypatch):
    connector, account, outgoing = desk
    quick = httpx.Client(timeout=0.3)
    monkeypatch.setattr(graph, "_shared", quick)
    meta.faults.arm(on="POST ", delay=1.0)
    with pytest.raises(SendError) as slow:
        connector.send(account, outgoing)
    assert (slow.value.permanent, slow.value.lost) == (False, True)
    quick.close()


def test_a_round_goes_on_where_trouble_stopped_it(meta, desk):
    connector, account, _outgoing = desk
    meta.faults.arm(on="GET ", status=500)
    with pytest.raises(SendError):
        connector.poll(account, {})
    page = next(iter(meta.pages.values()))
    meta.message(meta.person("Luis"), page, "hola", instagram=account.network == "instagram")
    busy = "feed" if account.network == "facebook" else "media"
    own = account.network_id.partition(":")[2]
    meta.faults.arm(on=f"GET /v26.0/{own}/{busy}", status=500)
    one = connector.poll(account, {})
    assert [post.text for d in one.deliveries for post in connector.read(account, d)] == ["hola"]
    rest, _cursor = polled(account, one.cursor)
    assert "¿y la luz?" in [post.text for post in rest]


def test_no_words_of_customers_or_secrets_in_any_error(meta, desk):
    _connector, account, outgoing = desk
    secret = account.credentials["token"]
    for fault in ({"status": 400, "body": error(100, message=f"{outgoing.text} {secret}")}, {"lost": True}):
        trouble = failing(meta, desk, **fault)
        assert outgoing.text not in str(trouble)
        assert secret not in repr(trouble)
