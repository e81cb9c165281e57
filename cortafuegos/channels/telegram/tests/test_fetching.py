"""What somebody sent to the bot, fetched with its token when an agent looks; and what never is."""

from __future__ import annotations

import dataclasses
import logging

import pytest

from cortafuegos.channels import fetching
from cortafuegos.channels.contract import AccountView, Refused, SendError
from cortafuegos.channels.telegram.connector import connector

from .conftest import World

JPEG = b"\xff\xd8" + b"x" * 90


def sent(world: World, account: AccountView, **what: object) -> dict[str, object]:
    world.network.says(world.ana, world.chat, "mira", **what)
    return world.heard(account)[-1].ref


def test_each_file_comes_from_its_own_place(world: World, account: AccountView) -> None:
    ref = sent(world, account, photo=JPEG)
    assert connector.fetch(account, ref, 0).body == JPEG
    ref = sent(world, account, document=("factura.pdf", "application/pdf", b"%PDF-1.7"))
    assert connector.fetch(account, ref, 0).body == b"%PDF-1.7"


@pytest.mark.parametrize(
    "ref", [{}, {"files": []}, {"files": [7]}, {"files": "AgAC"}, {"files": ["AgACgone"]}]
)
def test_what_is_gone_says_so(world: World, account: AccountView, ref: dict[str, object]) -> None:
    with pytest.raises(fetching.Expired):
        connector.fetch(account, ref, 0)


def test_the_place_is_never_another(
    world: World, account: AccountView, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the network says of where it lies, the token goes to the bot's own server only, and
    stands in no log and no error."""
    ref = sent(world, account, photo=JPEG)
    caplog.set_level(logging.DEBUG)
    for path in ("../../../etc/passwd", "@evil.example/x", "//evil.example/x", "?a=b#c", "a/../../b"):
        with world.network.lock:
            for name, file in world.network.files.items():
                world.network.files[name] = dataclasses.replace(file, path=path)
        try:
            found = connector.fetch(account, ref, 0).body
        except (fetching.Expired, SendError) as error:
            assert account.credentials["token"] not in repr(error)
        else:
            assert found == JPEG
    ours = [one for one in caplog.records if one.name.startswith("cortafuegos")]
    assert not any(account.credentials["token"] in one.getMessage() for one in ours)


def test_too_much_is_cut_off(world: World, account: AccountView, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = sent(world, account, photo=JPEG)
    monkeypatch.setattr(fetching, "MOST_BYTES", 50)
    with pytest.raises(SendError, match="larger"):
        connector.fetch(account, ref, 0)


def test_a_revoked_token_is_told(world: World, account: AccountView) -> None:
    ref = sent(world, account, photo=JPEG)
    wrong = dataclasses.replace(account, credentials={"token": "7:nobody"})
    with pytest.raises(Refused):
        connector.fetch(wrong, ref, 0)
