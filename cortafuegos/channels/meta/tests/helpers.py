"""Accounts on the fake, and replies to what they read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cortafuegos.channels import registry
from cortafuegos.channels.contract import AccountView, Outgoing, Post
from cortafuegos.channels.tests.replies import target_of


def account_on(network: str, form: dict[str, str]) -> AccountView:
    """The account that the connect page would make of the form."""
    found = registry.connector(network).connect(form)
    return AccountView(1, network, found.network_id, found.handle, "es", found.config, found.credentials)


def answer(post: Post, text: str, **changes: Any) -> Outgoing:
    values: dict[str, Any] = {"key": "k-1", "public": post.public, "first_attempt_at": datetime.now(UTC)}
    return Outgoing(text=text, target=target_of(post), **{**values, **changes})


def pushed(account: AccountView, meta: Any) -> list[Post]:
    """What waits at the fake, as this account verifies, is given its part of, and reads it."""
    connector, found = registry.connector(account.network), []
    for delivery in meta.pushes():
        connector.verify(account, delivery, datetime.now(UTC))
        for owner, part in connector.split(account, delivery):
            if owner == account.network_id:
                found += connector.read(account, part)
    return found


def polled(account: AccountView, cursor: dict[str, Any] | None = None) -> tuple[list[Post], dict[str, Any]]:
    """A whole round."""
    connector, found = registry.connector(account.network), []
    cursor = cursor or {}
    for _turn in range(200):
        one = connector.poll(account, cursor)
        found += [post for delivery in one.deliveries for post in connector.read(account, delivery)]
        cursor = one.cursor
        if not one.more:
            break
    return found, cursor
