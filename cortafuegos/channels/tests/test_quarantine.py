"""What could not be read is looked at harmlessly, and comes back once."""

from __future__ import annotations

import pytest

from cortafuegos.channels import actions, quarantine
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.channels.tests.test_accounts import FORM
from cortafuegos.team.models import Agent
from cortafuegos.team.tests.world import World, world

__all__ = ["world"]
NASTY = (
    b'{"text": "<script>alert(1)</script> \xe2\x80\xae\xe2\x80\x8b"}\x00\xff\xfe' + b"\xf0\x9f\x98\x80" * 4000
)


def a_receipt(owner: Agent, key: str = "k", body: bytes = NASTY, **more: str) -> Receipt:
    account = Account.objects.filter(brand=owner.brand).first()
    account = account or actions.connect(owner.pk, owner.brand, "webhook", FORM)
    fields = {"state": "quarantined", "reason": "<b>not JSON</b>", **more}
    return Receipt.objects.create(brand=owner.brand, account=account, key=key, body=body, **fields)


def test_a_nasty_payload_is_shown_harmlessly(world: World) -> None:
    receipt = a_receipt(world.lucia)
    client = world.client(world.lucia)
    listed = client.get(world.url("settings/quarantine")).content.decode()
    page = client.get(world.url(f"settings/quarantine/{receipt.pk}")).content.decode()
    for shown in (listed, page):
        assert "<script>alert" not in shown
        assert "<b>not JSON" not in shown
    assert "&lt;script&gt;alert(1)" in page
    for hidden in "\u202e\u200b\0":
        assert hidden not in page
    assert "⟨202E⟩⟨200B⟩" in page
    assert "␀\\xff\\xfe" in page
    assert len(page) < 60_000


def test_the_download_is_the_very_bytes_and_never_a_page(world: World) -> None:
    receipt = a_receipt(world.lucia)
    answer = world.client(world.lucia).get(world.url(f"settings/quarantine/{receipt.pk}/raw"))
    assert answer.content == NASTY
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_receipts_of_another_brand_are_not_there(world: World) -> None:
    theirs = a_receipt(world.olga)
    client = world.client(world.lucia)
    for rest in ("", "/raw"):
        assert client.get(world.url(f"settings/quarantine/{theirs.pk}{rest}")).status_code == 404
    assert client.post(world.url(f"settings/quarantine/{theirs.pk}/replay")).status_code == 404
    client.post(world.url("settings/quarantine/replay"))
    theirs.refresh_from_db()
    assert theirs.state == "quarantined"


@pytest.mark.parametrize("state", ["new", "done"])
def test_what_is_not_quarantined_is_neither_shown_nor_replayed(world: World, state: str) -> None:
    receipt = a_receipt(world.lucia, state=state)
    client = world.client(world.lucia)
    assert client.get(world.url(f"settings/quarantine/{receipt.pk}")).status_code == 404
    assert not actions.replay(receipt)
    receipt.refresh_from_db()
    assert receipt.state == state


def test_one_or_all_come_back_and_only_once(world: World) -> None:
    receipts = [a_receipt(world.lucia, key=f"k{number}") for number in range(3)]
    client = world.client(world.lucia)
    assert ">3</span>" in client.get(world.url("settings/preferences")).content.decode()
    client.post(world.url(f"settings/quarantine/{receipts[0].pk}/replay"))
    assert client.post(world.url(f"settings/quarantine/{receipts[0].pk}/replay")).status_code == 404
    client.post(world.url("settings/quarantine/replay"))
    assert set(Receipt.objects.values_list("state", "reason", "attempts")) == {("new", "", 0)}
    assert actions.replay_all(world.brand.pk) == 0


@pytest.mark.parametrize("body", [b"", b"\n", b"a" * 17, bytes(range(256))])
def test_the_dump_has_every_byte(body: bytes) -> None:
    lines = quarantine.dump(body).split("\n") if body else []
    assert bytes.fromhex("".join(line[8:55] for line in lines)) == body
