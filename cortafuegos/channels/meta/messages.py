"""Private messages, the same on Messenger and on Instagram: as pushed, and as polled. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import msgspec

from cortafuegos.channels.contract import AccountView, Attachment, Author, Json, Kind, Post, Unreadable

from .envelope import Event, Id, link, moment, name_of, typed

_KINDS = {"image": "image", "video": "video", "audio": "audio", "ig_reel": "video", "reel": "video",
          "story_mention": "image", "sticker": "image"}  # fmt: skip


class Who(msgspec.Struct):
    id: Id = None
    name: str | None = None
    username: str | None = None


class _Payload(msgspec.Struct):
    url: str | None = None
    title: str | None = None


class _File(msgspec.Struct):
    type: str = ""
    payload: _Payload | None = None
    title: str | None = None
    url: str | None = None


class _Story(msgspec.Struct):
    id: Id = None
    url: str | None = None


class _ReplyTo(msgspec.Struct):
    mid: str | None = None
    story: _Story | None = None


class _Message(msgspec.Struct):
    mid: str
    text: str | None = None
    attachments: list[_File] | None = None
    is_echo: bool = False
    is_deleted: bool = False
    reply_to: _ReplyTo | None = None


class _Edit(msgspec.Struct):
    mid: str
    text: str | None = None


class _Postback(msgspec.Struct):
    mid: str | None = None
    title: str | None = None


class Messaging(msgspec.Struct):
    sender: Who
    recipient: Who
    timestamp: int = 0
    message: _Message | None = None
    message_edit: _Edit | None = None
    postback: _Postback | None = None


def conversation(account: AccountView, person: str) -> str:
    """Key of the exchange of this account with that person."""
    return f"{account.network_id}:{person}"


def person_of(account: AccountView, person: Who) -> Author:
    """A person as far as a payload tells; pushed messages tell the page-scoped id alone."""
    own = name_of(person.id)
    if not own:
        raise Unreadable("a message from nobody")
    if f"{account.network}:{own}" == account.network_id:
        return Author(account.network_id, account.handle, person.name or "")
    handle = (person.username or person.name or own).removeprefix("@")
    return Author(f"{account.network}:{own}", handle or own, person.name or "")


def read(account: AccountView, event: Event) -> list[Post]:
    """The posts in a pushed messaging event; receipts of reading and the like hold none."""
    said = typed(event.said, Messaging)
    at = moment(said.timestamp, event.at)
    if said.message_edit is not None:
        edited = _post(account, said, said.message_edit.mid, said.message_edit.text or "", at)
        return [replace(edited, kind=Kind.EDIT, edited_at=at)]
    if said.postback is not None:
        mid = said.postback.mid or f"postback:{name_of(said.sender.id)}:{said.timestamp}"
        return [_post(account, said, mid, said.postback.title or "", at)]
    if said.message is None:
        return []
    message = said.message
    if message.is_deleted:
        return [replace(_post(account, said, message.mid, "", at), kind=Kind.DELETE)]
    files = [_file(file) for file in message.attachments or ()]
    parent = ""
    if message.reply_to is not None:
        parent = message.reply_to.mid or ""
        if message.reply_to.story is not None:
            files.append(Attachment("image", link(message.reply_to.story.url), name="story"))
    return [_post(account, said, message.mid, message.text or "", at, tuple(files), parent)]


def _post(
    account: AccountView,
    said: Messaging,
    mid: str,
    text: str,
    at: datetime,
    files: tuple[Attachment, ...] = (),
    parent: str = "",
) -> Post:
    author = person_of(account, said.sender)
    ours = author.network_id == account.network_id
    person = name_of(said.recipient.id if ours else said.sender.id)
    return post(account, author, person, mid=mid, text=text, at=at, files=files, parent=parent)


def post(
    account: AccountView,
    author: Author,
    person: str,
    *,
    mid: str,
    text: str,
    at: datetime,
    files: tuple[Attachment, ...] = (),
    parent: str = "",
) -> Post:
    """A private message of the exchange with ``person`` (their scoped id)."""
    if not mid.strip() or not person:
        raise Unreadable("a message without id or without the other side")
    return Post(
        network_id=f"{account.network}:{mid}",
        author=author,
        text=text,
        posted_at=at,
        public=False,
        conversation=conversation(account, person),
        in_reply_to=f"{account.network}:{parent}" if parent else "",
        addressed=author.network_id != account.network_id,
        attachments=files,
        ref={"kind": "message", "person": person, "at": at.isoformat()},
    )


def _file(file: _File) -> Attachment:
    payload = file.payload or _Payload()
    kind = _KINDS.get(file.type, "file")
    return Attachment(kind, link(payload.url or file.url), name=payload.title or file.title or "")


# --- as the conversations of a page are fetched -------------------------------------------


class _To(msgspec.Struct):
    data: list[Who] = []


class _Data(msgspec.Struct):
    url: str | None = None


class _Fetched(msgspec.Struct):
    mime_type: str | None = None
    name: str | None = None
    size: int | None = None
    image_data: _Data | None = None
    video_data: _Data | None = None
    file_url: str | None = None


class _Files(msgspec.Struct):
    data: list[_Fetched] = []


class _Polled(msgspec.Struct, rename={"sender": "from"}):
    id: str
    sender: Who
    created_time: int | str
    to: _To | None = None
    message: str | None = None
    attachments: _Files | None = None


def read_polled(account: AccountView, said: Json) -> Post:
    message = typed(said, _Polled)
    author = person_of(account, message.sender)
    person = name_of(message.sender.id)
    if author.network_id == account.network_id:
        others = message.to.data if message.to else []
        person = name_of(others[0].id) if others else ""
    files = tuple(map(_fetched, message.attachments.data if message.attachments else ()))
    at = moment(message.created_time)
    return post(account, author, person, mid=message.id, text=message.message or "", at=at, files=files)


def _fetched(file: _Fetched) -> Attachment:
    kind = "image" if file.image_data else "video" if file.video_data else "file"
    data = file.image_data or file.video_data or _Data()
    return Attachment(
        kind,
        link(data.url or file.file_url),
        name=file.name or "",
        media_type=file.mime_type or "",
        size=file.size,
    )
