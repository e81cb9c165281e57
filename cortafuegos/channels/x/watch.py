"""Posts that their authors deleted after they reached us: X tells of our own deletions only, so the newest
posts of the last day are asked for again, all at once, now and then. Edits arrive as new posts."""

from __future__ import annotations

from datetime import datetime, timedelta

from cortafuegos.channels.contract import AccountView, Delivery, Json

from . import reader
from .people import included
from .values import children, moment_of, number_id
from .wire import call

WATCHED = 100  # posts: the most X gives of what is asked for by number
FOR = timedelta(days=1)
GONE = "resource-not-found"


def remember(watched: list[Json], post: Json, includes: Json) -> list[Json]:
    author = number_id(post.get("author_id"))
    kept = {
        "id": number_id(post.get("id")),
        "author_id": author,
        "username": included(includes, author).get("username", ""),
        "conversation_id": post.get("conversation_id"),
        "first": _first(post),
    }
    return [*(one for one in watched if one.get("first") != kept["first"]), kept][-WATCHED:]


def _first(post: Json) -> str:
    history = post.get("edit_history_post_ids") or post.get("edit_history_tweet_ids")
    return number_id(history[0]) if isinstance(history, list) and history else number_id(post.get("id"))


def look_again(
    account: AccountView, watched: list[Json], now: datetime
) -> tuple[list[Delivery], list[Json], int]:
    """Deliveries for the ones that are gone, the ones that are left, and how many are charged: X
    charges for a post once a day (UTC), however often it is read."""
    fresh = [one for one in watched if number_id(one.get("id")) and now - moment_of(one["id"]) < FOR]
    if not fresh:
        return [], [], 0
    said = call(account, "GET", "/2/tweets", params={"ids": ",".join(one["id"] for one in fresh)}).body
    # Only what X says is gone, is gone: what is merely missing may be hidden, or late.
    gone = {
        number_id(error.get("resource_id") or error.get("value"))
        for error in children(said, "errors")
        if str(error.get("type", "")).endswith(GONE)
    }
    deliveries = [
        reader.deliver_gone({**one, "id": number_id(one.get("first")) or one["id"]})
        for one in fresh
        if one["id"] in gone
    ]
    today = now.date().isoformat()
    charged = sum(one.get("read") != today for one in fresh if one["id"] not in gone)
    return deliveries, [{**one, "read": today} for one in fresh if one["id"] not in gone], charged
