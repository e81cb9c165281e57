"""Turns what another system posted into posts. Pure. The schema is in docs/channels/webhook.md."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

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

LARGEST_BODY = 5_000_000  # bytes
LARGEST_BATCH = 500
LONGEST_TEXT = 100_000
LONGEST_ID = 500

Id = str | int


class From(msgspec.Struct):
    id: Id
    name: str = ""
    handle: str = ""
    url: str = ""
    avatar: str = ""
    followers: int | None = None
    verified: bool = False
    bio: str = ""
    place: str = ""


class File(msgspec.Struct):
    kind: str
    url: str = ""
    name: str = ""
    media_type: str = ""
    size: int | None = None
    alt: str = ""


class Message(msgspec.Struct):
    id: Id
    author: From
    posted_at: datetime
    text: str = ""
    conversation: Id = ""
    public: bool = False  # the careful answer when nobody says
    in_reply_to: Id = ""
    url: str = ""
    language: str = ""
    subject: str = ""
    attachments: list[File] = []
    kind: Kind = Kind.POST


class Batch(msgspec.Struct):
    messages: list[Message]


_MESSAGE = msgspec.json.Decoder(Message)
_BATCH = msgspec.json.Decoder(Batch)
_SHAPE = msgspec.json.Decoder(dict[str, msgspec.Raw])


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    if len(delivery.body) > LARGEST_BODY:
        raise Unreadable(f"larger than {LARGEST_BODY} bytes")
    messages = _messages(delivery.body)
    if len(messages) > LARGEST_BATCH:
        raise Unreadable(f"{len(messages)} messages in one batch; the most is {LARGEST_BATCH}")
    return [_post(account, message, f"messages[{i}]") for i, message in enumerate(messages)]


def _messages(body: bytes) -> list[Message]:
    try:
        shape: dict[str, Any] = _SHAPE.decode(body)
        return _BATCH.decode(body).messages if "messages" in shape else [_MESSAGE.decode(body)]
    except msgspec.MsgspecError as error:
        # Names the place and the type, never the content.
        raise Unreadable(str(error)) from None
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None


def _post(account: AccountView, message: Message, place: str) -> Post:
    own = _id(message.id, f"{place}.id")
    parent = _id(message.in_reply_to, f"{place}.in_reply_to", empty=True)
    conversation = _id(message.conversation, f"{place}.conversation", empty=True) or parent or own
    author = _id(message.author.id, f"{place}.author.id")
    if len(message.text) > LONGEST_TEXT:
        raise Unreadable(f"{place}.text is longer than {LONGEST_TEXT} characters")
    if not message.text.strip() and not message.attachments and message.kind is Kind.POST:
        raise Unreadable(f"{place} says nothing: neither text nor attachments")
    language = message.language[:2].lower()
    return Post(
        network_id=_global(account, "message", own),
        author=Author(
            network_id=_global(account, "person", author),
            handle=message.author.handle.removeprefix("@") or author,
            name=message.author.name,
            url=_link(message.author.url, f"{place}.author.url"),
            avatar=_link(message.author.avatar, f"{place}.author.avatar"),
            followers=message.author.followers,
            verified=message.author.verified,
            bio=message.author.bio,
            place=message.author.place,
        ),
        text=message.text,
        posted_at=_utc(message.posted_at, f"{place}.posted_at"),
        public=message.public,
        conversation=_global(account, "conversation", conversation),
        in_reply_to=_global(account, "message", parent) if parent else "",
        kind=message.kind,
        url=_link(message.url, f"{place}.url"),
        language=language if language.isascii() and language.isalpha() else "",
        subject=message.subject,
        attachments=tuple(
            _attachment(file, f"{place}.attachments[{i}]") for i, file in enumerate(message.attachments)
        ),
        ref=_ref(own, conversation, author),
    )


def _global(account: AccountView, thing: str, own: str) -> str:
    """Other systems count from 1, each for itself: our account's name makes it one of a kind."""
    return f"{account.network_id}/{thing}/{own}"


def _ref(own: str, conversation: str, author: str) -> Json:
    return {"id": own, "conversation": conversation, "author": author}


def _id(value: Id, place: str, *, empty: bool = False) -> str:
    text = str(value)
    if not text.strip() and not empty:
        raise Unreadable(f"{place} is empty")
    if len(text) > LONGEST_ID:
        raise Unreadable(f"{place} is longer than {LONGEST_ID} characters")
    return text


def _utc(moment: datetime, place: str) -> datetime:
    if moment.tzinfo is None:
        raise Unreadable(f"{place} has no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Unreadable(f"{place} is out of range") from None


def _link(url: str, place: str) -> str:
    """A javascript: address must never reach a page."""
    if url and not url[:8].lower().startswith(("http://", "https://")):
        raise Unreadable(f"{place} must begin with http:// or https://")
    return url


def _attachment(file: File, place: str) -> Attachment:
    if file.kind not in ("image", "video", "audio", "file"):
        raise Unreadable(f"{place}.kind is not one of image, video, audio, file")
    url = _link(file.url, f"{place}.url")
    return Attachment(file.kind, url, file.name, file.media_type, file.size, file.alt)
