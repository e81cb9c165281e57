"""From Bluesky's JSON to posts. Pure: the same bytes give the same posts for ever.

A delivery's body is one object as Bluesky gave it, marked with ``$type`` (its own way to name a shape):
a notification, a post of a thread, a post that is gone, or a direct message. ``poll`` adds
what belongs to it under ``post``, ``profile`` or ``convo``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from ..contract import AccountView, Author, Delivery, Kind, Post, Unreadable
from . import embeds, tid
from .richtext import mentions, with_full_links
from .values import Json, child, find_time, readable, text_of, web_address

NOTIFICATION = "app.bsky.notification.listNotifications#notification"
POST = "app.bsky.feed.defs#postView"
GONE = "app.bsky.feed.defs#notFoundPost"
MESSAGE = "chat.bsky.convo.defs#messageView"

CLOCK_TOLERANCE = timedelta(days=1)

_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,512}")
_POST_URI = re.compile(rf"at://({_DID.pattern})/app\.bsky\.feed\.post/([A-Za-z0-9._:~-]{{1,512}})")
_NAME = re.compile(r"[A-Za-z0-9._:~-]{1,512}")  # of records, contents and conversations
_LANGUAGE = re.compile(r"([a-z]{2,3})(-|$)", re.IGNORECASE)


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    try:
        body = json.loads(delivery.body)
    except (ValueError, RecursionError):
        raise Unreadable("The payload is not JSON.") from None
    if not isinstance(body, dict):
        raise Unreadable("The payload is not a JSON object.")
    shape = _SHAPES.get(str(body.get("$type")))
    if shape is None:
        raise Unreadable("The payload is of a kind that Bluesky did not have when this was written.")
    return [shape(account, body)]


def web_url(uri: str) -> str:
    """Where a browser shows the post. By DID, which outlives a change of handle."""
    did, rkey = parts(uri)
    return f"https://bsky.app/profile/{did}/post/{rkey}"


def parts(uri: str) -> tuple[str, str]:
    """The author's DID and the record's name."""
    found = _POST_URI.fullmatch(uri)
    if found is None:
        raise Unreadable("The post's address is not that of a Bluesky post.")
    return found[1], found[2]


def convo_key(convo_id: str) -> str:
    return f"{MESSAGE.partition('.defs')[0]}/{convo_id}"


def _notification(account: AccountView, body: Json) -> Post:
    record = child(body, "record")
    return _public(account, body, record, text_of(body, "indexedAt"), str(body.get("reason")))


def _post(account: AccountView, body: Json) -> Post:
    return _public(account, body, child(body, "record"), text_of(body, "indexedAt"), "")


def _public(account: AccountView, body: Json, record: Json, indexed: str, reason: str) -> Post:
    uri, cid = text_of(body, "uri"), _name(body, "cid")
    did, _ = parts(uri)
    parent, root = _reply(record)
    view = body if "embed" in body else child(body, "post")
    return Post(
        network_id=uri,
        author=_author(child(body, "author"), child(body, "profile"), did),
        text=readable(with_full_links(_text(record), record.get("facets"))),
        posted_at=_posted_at(indexed, record.get("createdAt")),
        public=True,
        conversation=root.get("uri") or uri,
        in_reply_to=parent.get("uri") or "",
        addressed=_addressed(account.network_id, did, record, reason, body.get("continues") is True),
        url=web_url(uri),
        language=_language(record.get("langs")),
        attachments=embeds.attachments(child(view, "embed"), child(record, "embed")),
        ref={"uri": uri, "cid": cid, "root": root or {"uri": uri, "cid": cid}},
    )


def _gone(account: AccountView, body: Json) -> Post:
    uri = text_of(body, "uri")
    did, rkey = parts(uri)
    return Post(
        network_id=uri,
        author=Author(did, did),
        text="",
        posted_at=tid.time_of(rkey) or datetime(1970, 1, 1, tzinfo=UTC),
        public=True,
        conversation=uri,
        addressed=False,
        kind=Kind.DELETE,
        url=web_url(uri),
    )


def _message(account: AccountView, body: Json) -> Post:
    convo = child(body, "convo")
    convo_id, message_id = _name(convo, "id"), _name(body, "id")
    did = text_of(child(body, "sender"), "did")
    if not _DID.fullmatch(did):
        raise Unreadable("The sender has no DID.")
    members = convo.get("members")
    known = [m for m in members if isinstance(m, dict)] if isinstance(members, list) else []
    sender = next((m for m in known if m.get("did") == did), {"did": did})
    return Post(
        network_id=f"{convo_key(convo_id)}/{message_id}",
        author=_author(sender, child(body, "profile"), did),
        text=readable(with_full_links(_text(body), body.get("facets"))),
        posted_at=find_time(text_of(body, "sentAt")),
        public=False,
        conversation=convo_key(convo_id),
        addressed=did != account.network_id,
        attachments=embeds.attachments(child(body, "embed"), {}),
        ref={"convo": convo_id, "message": message_id, "accepted": convo.get("status") == "accepted"},
    )


def _name(value: Json, name: str) -> str:
    found = text_of(value, name)
    if not _NAME.fullmatch(found):
        raise Unreadable(f"“{name}” is not a name that Bluesky gives.")
    return found


def _text(record: Json) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise Unreadable("The post has no text, not even an empty one.")
    return text


def _author(author: Json, profile: Json, did: str) -> Author:
    """``profile`` is the longer view, when it could be had."""
    if text_of(author, "did") != did:
        raise Unreadable("The post is signed by somebody else than its author.")
    both = {**author, **profile} if profile.get("did") == did else author
    handle = readable(both.get("handle")).lstrip("@")
    if handle in ("", "handle.invalid"):
        handle = did
    followers = both.get("followersCount")
    return Author(
        network_id=did,
        handle=handle,
        name=readable(both.get("displayName")),
        url=f"https://bsky.app/profile/{did}",
        avatar=web_address(both.get("avatar")),
        followers=followers if type(followers) is int and 0 <= followers < 1 << 31 else None,
        verified=child(both, "verification").get("verifiedStatus") == "valid",
        bio=readable(both.get("description")),
    )


def _reply(record: Json) -> tuple[Json, Json]:
    reply = child(record, "reply")
    found = []
    for end in (child(reply, "parent"), child(reply, "root")):
        uri, cid = end.get("uri"), end.get("cid")
        whole = (
            isinstance(uri, str)
            and _POST_URI.fullmatch(uri)
            and isinstance(cid, str)
            and _NAME.fullmatch(cid)
        )
        found.append({"uri": uri, "cid": cid} if whole else {})
    parent, root = found
    return (parent, root) if parent and root else ({}, {})


def _addressed(me: str, author: str, record: Json, reason: str, continues: bool) -> bool:
    """Said to us: mentions us, answers us, quotes us, or goes on with what its author said to us.
    Bluesky also notifies us of what two others say to each other below a post of ours."""
    if author == me:
        return False
    parent = str(_reply(record)[0].get("uri") or "")
    return (
        me in mentions(record.get("facets"))
        or parent.startswith(f"at://{me}/")
        or embeds.quoted(child(record, "embed")).startswith(f"at://{me}/")
        or continues
        or (reason == "reply" and parent.startswith(f"at://{author}/"))
    )


def _posted_at(indexed: str, created: Any) -> datetime:
    """When its author's clock says, unless that clock is off by more than a day: clocks of promises
    start here, and any client may write any date."""
    seen = find_time(indexed)
    try:
        claimed = find_time(created)
    except Unreadable:
        return seen
    return claimed if timedelta(0) <= seen - claimed <= CLOCK_TOLERANCE else seen


def _language(langs: Any) -> str:
    first = langs[0] if isinstance(langs, list) and langs else None
    found = _LANGUAGE.match(first) if isinstance(first, str) else None
    return found[1].lower() if found else ""


_SHAPES: dict[str, Callable[[AccountView, Json], Post]] = {
    NOTIFICATION: _notification,
    POST: _post,
    GONE: _gone,
    MESSAGE: _message,
}
