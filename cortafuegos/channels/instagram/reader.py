"""What happens on an Instagram account, as posts: comments, mentions, messages. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import msgspec
from django.utils.translation import gettext_noop as _

from cortafuegos.channels.contract import (
    AccountView,
    Attachment,
    Author,
    Json,
    Kind,
    Post,
)
from cortafuegos.channels.meta import comments, messages
from cortafuegos.channels.meta.envelope import Event, Id, link, moment, name_of, typed
from cortafuegos.channels.meta.messages import Who
from cortafuegos.channels.meta.words import in_language

UNSEEN = _("(somebody mentioned us on Instagram; open it to read the words)")


class _Media(msgspec.Struct):
    id: Id = None


class _Comment(msgspec.Struct, rename={"sender": "from"}):
    """The value of ``comments`` and ``live_comments``. It tells no time: the envelope does."""

    id: Id
    sender: Who | None = None
    text: str | None = None
    media: _Media | None = None
    parent_id: Id = None


class _Mention(msgspec.Struct):
    media_id: Id = None
    comment_id: Id = None


class _Polled(msgspec.Struct, rename={"sender": "from"}):
    """A comment, or a medium that tags us or hangs above a thread, as the Graph API gives it;
    ``root`` is ours: the medium it was found under."""

    id: str
    timestamp: int | str
    sender: Who | None = None
    username: str | None = None
    text: str | None = None
    caption: str | None = None
    parent_id: Id = None
    permalink: str | None = None
    media_url: str | None = None
    media_type: str | None = None
    root: str | None = None


def read(account: AccountView, event: Event) -> list[Post]:
    match event.field:
        case "comments" | "live_comments":
            return [_comment(account, typed(event.said, _Comment), event)]
        case "mentions":
            return [_unseen(account, typed(event.said, _Mention), event)]
        case "polled:mention":
            return [_seen(account, typed(event.said, _Polled), event)]
        case "polled:comment" | "polled:tag":
            return [_polled(account, typed(event.said, _Polled), event)]
        case "polled:context":
            return [replace(_polled(account, typed(event.said, _Polled), event), addressed=False)]
    return []


def _comment(account: AccountView, said: _Comment, event: Event) -> Post:
    media = name_of(said.media.id) if said.media else ""
    return _post(
        account,
        kind="live" if event.field == "live_comments" else "comment",
        own=name_of(said.id),
        media=media,
        author=author_of(account, said.sender or Who(), name_of(said.id)),
        text=said.text or "",
        at=event.at,
        parent=name_of(said.parent_id),
    )


def author_of(account: AccountView, who: Who, thing: str) -> Author:
    """Who said it: by the scoped id where it is told, else by the name, else nobody we know."""
    handle = (who.username or "").removeprefix("@")
    if handle and handle.lower() == account.handle.lower():
        return Author(account.network_id, account.handle, who.name or "")
    url = f"https://www.instagram.com/{handle}/" if handle else ""
    if name_of(who.id):
        return replace(messages.person_of(account, who), url=url)
    if handle:
        return Author(f"instagram:@{handle.lower()}", handle, url=url)
    return Author(f"instagram:unnamed:{thing}", "Instagram")


def _post(
    account: AccountView,
    *,
    kind: str,
    own: str,
    media: str,
    author: Author,
    text: str,
    at: datetime,
    parent: str = "",
    url: str = "",
    files: tuple[Attachment, ...] = (),
) -> Post:
    # Instagram has two levels: an answer to an answer hangs under the first comment as well.
    ref: Json = {"kind": kind, "media": media, "top": parent or own}
    return comments.post(
        account, own, media, author, ref=ref, text=text, at=at, parent=parent, url=url, files=files
    )


def _unseen(account: AccountView, said: _Mention, event: Event) -> Post:
    """The push of a mention tells where it is, and neither who nor what. ``thread`` brings the words."""
    media, own = name_of(said.media_id), name_of(said.comment_id) or name_of(said.media_id)
    return _post(
        account,
        kind="mention",
        own=own,
        media=media,
        author=author_of(account, Who(), own),
        text=in_language(account.language, UNSEEN),
        at=event.at,
    )


def _seen(account: AccountView, said: _Polled, event: Event) -> Post:
    """The words of a mention whose push we had: its author stays the unknown one it began with, and
    the name stands before the words."""
    words = said.text if said.text is not None else said.caption or ""
    text = f"@{said.username}: {words}" if said.username else words
    post = _polled(account, said, event)
    author = author_of(account, Who(), said.id)
    return replace(
        post,
        author=author,
        text=text,
        kind=Kind.EDIT,
        edited_at=event.at,
        addressed=True,
        ref={**{k: v for k, v in post.ref.items() if k != "person"}, "kind": "mention"},
    )


def _polled(account: AccountView, said: _Polled, event: Event) -> Post:
    at = moment(said.timestamp)
    who = said.sender or Who(username=said.username)
    media = said.root or said.id
    tagged = event.field == "polled:tag"
    kind = "mention" if tagged else "comment" if said.root else "media"
    return _post(
        account,
        kind=kind,
        own=said.id,
        media=media,
        author=author_of(account, who, said.id),
        text=(said.text if said.root else said.caption) or "",
        at=at,
        parent=name_of(said.parent_id),
        url=link(said.permalink),
        files=_files(said),
    )


def _files(said: _Polled) -> tuple[Attachment, ...]:
    address = link(said.media_url)
    return (Attachment("video" if said.media_type == "VIDEO" else "image", address),) if address else ()
