"""Through the consent page and back, and tokens that are renewed in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.channels.contract import AccountView, ConnectError, Refused
from cortafuegos.channels.threads.connector import connector

from .conftest import BACK, STATE, World


def test_whose_account_it_is_and_until_when(world: World, us: AccountView) -> None:
    assert (us.network_id, us.handle) == (f"threads:{world.network.users['condor_air']}", "condor_air")
    ends = datetime.fromisoformat(us.credentials["expires_at"])
    assert timedelta(days=59) < ends - datetime.now(UTC) <= timedelta(days=60)


def test_consent_that_is_not_given(world: World) -> None:
    world.network.signed_in = ""
    with pytest.raises(ConnectError, match="no access"):
        world.account()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("app_id", "12a"),
        ("app_secret", "two words"),
        ("api", "http://graph.example"),
        ("authorize", "javascript:alert(1)"),
    ],
)
def test_what_was_typed_wrong_is_named(world: World, field: str, value: str) -> None:
    with pytest.raises(ConnectError) as wrong:
        connector.begin(world.form(**{field: value}), BACK, STATE)
    assert wrong.value.field == field


def test_a_wrong_secret_and_a_used_code(world: World) -> None:
    with pytest.raises(ConnectError) as wrong:
        world.account(app_secret="nobody-knows")
    assert wrong.value.field == "app_secret"


def test_a_permission_that_is_missing_is_said_when_it_is_needed(world: World, us: AccountView) -> None:
    world.network.tokens[us.credentials["token"]].scopes.remove("threads_manage_mentions")
    with pytest.raises(Refused, match="permission"):
        connector.poll(us, {})


def test_tokens_are_renewed_from_half_their_life_on(us: AccountView) -> None:
    assert connector.renew(us) is None
    soon = (datetime.now(UTC) + timedelta(days=20)).isoformat()
    fresh = connector.renew(replace(us, credentials={**us.credentials, "expires_at": soon}))
    assert fresh is not None
    assert fresh.credentials["token"] != us.credentials["token"]
    assert fresh.credentials["secret"] == us.credentials["secret"]
    assert fresh.expires_at is not None
    assert fresh.expires_at - datetime.now(UTC) > timedelta(days=59)
    after = replace(us, credentials=fresh.credentials)
    assert connector.health(after).state == "ok"


def test_a_token_that_can_no_longer_be_renewed(world: World, us: AccountView) -> None:
    world.network.revoke("condor_air")
    old = replace(us, credentials={**us.credentials, "expires_at": datetime.now(UTC).isoformat()})
    with pytest.raises(Refused):
        connector.renew(old)
