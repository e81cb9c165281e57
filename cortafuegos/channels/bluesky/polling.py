"""Fetching what is new: notifications from the app view, direct messages from the chat service."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from ..contract import AccountView, Delivery, Polled
from . import messages, reader, sweep
from .session import Sessions
from .values import Json, child
from .xrpc import NoAnswer, XrpcError

REASONS = ("mention", "reply", "quote")
PAGE = 100
BATCH = 25  # profiles or posts in one look-up


def poll(sessions: Sessions, account: AccountView, cursor: Json, now: datetime | None = None) -> Polled:
    now = now or datetime.now(UTC)
    swept = sweep.sweep(_pages(sessions, account), child(cursor, "notifications"), now)
    chat = messages.poll(sessions, account, child(cursor, "messages"), now)
    posts = _posts(sessions, account, swept.found)
    everyone = [child(item, "author").get("did") for item in swept.found]
    everyone += [child(item, "sender").get("did") for item in chat.found]
    profiles = _profiles(sessions, account, everyone)
    deliveries = [
        *(_notification(item, posts, profiles) for item in [*swept.late, *swept.found]),
        *(_message(item, profiles) for item in chat.found),
    ]
    state = {"notifications": swept.state, "messages": chat.state}
    return Polled(deliveries, state, more=swept.more or chat.more)


def delivery(key: str, shape: str, body: Json) -> Delivery:
    marked = {"$type": shape, **{name: value for name, value in body.items() if name != "$type"}}
    return Delivery(key, json.dumps(marked, ensure_ascii=True).encode())


def _pages(sessions: Sessions, account: AccountView) -> sweep.Fetch:
    def fetch(page: str | None) -> tuple[Sequence[Json], str | None]:
        # Priority would hide those whom the account does not follow: that is, the customers.
        params: Json = {"limit": PAGE, "reasons": list(REASONS), "priority": "false"}
        if page:
            params["cursor"] = page
        answer = sessions.call(account, "app.bsky.notification.listNotifications", params=params)
        items = [item for item in _list(answer.get("notifications")) if item.get("reason") in REASONS]
        following = answer.get("cursor")
        return items, following if isinstance(following, str) and following else None

    return fetch


def _notification(item: Json, posts: dict[str, Json], profiles: dict[str, Json]) -> Delivery:
    more = {
        "post": posts.get(str(item.get("uri"))),
        "profile": profiles.get(str(child(item, "author").get("did"))),
    }
    body = {**item, **{name: value for name, value in more.items() if value}}
    return delivery(sweep.key(item), reader.NOTIFICATION, body)


def _message(item: Json, profiles: dict[str, Json]) -> Delivery:
    profile = profiles.get(str(child(item, "sender").get("did")))
    body = {**item, "profile": profile} if profile else item
    return delivery(messages.key(item), reader.MESSAGE, body)


def _posts(sessions: Sessions, account: AccountView, items: Sequence[Json]) -> dict[str, Json]:
    """Views of the posts that carry something: a notification names files only by their hash."""
    uris = [item.get("uri") for item in items if child(child(item, "record"), "embed")]

    def ask(some: list[str]) -> Any:
        return sessions.call(account, "app.bsky.feed.getPosts", params={"uris": some}).get("posts")

    return _looked_up(uris, "uri", ask)


def _profiles(sessions: Sessions, account: AccountView, dids: Sequence[Any]) -> dict[str, Json]:
    """Longer views of the people, who tell how many follow them."""

    def ask(some: list[str]) -> Any:
        return sessions.call(account, "app.bsky.actor.getProfiles", params={"actors": some}).get("profiles")

    return _looked_up(dids, "did", ask)


def _looked_up(names: Iterable[Any], name: str, ask: Callable[[list[str]], Any]) -> dict[str, Json]:
    wanted = sorted({each for each in names if isinstance(each, str) and each})
    found: dict[str, Json] = {}
    for start in range(0, len(wanted), BATCH):
        try:
            found |= {str(item.get(name)): item for item in _list(ask(wanted[start : start + BATCH]))}
        except (XrpcError, NoAnswer):
            break  # what was said matters more than this: go on without
    return found


def _list(value: Any) -> list[Json]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
