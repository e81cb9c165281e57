"""Demo accounts speak with this machine only, and no link of theirs leads to the real networks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cortafuegos.channels import demo, registry
from cortafuegos.channels.contract import Attachment, Author, Post, Refused
from cortafuegos.channels.models import Account

LOCAL = "http://127.0.0.1:4000"
WHOLE = {
    "x": {"api": LOCAL, "authorize": LOCAL, "web": LOCAL},
    "facebook": {"graph": LOCAL},
    "instagram": {"graph": LOCAL},
    "whatsapp": {"address": LOCAL},
    "telegram": {"server": LOCAL, "webhook": ""},
}
ELSEWHERE = ["https://api.x.com", "http://10.0.0.1", "http://127.0.0.1.example", "http://localhost@x.example",
             "http://[::ffff:8.8.8.8]", "http://[", "//x.com", "http://0.0.0.0"]  # fmt: skip


@pytest.mark.parametrize("network", sorted(WHOLE))
def test_an_account_whose_addresses_are_all_here_may_speak(network):
    config = {**WHOLE[network], "demo": True}
    demo.guard(network, config)
    account = Account(pk=1, network=network, network_id="n", handle="h", config=config)
    assert account.view().config == config


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("network", sorted(WHOLE))
def test_one_address_elsewhere_is_enough_to_refuse(network, address):
    for name in WHOLE[network]:
        account = Account(network=network, config={**WHOLE[network], name: address, "demo": True})
        with pytest.raises(Refused):
            account.view()
    with pytest.raises(Refused):
        demo.guard(network, {**WHOLE[network], "upload": "https://upload.example", "demo": True})


@pytest.mark.parametrize("network", sorted(WHOLE))
def test_an_address_that_is_missing_would_be_the_real_one(network):
    for name in WHOLE[network].keys() - {"webhook"}:
        config = {key: value for key, value in WHOLE[network].items() if key != name}
        with pytest.raises(Refused):
            demo.guard(network, {**config, "demo": True})


def test_real_accounts_are_not_asked():
    for network in registry.networks():
        demo.guard(network, {})
        demo.guard(network, {"api": "https://api.x.com", "demo": "no"})


def test_links_that_leave_the_machine_are_left_out():
    there = "https://x.com/galo_pruebas"
    post = Post(
        network_id="x:post:1",
        author=Author("x:user:1", "galo_pruebas", url=there, avatar=there),
        text="hola",
        posted_at=datetime.now(UTC),
        public=True,
        conversation="x:post:1",
        url=f"{LOCAL}/galo_pruebas/status/1",
        attachments=(Attachment("image", there, alt="una mesa"),),
    )
    found = demo.unlinked(post)
    assert (found.author.url, found.author.avatar, found.url) == ("", "", f"{LOCAL}/galo_pruebas/status/1")
    assert [(file.url, file.alt) for file in found.attachments] == [("", "una mesa")]
