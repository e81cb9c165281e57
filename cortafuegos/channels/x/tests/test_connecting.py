"""Saying yes at X, and staying connected without asking again."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from cortafuegos.channels.contract import (
    AccountView,
    ConnectError,
    HealthState,
    Refused,
    SendError,
)
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake import XNetwork

from .conftest import BACK, STATE, consent, with_credentials


def test_the_consent_page_is_asked_for_what_we_need_and_proves_who_asked(form: dict[str, str]) -> None:
    begun = connector.begin(form, BACK, STATE)
    query = {name: values[0] for name, values in parse_qs(urlsplit(begun.address).query).items()}
    assert begun.address.startswith(form["authorize"])
    assert (query["response_type"], query["state"], query["redirect_uri"]) == ("code", STATE, BACK)
    assert {"tweet.write", "dm.read", "media.write", "offline.access"} <= set(query["scope"].split())
    digest = hashlib.sha256(begun.kept["verifier"].encode()).digest()
    assert query["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert 43 <= len(begun.kept["verifier"]) <= 128  # RFC 7636
    assert begun.kept["verifier"] not in begun.address
    assert form["client_secret"] not in begun.address
    assert connector.begin(form, BACK, STATE).kept["verifier"] != begun.kept["verifier"]


def test_a_connected_account_knows_who_it_is(network: XNetwork, us: AccountView) -> None:
    brand = network.world.user("condor_air")
    assert (us.network_id, us.handle) == (f"x:user:{brand.id}", "condor_air")
    assert us.config["name"] == "Cóndor Air"
    assert us.config["messages"] is True
    assert connector.health(us).state is HealthState.OK
    assert us.credentials["access_token"] not in repr(us)


def test_an_app_without_a_secret_connects_too(network: XNetwork, form: dict[str, str]) -> None:
    network.world.app.client_secret = ""
    kept, query = consent({**form, "client_secret": ""})
    found = connector.finish(kept, query, BACK)
    assert found.handle == "condor_air"
    account = AccountView(1, "x", found.network_id, found.handle, "es", found.config, found.credentials)
    soon = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    assert connector.renew(with_credentials(account, expires_at=soon)) is not None


def test_who_does_not_agree_is_not_connected(network: XNetwork, form: dict[str, str]) -> None:
    network.signed_in = ""
    kept, query = consent(form)
    with pytest.raises(ConnectError) as wrong:
        connector.finish(kept, query, BACK)
    assert "agree" in str(wrong.value.sentence)


@pytest.mark.parametrize(
    "spoil",
    [
        {"state": "another"},
        {"state": ""},
        {"code": ""},
        {"state": "ñ"},
        {"code": "invented"},
    ],
)
def test_an_answer_that_is_not_ours_is_refused(form: dict[str, str], spoil: dict[str, str]) -> None:
    kept, query = consent(form)
    with pytest.raises(ConnectError) as wrong:
        connector.finish(kept, {**query, **spoil}, BACK)
    assert str(wrong.value.sentence).strip()


def test_a_stolen_code_is_worth_nothing_without_what_we_kept(form: dict[str, str]) -> None:
    kept, query = consent(form)
    with pytest.raises(ConnectError):
        connector.finish({**kept, "verifier": "x" * 60}, query, BACK)


def test_a_code_is_good_once(form: dict[str, str]) -> None:
    kept, query = consent(form)
    connector.finish(kept, query, BACK)
    with pytest.raises(ConnectError):
        connector.finish(kept, query, BACK)


def test_a_wrong_secret_is_told_at_the_right_field(form: dict[str, str]) -> None:
    kept, query = consent({**form, "client_secret": "not-it"})
    with pytest.raises(ConnectError) as wrong:
        connector.finish(kept, query, BACK)
    assert wrong.value.field == "client_id"


def test_permissions_that_were_not_given_are_named(form: dict[str, str]) -> None:
    begun = connector.begin(form, BACK, STATE)
    less = begun.address.replace("tweet.write", "").replace("dm.read", "")
    query = parse_qs(urlsplit(httpx.get(less, timeout=5).headers["location"]).query)
    with pytest.raises(ConnectError) as wrong:
        connector.finish(begun.kept, {name: values[0] for name, values in query.items()}, BACK)
    assert "tweet.write" in str(wrong.value.sentence)


def test_a_plan_without_messages_connects_and_says_so(network: XNetwork, form: dict[str, str]) -> None:
    kept, query = consent(form)
    network.faults.arm(
        on="GET /2/dm_events",
        status=403,
        body=b'{"title":"Forbidden","detail":"Not on your plan","type":"about:blank","status":403}',
    )
    found = connector.finish(kept, query, BACK)
    account = AccountView(1, "x", found.network_id, found.handle, "es", found.config, found.credentials)
    assert connector.limits(account, public=False).private is False
    assert connector.limits(account, public=True).length == 280


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("client_id", ""),
        ("client_id", "two words"),
        ("client_secret", "ñandú"),
        ("consumer_secret", "two words"),
        ("api", "http://api.x.example"),
        ("api", "ftp://127.0.0.1"),
        ("web", "javascript:alert(1)"),
        ("authorize", "https://["),
        ("authorize", "https://x.example:port/"),
    ],
)
def test_what_was_mistyped_is_told_before_anybody_is_sent_anywhere(
    form: dict[str, str], field: str, typed: str
) -> None:
    with pytest.raises(ConnectError) as wrong:
        connector.begin({**form, field: typed}, BACK, STATE)
    assert wrong.value.field == field


def test_without_addresses_it_is_x_itself() -> None:
    begun = connector.begin({"client_id": "abcdef"}, BACK, STATE)
    assert begun.address.startswith("https://x.com/i/oauth2/authorize?")
    assert (begun.kept["api"], begun.kept["web"]) == ("https://api.x.com", "https://x.com")
    with pytest.raises(ConnectError):
        connector.connect({"client_id": "abcdef"})


# --- staying connected --------------------------------------------------------------------


def ending(us: AccountView, minutes: float) -> AccountView:
    return with_credentials(us, expires_at=(datetime.now(UTC) + timedelta(minutes=minutes)).isoformat())


def test_a_pass_is_renewed_shortly_before_it_ends_and_not_earlier(us: AccountView) -> None:
    assert connector.renew(us) is None
    found = connector.renew(ending(us, 10))
    assert found is not None
    assert found.expires_at is None  # nobody need be warned of what renews itself
    assert (found.network_id, found.name, found.config) == (us.network_id, "Cóndor Air", us.config)
    assert found.credentials["refresh_token"] != us.credentials["refresh_token"]
    assert found.credentials["consumer_secret"] == us.credentials["consumer_secret"]
    fresh = with_credentials(us, **found.credentials)
    assert connector.health(fresh).state is HealthState.OK
    assert connector.renew(fresh) is None
    with pytest.raises(Refused):  # the old pass ended with the renewal
        connector.poll(us, {})


def test_a_pass_that_ran_out_while_we_slept_is_no_refusal(us: AccountView) -> None:
    slept = ending(us, -60)
    with pytest.raises(SendError) as passing:
        connector.poll(slept, {})
    assert (passing.value.permanent, passing.value.lost) == (False, False)
    found = connector.renew(slept)
    assert found is not None
    assert connector.health(with_credentials(us, **found.credentials)).state is HealthState.OK


def test_a_renewal_pass_that_was_used_is_refused(us: AccountView) -> None:
    connector.renew(ending(us, 10))
    with pytest.raises(Refused) as refused:
        connector.renew(ending(us, 10))
    assert us.credentials["refresh_token"] not in str(refused.value)


def test_a_renewal_that_x_could_not_answer_is_tried_again(network: XNetwork, us: AccountView) -> None:
    network.faults.arm(on="POST /2/oauth2/token", status=503)
    with pytest.raises(SendError) as passing:
        connector.renew(ending(us, 10))
    assert passing.value.permanent is False
    assert connector.renew(ending(us, 10)) is not None


def test_somebody_who_takes_the_app_out_is_noticed_everywhere(network: XNetwork, us: AccountView) -> None:
    network.people.revoke("condor_air")
    assert connector.health(us).state is HealthState.REFUSED
    with pytest.raises(Refused):
        connector.poll(us, {})
    with pytest.raises(Refused):
        connector.renew(ending(us, 10))
