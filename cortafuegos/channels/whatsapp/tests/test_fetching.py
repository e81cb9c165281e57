"""What somebody sent on WhatsApp, fetched with our token when an agent looks; and where it never goes."""

from __future__ import annotations

import dataclasses

import pytest

from cortafuegos.channels import fetching
from cortafuegos.channels.contract import AccountView, Refused, SendError
from cortafuegos.channels.whatsapp import line as spoken
from cortafuegos.channels.whatsapp.connector import connector

from .conftest import World

JPEG = b"\xff\xd8" + b"x" * 90


@pytest.fixture
def ref(world: World, account: AccountView) -> dict[str, object]:
    world.network.says(world.ana, world.number, "mira", image=("image/jpeg", JPEG))
    return world.heard(account)[-1].ref


def test_it_comes_with_the_token(account: AccountView, ref: dict[str, object]) -> None:
    assert connector.fetch(account, ref, 0) == fetching.Fetched(JPEG, "image/jpeg")
    with pytest.raises(fetching.Expired):
        connector.fetch(account, ref, 1)


def test_after_thirty_days_it_says_so(world: World, account: AccountView, ref: dict[str, object]) -> None:
    world.network.files.clear()
    with pytest.raises(fetching.Expired, match="30 days"):
        connector.fetch(account, ref, 0)


@pytest.mark.parametrize("named", ["../me", "1/messages", "", "1?fields=x", 'a"b'])
def test_a_strange_name_asks_nothing(account: AccountView, named: str) -> None:
    with pytest.raises(fetching.Expired):
        connector.fetch(account, {"files": [named]}, 0)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/media/1",
        "https://fbsbx.com.evil.example/1",
        "https://evilfbsbx.com/1",
        "http://lookaside.fbsbx.com/1",
        "https://lookaside.fbsbx.com@evil.example/1",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/media/1",
        "file:///etc/passwd",
        "//lookaside.fbsbx.com/1",
        "https://[::1",
    ],
)
def test_the_token_goes_to_nobody_else(
    account: AccountView, ref: dict[str, object], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(spoken.Line, "get", lambda *_args, **_params: {"url": address})
    with pytest.raises(SendError, match="not its own"):
        connector.fetch(account, ref, 0)


def test_a_wrong_token_is_refused(account: AccountView, ref: dict[str, object]) -> None:
    wrong = dataclasses.replace(account, credentials={**account.credentials, "token": "otro"})
    with pytest.raises(Refused):
        connector.fetch(wrong, ref, 0)
