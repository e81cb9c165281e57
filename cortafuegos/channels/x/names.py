"""How people, posts and exchanges are called, for ever and everywhere. Handles change, numbers do not."""

from __future__ import annotations

from cortafuegos.channels.contract import AccountView


def person(user_id: str) -> str:
    return f"x:user:{user_id}"


def post(post_id: str) -> str:
    return f"x:post:{post_id}"


def message(event_id: str) -> str:
    return f"x:message:{event_id}"


def exchange(account: AccountView, other: str) -> str:
    """The private exchange of one of our accounts with a person, or with a group."""
    return f"x:exchange:{number(account.network_id)}:{other}"


def number(network_id: str) -> str:
    return network_id.rpartition(":")[2]


def post_url(web: str, handle: str, post_id: str) -> str:
    return f"{web}/{handle or 'i'}/status/{post_id}"


def web(account: AccountView) -> str:
    return str(account.config.get("web") or "https://x.com")
