"""`channel check --write` on Bluesky: an answer to a post of our own, found and gone again."""

from __future__ import annotations

import pytest

from cortafuegos.channels.contract import SendError
from cortafuegos.channels.tests.replies import rehearsed


def test_a_full_circle_leaves_nothing(desk):
    with pytest.raises(SendError, match="Post something on Bluesky first"):
        desk.connector.rehearsal(desk.account)
    client = desk.network.client(desk.person)
    own = client.send_post("Volamos con normalidad.")
    desk.network.eventually(lambda: client.get_posts([own.uri]).posts)  # until the app view knows it
    target, public = desk.connector.rehearsal(desk.account)
    assert (target.network_id, public) == (own.uri, True)
    sent = rehearsed(desk.connector, desk.account)
    desk.connector.withdraw(desk.account, sent.network_id, sent.ref, public=True)  # gone: no error
    assert desk.connector.rehearsal(desk.account)[0].network_id == own.uri


@pytest.mark.parametrize("name", ["at://did:plc:other/app.bsky.feed.post/1", "", "x", "at://"])
def test_what_is_not_our_post_is_not_deleted(desk, name):
    for public in (True, False):
        with pytest.raises(SendError) as refused:
            desk.connector.withdraw(desk.account, name, {}, public=public)
        assert refused.value.permanent
