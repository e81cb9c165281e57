"""Turns what the sandbox said into posts. Pure: no network, no clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from cortafuegos.channels.contract import (
    AccountView,
    Attachment,
    Author,
    Delivery,
    Kind,
    Post,
    Unreadable,
)


class Person(msgspec.Struct):
    uri: str
    handle: str
    name: str = ""
    bio: str = ""
    place: str = ""
    followers: int | None = None
    verified: bool = False
    url: str = ""
    avatar: str = ""


class File(msgspec.Struct):
    kind: str
    url: str = ""
    name: str = ""
    media_type: str = ""
    size: int | None = None
    alt: str = ""


class Said(msgspec.Struct):
    uri: str
    author: Person
    text: str
    created_at: datetime
    public: bool
    conversation: str
    url: str = ""
    language: str = ""
    edited_at: datetime | None = None
    parent: str | None = None
    parent_author: str | None = None
    to: str | None = None
    mentions: list[str] = []
    attachments: list[File] = []


class Event(msgspec.Struct):
    event: str
    kind: Kind
    post: Said


class Thread(msgspec.Struct):
    posts: list[Said]


_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    "event": msgspec.json.Decoder(Event),
    "posts": msgspec.json.Decoder(Thread),
}


def decode(body: bytes, what: str) -> Any:
    try:
        return _DECODERS[what].decode(body)
    except msgspec.MsgspecError as error:
        # Names the place and the type, never the content.
        raise Unreadable(str(error)) from None
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    if delivery.body.startswith(b'{"posts":'):
        thread: Thread = decode(delivery.body, "posts")
        return [_post(account, said, Kind.POST) for said in thread.posts]
    event: Event = decode(delivery.body, "event")
    return [_post(account, event.post, event.kind)]


def _post(account: AccountView, said: Said, kind: Kind) -> Post:
    us = account.network_id
    addressed = us in said.mentions or said.parent_author == us or said.to == us
    return Post(
        network_id=_some(said.uri, "uri"),
        author=_author(said.author),
        text=said.text,
        posted_at=_utc(said.created_at),
        public=said.public,
        conversation=_some(said.conversation, "conversation"),
        in_reply_to=said.parent or "",
        addressed=addressed and said.author.uri != us,
        kind=kind,
        edited_at=_utc(said.edited_at) if kind is Kind.EDIT and said.edited_at else None,
        url=_link(said.url),
        language=said.language,
        attachments=tuple(
            Attachment(f.kind, _link(f.url), f.name, f.media_type, f.size, f.alt) for f in said.attachments
        ),
        ref={"uri": said.uri, "author": said.author.uri},
    )


def _author(person: Person) -> Author:
    return Author(
        network_id=_some(person.uri, "author.uri"),
        handle=person.handle,
        name=person.name,
        url=_link(person.url),
        avatar=_link(person.avatar),
        followers=person.followers,
        verified=person.verified,
        bio=person.bio,
        place=person.place,
    )


def _some(value: str, name: str) -> str:
    if not value:
        raise Unreadable(f"{name} is empty")
    return value


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise Unreadable("a time has no zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Unreadable("a time is out of range") from None


def _link(url: str) -> str:
    """Only what a browser may follow: a javascript: address must never reach a page."""
    return url if url[:8].lower().startswith(("http://", "https://")) else ""
