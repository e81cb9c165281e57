from __future__ import annotations

import pytest

from cortafuegos.channels.contract import AccountView, Kind
from cortafuegos.channels.mastodon import watch
from cortafuegos.channels.mastodon.connector import connector
from e2e.networks.mastodon import MastodonServer

pytestmark = pytest.mark.network_twin


def test_edits_and_deletions_are_noticed(server: MastodonServer, marca: AccountView) -> None:
    ana = server.client("ana")
    first, second = ana.status_post("@marca una"), ana.status_post("@marca dos", visibility="direct")
    polled = connector.poll(marca, {})
    assert len(polled.deliveries) == 2
    assert not connector.poll(marca, polled.cursor).deliveries

    ana.status_update(first.id, "@marca una y media")
    ana.status_delete(second.id)
    changed = connector.poll(marca, polled.cursor)
    edit, delete = (connector.read(marca, delivery)[0] for delivery in changed.deliveries)
    assert (edit.kind, edit.network_id, edit.text) == (Kind.EDIT, first.uri, "@marca una y media")
    assert (delete.kind, delete.network_id, delete.text) == (Kind.DELETE, second.uri, "")
    assert delete.author.network_id == edit.author.network_id
    assert not delete.public
    assert edit.edited_at is not None
    assert edit.edited_at > edit.posted_at == first.created_at
    assert not connector.poll(marca, changed.cursor).deliveries


def test_what_cannot_be_looked_at_again_is_not_called_deleted(
    server: MastodonServer, marca: AccountView
) -> None:
    server.client("ana").status_post("@marca una")
    polled = connector.poll(marca, {})
    for fault in ({"status": 404}, {"status": 500}, {"status": 200, "body": []}):
        server.fault("/api/v1/statuses", **fault)
        again = connector.poll(marca, polled.cursor)
        assert not again.deliveries
        assert again.cursor == polled.cursor


def test_many_posts_are_looked_at_in_turns() -> None:
    old = {"id": "0", "created_at": "2020-01-01T00:00:00Z", "account": {}}
    watched = [old]
    for n in range(1, watch.WATCHED + 40):
        watched = watch.remember(watched, {"id": str(n), "uri": "u", "account": {"acct": "ana"}, "card": "x"})
    assert len(watched) == watch.WATCHED
    assert watched[-1]["account"]["acct"] == "ana"
    assert "card" not in watched[-1]
