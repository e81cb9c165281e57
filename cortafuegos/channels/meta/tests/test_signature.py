"""Nobody but Meta gets a push in."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.channels.contract import Delivery, Forged
from cortafuegos.channels.meta import signature

SECRET = "0123456789abcdef0123456789abcdef"
BODY = '{"object":"page","entry":[{"id":"1","text":"¿qué?"}]}'.encode()


def pushed(header: str | None, body: bytes = BODY) -> Delivery:
    return Delivery("", body, {} if header is None else {signature.HEADER: header})


def test_it_is_the_hmac_that_meta_documents():
    by_hand = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
    assert signature.sign(SECRET, BODY) == f"sha256={by_hand}"
    signature.verify(SECRET, pushed(f"sha256={by_hand}"))


GOOD = signature.sign(SECRET, BODY)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        GOOD.removeprefix("sha256="),
        GOOD.upper(),
        GOOD + " ",
        f"{GOOD}, {GOOD}",
        "sha1=" + hmac.new(SECRET.encode(), BODY, hashlib.sha1).hexdigest(),
        signature.sign("", BODY),
        signature.sign(SECRET + "0", BODY),
        signature.sign(SECRET, BODY + b"\n"),
        "sha256=" + "é" * 64,
        "sha256=" + "\ud800" * 64,
        "sha256=" + "٣" * 64,
    ],
)
def test_any_other_header_is_refused(header):
    with pytest.raises(Forged):
        signature.verify(SECRET, pushed(header))


@given(st.binary(max_size=80), st.binary(min_size=1, max_size=80))
def test_a_signature_is_good_for_its_own_bytes_only(body, more):
    header = signature.sign(SECRET, body)
    signature.verify(SECRET, pushed(header, body))
    with pytest.raises(Forged):
        signature.verify(SECRET, pushed(header, body + more))


@pytest.mark.parametrize("secret", [None, "", 7, ["x"]])
def test_an_account_without_a_secret_believes_nobody(secret):
    with pytest.raises(Forged):
        signature.verify(secret, pushed(signature.sign("", BODY)))


def asked(**changes: str) -> dict[str, str]:
    query = {"hub.mode": "subscribe", "hub.verify_token": "cf_ours", "hub.challenge": "1158201444"}
    return {**query, **{f"hub.{name}": value for name, value in changes.items()}}


def test_the_challenge_comes_back_to_who_knows_the_token():
    assert signature.challenge("cf_ours", asked()) == "1158201444"
    assert signature.challenge([None, "cf_new", "cf_ours"], asked()) == "1158201444"
    assert signature.new_token() != signature.new_token()


@pytest.mark.parametrize(
    ("token", "query"),
    [
        ("cf_ours", asked(verify_token="cf_other")),
        ("cf_ours", asked(verify_token="")),
        ("cf_ours", asked(verify_token="cf_ourś")),
        ("cf_ours", asked(mode="unsubscribe")),
        ("cf_ours", asked(challenge="")),
        ("cf_ours", asked(challenge="9" * 5000)),
        ("cf_ours", {}),
        ("", asked(verify_token="")),
        (None, asked()),
        ([None, "", "cf_new"], asked()),
        ([], asked(verify_token="")),
    ],
)
def test_and_to_nobody_else(token, query):
    with pytest.raises(Forged):
        signature.challenge(token, query)
