"""What every connector's tests need: the message being answered, made of a post that was read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cortafuegos.channels.capabilities import target_of
from cortafuegos.channels.contract import AccountView, Found, Outgoing, Post, Sent

__all__ = ["target_of"]


def answer(post: Post, text: str, **changes: Any) -> Outgoing:
    """In the way the post was said (``public=False`` for the other), first tried just now."""
    values: dict[str, Any] = {"key": "k-1", "public": post.public, "first_attempt_at": datetime.now(UTC)}
    return Outgoing(text=text, target=target_of(post), **{**values, **changes})


def rehearsed(connector: Any, account: AccountView) -> Sent:
    """Write what ``rehearsal`` offers, find it, take it back; looked for again, it is not there."""
    target, public = connector.rehearsal(account)
    outgoing = Outgoing("k-rehearsal", "Cortafuegos, 12:00:00", public, target, datetime.now(UTC))
    sent = connector.send(account, outgoing)
    found = connector.find(account, outgoing)
    assert isinstance(found, Sent)
    assert found.network_id == sent.network_id
    connector.withdraw(account, sent.network_id, sent.ref, public=public)
    assert connector.find(account, outgoing) is Found.ABSENT
    return sent
