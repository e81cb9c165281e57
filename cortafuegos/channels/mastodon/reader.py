"""A stored status, as a post. Pure: what had to be looked up lies in the body beside the status.

The body is JSON: ``event`` (post, edit, delete), ``status`` as the server gave it, and for a reply
``root`` and ``parent``, each with ``id`` and ``uri``, found by ``poll`` or ``thread``.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from cortafuegos.channels.contract import (
    AccountView,
    Attachment,
    Author,
    Delivery,
    Json,
    Kind,
    Post,
    Unreadable,
)

from .htmltext import to_text

_KINDS = {"image": "image", "gifv": "video", "video": "video", "audio": "audio"}
_PUBLIC = ("public", "unlisted")


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    try:
        body = json.loads(delivery.body)
        return [_post(account, _object(body, "a delivery"))]
    except (ValueError, RecursionError) as wrong:  # bad JSON, bad UTF-8, bad times
        raise Unreadable(f"not a Mastodon status: {type(wrong).__name__}") from None


def _post(account: AccountView, body: Json) -> Post:
    try:
        kind = Kind(_text(body, "event"))
    except ValueError:
        raise Unreadable("the event is none of post, edit, delete") from None
    status = _object(body.get("status"), "the status")
    domain = _text(account.config, "domain")
    uri = _text(status, "uri") or _text(status, "url")
    if not uri:
        raise Unreadable("the status has no uri")
    writer = _object(status.get("account"), "the author")
    public = _text(status, "visibility") in _PUBLIC
    mentions = _objects(status, "mentions")
    mine = author_id(writer) == account.network_id
    edited = status.get("edited_at") if kind is Kind.EDIT else None
    return Post(
        network_id=uri,
        author=_author(writer, domain),
        text="" if kind is Kind.DELETE else _words(status, mentions, domain),
        posted_at=_time(status.get("created_at")),
        public=public,
        conversation=(_uri(body.get("root")) or uri)
        if public
        else _exchange(account, writer, mentions, mine=mine),
        in_reply_to=_uri(body.get("parent")),
        addressed=not mine and _addressed(account, body, mentions),
        kind=kind,
        edited_at=_time(edited) if edited else None,
        url=_link(status, "url") or _link(status, "uri"),
        language=_text(status, "language")[:2].lower(),
        attachments=() if kind is Kind.DELETE else _attachments(status),
        ref={
            "server": _text(account.config, "server"),
            "id": _text(status, "id"),
            "visibility": _text(status, "visibility"),
        },
    )


def author_id(account: Json) -> str:
    """The actor's URI. Servers before 4.2 do not give it: there the profile's address stands in."""
    return _text(account, "uri") or _text(account, "url")


def full_handle(acct: str, domain: str) -> str:
    return acct if "@" in acct or not domain else f"{acct}@{domain}"


def direct_key(account: AccountView, handle: str) -> str:
    """The private exchange of one of our accounts with one person. By handle, since a mention
    tells nothing else that both sides of the exchange know."""
    return f"direct:{account.network_id}:{handle.lower()}"


def _exchange(account: AccountView, writer: Json, mentions: list[Json], *, mine: bool) -> str:
    other = mentions[0] if mine and mentions else writer
    return direct_key(account, full_handle(_text(other, "acct"), _text(account.config, "domain")))


def _addressed(account: AccountView, body: Json, mentions: list[Json]) -> bool:
    if body.get("quotes_us") is True:
        return True
    own = _text(account.config, "account_id")
    return any(own and _text(m, "id") == own for m in mentions)


def _author(writer: Json, domain: str) -> Author:
    network_id = author_id(writer)
    if not network_id:
        raise Unreadable("the author has no address")
    followers = writer.get("followers_count")
    return Author(
        network_id=network_id,
        handle=full_handle(_text(writer, "acct").lstrip("@") or _text(writer, "username") or "?", domain),
        name=_text(writer, "display_name") or _text(writer, "username"),
        url=_link(writer, "url"),
        avatar=_link(writer, "avatar_static") or _link(writer, "avatar"),
        followers=followers if isinstance(followers, int) and followers >= 0 else None,
        bio=to_text(_text(writer, "note")),
    )


def _words(status: Json, mentions: list[Json], domain: str) -> str:
    """What a reader sees: the content warning, the words, the choices of a poll."""
    handles = {_text(m, "url"): full_handle(_text(m, "acct"), domain) for m in mentions}
    parts = [_text(status, "spoiler_text").strip(), to_text(_text(status, "content"), handles)]
    poll = status.get("poll")
    if isinstance(poll, dict):
        parts.append("\n".join("○ " + _text(o, "title") for o in _objects(poll, "options")))
    return "\n\n".join(part for part in parts if part)


def _attachments(status: Json) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            kind=_KINDS.get(_text(media, "type"), "file"),
            url=_link(media, "url") or _link(media, "remote_url"),
            alt=_text(media, "description"),
        )
        for media in _objects(status, "media_attachments")
    )


def _uri(related: Any) -> str:
    return _text(related, "uri") if isinstance(related, dict) else ""


def _object(value: Any, what: str) -> Json:
    if not isinstance(value, dict):
        raise Unreadable(f"{what} is missing")
    return value


def _objects(holder: Json, name: str) -> list[Json]:
    found = holder.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _text(holder: Json, name: str) -> str:
    """A string that any database and any UTF-8 writer takes."""
    value = holder.get(name)
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _link(holder: Json, name: str) -> str:
    """Only what a browser may safely open."""
    link = _text(holder, name)
    try:
        return link if urlsplit(link).netloc and link.lower().startswith(("http://", "https://")) else ""
    except ValueError:
        return ""


def _time(value: Any) -> datetime:
    if not isinstance(value, str):
        raise Unreadable("the status has no time")
    when = datetime.fromisoformat(value)
    if when.tzinfo is None:
        raise Unreadable("the status has a time without a zone")
    try:
        return when.astimezone(UTC)
    except OverflowError:
        raise Unreadable("the status has an impossible time") from None
