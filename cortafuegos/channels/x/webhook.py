"""What X pushes: is it X's, what is it called, whose is it, and what does it say.

Two kinds of events arrive at one address: Account Activity (being retired; ``for_user_id`` and lists of
events) and X Activity (``data`` with one event). Both are signed with the app's API secret key: HMAC-SHA256
of the body, and of no time, so that an old delivery is known by its key alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from cortafuegos.channels.contract import AccountView, Delivery, Forged, Json, Post, Unreadable

from . import messages, names, older, posts
from .values import child, children, number_id, text

HEADER = "x-twitter-webhooks-signature"
LONGEST_TOKEN = 500


def verify(account: AccountView, delivery: Delivery) -> None:
    secret = _secret(account)
    given = delivery.headers.get(HEADER, "")
    if not secret or not hmac.compare_digest(signature(secret, delivery.body).encode(), given.encode()):
        raise Forged("the signature is missing or wrong")


def challenge(account: AccountView, query: Mapping[str, str]) -> dict[str, str]:
    """X asks, by GET, for its token signed: only who holds the secret can."""
    token, secret = query.get("crc_token", ""), _secret(account)
    if not token or len(token) > LONGEST_TOKEN or not secret:
        raise Forged("no challenge, or no secret to answer it with")
    return {"response_token": signature(secret, token.encode())}


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _secret(account: AccountView) -> str:
    return str(account.credentials.get("consumer_secret") or "")


def key(body: Json, raw: bytes) -> str:
    """A push with one post or message has the key that polling gives it: whoever is first, wins."""
    named = [*_named(body)]
    if len(named) == 1:
        return named[0]
    if named:
        return "push:" + hashlib.sha256(" ".join(sorted(named)).encode()).hexdigest()
    return "push:" + hashlib.sha256(raw).hexdigest()


def _named(body: Json) -> list[str]:
    payload = child(child(body, "data"), "payload")
    kind = text(child(body, "data"), "event_type")
    found = [("post", one.get("id_str") or one.get("id")) for one in children(body, "tweet_create_events")]
    found += [("gone", child(one, "status").get("id")) for one in children(body, "tweet_delete_events")]
    for holder in (body, payload):
        found += [("message", one.get("id")) for one in children(holder, "direct_message_events")]
    if kind in _POST_EVENTS:
        found.append(("post", payload.get("id")))
    elif kind == "post.delete":
        found.append(("gone", payload.get("id")))
    return [f"{what}:{number_id(value)}" for what, value in found if number_id(value)]


_POST_EVENTS = ("post.create", "post.mention.create", "post.reply.create")


def whose(body: Json) -> str:
    """The number of the account that an event is about; empty when it names none."""
    return number_id(body.get("for_user_id")) or number_id(
        child(child(body, "data"), "filter").get("user_id")
    )


def split(delivery: Delivery) -> list[tuple[str, Delivery]]:
    try:
        said = json.loads(delivery.body)
    except (ValueError, RecursionError):
        return []
    found = whose(said) if isinstance(said, dict) else ""
    return [(names.person(found), delivery)] if found else []


def read(account: AccountView, body: Json) -> list[Post]:
    owner = whose(body)
    if owner and owner != names.number(account.network_id):
        raise Unreadable("the event is another account's")
    found = (
        _read_activity(account, child(body, "data")) if child(body, "data") else _read_older(account, body)
    )
    return [post for post in found if post is not None]


def _read_activity(account: AccountView, data: Json) -> list[Post | None]:
    kind, payload = text(data, "event_type"), child(data, "payload")
    if not kind:
        raise Unreadable("an event of no kind")
    if kind in _POST_EVENTS:
        return [posts.read(account, payload, child(data, "includes"))]
    if kind == "post.delete":
        return [posts.gone(account, payload)]
    if kind in ("dm.received", "dm.sent"):
        return _messages(account, payload)
    return []  # follows, likes, typing: nothing that somebody said


def _read_older(account: AccountView, body: Json) -> list[Post | None]:
    return [
        *(older.read(account, status) for status in children(body, "tweet_create_events")),
        *(posts.gone(account, _deleted(one)) for one in children(body, "tweet_delete_events")),
        *_messages(account, body),
    ]


def _messages(account: AccountView, holder: Json) -> list[Post | None]:
    users = child(holder, "users")
    return [messages.read_event(account, event, users) for event in children(holder, "direct_message_events")]


def _deleted(event: Json) -> Json:
    status = child(event, "status")
    return {"id": status.get("id"), "author_id": status.get("user_id")}
