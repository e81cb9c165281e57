"""A network that knows no idempotency keys: sent twice is said twice. One can look, though."""

from __future__ import annotations

from dataclasses import replace

from cortafuegos.channels.contract import AccountView, Found, Outgoing, Sent
from cortafuegos.channels.sandbox.client import call, judge
from cortafuegos.channels.sandbox.connector import Sandbox, _sent


class Plain(Sandbox):
    network = "plain"
    name = "Plain"
    mark = "P"

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return super().send(account, replace(outgoing, key=""))

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        """Our words under the post, said since the first attempt."""
        number = outgoing.target.network_id.rpartition("/")[2]
        said = judge(call(account, "GET", f"/api/posts/{number}/thread"))
        for post in said["posts"]:
            ours = post["author"]["uri"] == account.network_id and post["text"] == outgoing.text
            if ours and post["created_at"] >= outgoing.first_attempt_at.isoformat():
                return _sent(post)
        return Found.ABSENT


connector = Plain()
