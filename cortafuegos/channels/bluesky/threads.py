"""The public thread around a post, as deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract import AccountView, Delivery, Target, Unreadable
from . import reader
from .polling import delivery
from .richtext import mentions
from .session import Sessions
from .values import Json, child
from .xrpc import XrpcError

DEPTH = 100
HEIGHT = 80
MOST = 500  # posts of one thread: enough to see, not enough to drown in
NOTICED = 5  # levels up to which the network tells the author of a post of answers below it


def thread(sessions: Sessions, account: AccountView, target: Target) -> list[Delivery]:
    if not target.public:
        return []
    root = str(child(target.ref, "root").get("uri") or target.network_id)
    found = _posts(account, _view(sessions, account, root))
    if all(body.get("uri") != target.network_id for _, body in found):
        # Its root is gone, or it lies too deep below it: look from the post itself.
        found += _posts(account, _view(sessions, account, target.network_id))
    unique = {f"{shape} {body.get('uri')} {body.get('cid')}": (shape, body) for shape, body in found}
    return [delivery(f"thread {key}", shape, body) for key, (shape, body) in unique.items()][:MOST]


def _view(sessions: Sessions, account: AccountView, uri: str) -> Json:
    params = {"uri": uri, "depth": DEPTH, "parentHeight": HEIGHT}
    try:
        return child(sessions.call(account, "app.bsky.feed.getPostThread", params=params), "thread")
    except XrpcError as error:
        if error.name != "NotFound":
            raise
        return {"$type": reader.GONE, "uri": uri, "notFound": True}


def _posts(account: AccountView, view: Json) -> list[tuple[str, Json]]:
    """Parents first, then down the branches; blocked posts are not ours to see."""
    above: list[Json] = []
    while view_above := child(view if not above else above[-1], "parent"):
        above.append(view_above)
    line: tuple[Json, ...] = ()  # the posts from the root down to the one at hand
    found = []
    for node in reversed(above):
        found += list(_one(account, node, line))
        line = (*line, child(node, "post"))
    waiting: list[tuple[Json, tuple[Json, ...]]] = [(view, line)]
    while waiting:
        node, line = waiting.pop()
        found += list(_one(account, node, line))
        replies: Any = node.get("replies")
        below = [reply for reply in replies if isinstance(reply, dict)] if isinstance(replies, list) else []
        waiting += [(reply, (*line[-NOTICED:], child(node, "post"))) for reply in reversed(below)]
    return found


def _one(account: AccountView, node: Json, line: tuple[Json, ...]) -> Iterator[tuple[str, Json]]:
    post = child(node, "post")
    if post:
        yield reader.POST, {**post, "continues": _continues(account.network_id, post, line)}
    elif node.get("notFound") is True and _is_post(node.get("uri")):
        yield reader.GONE, {"uri": node["uri"], "notFound": True}


def _continues(me: str, post: Json, line: tuple[Json, ...]) -> bool:
    """Goes on, without naming us again, with what the same author said to us just above."""
    author = child(post, "author").get("did")
    for above in reversed(line[-NOTICED:]):
        writer = child(above, "author").get("did")
        if writer == me:
            return True
        if writer != author:
            return False
        if me in mentions(child(above, "record").get("facets")):
            return True
    return False


def _is_post(uri: Any) -> bool:
    try:
        reader.parts(uri if isinstance(uri, str) else "")
    except Unreadable:
        return False
    return True
