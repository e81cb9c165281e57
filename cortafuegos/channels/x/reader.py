"""Stored payloads, as posts. Pure: what polling looked up lies beside the post in the body.

A polled body is ``{"type": "post" | "message" | "gone", ...}``; everything else is a push of X's own.
"""

from __future__ import annotations

import json

from cortafuegos.channels.contract import AccountView, Delivery, Json, Post, Unreadable

from . import messages, posts, webhook
from .values import child


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    body = parsed(delivery.body)
    try:
        match body.get("type"):
            case "post":
                found = [posts.read(account, child(body, "post"), child(body, "includes"))]
            case "message":
                found = [messages.read(account, child(body, "event"), child(body, "includes"))]
            case "gone":
                found = [posts.gone(account, child(body, "post"))]
            case _:
                if not (child(body, "data") or "for_user_id" in body):
                    raise Unreadable("neither a polled post nor an event of X")
                return webhook.read(account, body)
    except (ValueError, OverflowError, RecursionError) as wrong:
        raise Unreadable(f"not what X sends: {type(wrong).__name__}") from None
    return [post for post in found if post is not None]


def parsed(raw: bytes) -> Json:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable(f"not JSON: {type(wrong).__name__}") from None
    if not isinstance(body, dict):
        raise Unreadable("not a JSON object")
    return body


def deliver_post(post: Json, includes: Json) -> Delivery:
    return _deliver(f"post:{post.get('id')}", {"type": "post", "post": post, "includes": includes})


def deliver_message(event: Json, includes: Json) -> Delivery:
    return _deliver(f"message:{event.get('id')}", {"type": "message", "event": event, "includes": includes})


def deliver_gone(post: Json) -> Delivery:
    return _deliver(f"gone:{post.get('id')}", {"type": "gone", "post": post})


def _deliver(key: str, body: Json) -> Delivery:
    return Delivery(key, json.dumps(body, ensure_ascii=True).encode())
