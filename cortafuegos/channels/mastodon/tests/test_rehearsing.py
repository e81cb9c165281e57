"""`channel check --write` on Mastodon: a direct post to ourselves, found and gone again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cortafuegos.channels.contract import SendError
from cortafuegos.channels.mastodon.connector import connector
from cortafuegos.channels.tests.replies import rehearsed


def test_a_full_circle_that_nobody_else_can_read(server, marca):
    server.client("marca").status_post("Volamos con normalidad.")
    sent = rehearsed(connector, marca)
    assert sent.ref["visibility"] == "direct"
    connector.withdraw(marca, sent.network_id, sent.ref, public=False)  # gone already: no error


def test_an_account_that_never_said_anything_hears_what_would_help(server, marca):
    with pytest.raises(SendError, match="Post something on Mastodon first"):
        connector.rehearsal(marca)


def test_a_post_of_another_server_is_not_ours_to_delete(marca):
    ref = {"server": "https://elsewhere.example", "id": "1"}
    with pytest.raises(SendError) as refused:
        connector.withdraw(replace(marca), "x", ref, public=True)
    assert refused.value.permanent
