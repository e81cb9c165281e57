"""What happens on a page, as posts: comments, posts of others, mentions, reviews, messages. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import msgspec
from django.utils.translation import gettext_noop as _

from cortafuegos.channels.contract import (
    AccountView,
    Attachment,
    Author,
    Kind,
    Post,
)
from cortafuegos.channels.meta import comments, messages
from cortafuegos.channels.meta.envelope import Event, Id, link, moment, name_of, typed
from cortafuegos.channels.meta.messages import Who
from cortafuegos.channels.meta.words import in_language

POSTS = frozenset({"post", "status", "photo", "video", "share", "link", "note", "album"})
EDITED = frozenset({"edit", "edited"})
GONE = frozenset({"remove", "delete"})
QUIET = frozenset({"hide", "unhide", "block", "unblock", "follow", "mute"})
UNSEEN = _("(mentioned us; open it to read the words)")


class _About(msgspec.Struct):
    permalink_url: str | None = None


class _Feed(msgspec.Struct, rename={"sender": "from"}):
    """The value of ``feed`` and ``mention``."""

    item: str
    verb: str = "add"
    post_id: Id = None
    comment_id: Id = None
    parent_id: Id = None
    open_graph_story_id: Id = None  # of a comment on a review
    sender: Who | None = None
    sender_id: Id = None
    sender_name: str | None = None
    message: str | None = None
    created_time: int | str | None = None
    photo: str | None = None
    photos: list[str] | None = None
    video: str | None = None
    link: str | None = None
    post: _About | None = None


class _Rating(msgspec.Struct):
    """The value of ``ratings``."""

    verb: str = "add"
    item: str = "rating"
    open_graph_story_id: Id = None
    reviewer_id: Id = None
    reviewer_name: str | None = None
    review_text: str | None = None
    recommendation_type: str | None = None
    rating: int | None = None
    created_time: int | str | None = None


def read(account: AccountView, event: Event) -> list[Post]:
    match event.field:
        case "feed":
            return _feed(account, typed(event.said, _Feed), event)
        case "mention":
            return _feed(account, typed(event.said, _Feed), event, elsewhere=True)
        case "ratings":
            return _rating(account, event)
        case "polled:comment" | "polled:post" | "polled:review" | "polled:context" | "polled:mention":
            from .polled import read_polled  # it stands on this module

            return read_polled(account, event)
    return []  # a field that nobody here asked for


def _feed(account: AccountView, said: _Feed, event: Event, *, elsewhere: bool = False) -> list[Post]:
    if said.verb in QUIET or said.item not in POSTS | {"comment"}:
        return []  # likes, shares without words, and what only changes who sees it
    root = name_of(said.post_id) or name_of(said.open_graph_story_id)
    own = name_of(said.comment_id) if said.item == "comment" else root
    author = author_of(account, said.sender or Who(said.sender_id, said.sender_name), own)
    text = said.message or ""
    if elsewhere and not text:
        text = in_language(account.language, UNSEEN)
    post = public_post(
        account,
        own,
        root,
        author,
        kind="mention" if elsewhere else "comment" if said.item == "comment" else "post",
        text=text,
        at=moment(said.created_time, event.at),
        parent=name_of(said.parent_id) if said.item == "comment" else "",
        files=_files(said),
        url=link(said.post.permalink_url) if said.post and own == root else "",
    )
    return [changed(post, said.verb, event.at)]


def changed(post: Post, verb: str, at: datetime) -> Post:
    """The post as what its verb makes of it."""
    if verb in GONE:
        return replace(post, kind=Kind.DELETE, text="", attachments=())
    if verb in EDITED:
        return replace(post, kind=Kind.EDIT, edited_at=at)
    return post


def author_of(account: AccountView, who: Who, thing: str) -> Author:
    """Who said it. Without the permission to read visitors' names Meta tells nobody: then each
    thing has an author of its own, so that two strangers are never taken for one."""
    if not name_of(who.id):
        return Author(f"facebook:unnamed:{thing}", who.name or "Facebook", who.name or "")
    return messages.person_of(account, who)


def public_post(
    account: AccountView,
    own: str,
    root: str,
    author: Author,
    *,
    kind: str,
    text: str,
    at: datetime,
    parent: str = "",
    files: tuple[Attachment, ...] = (),
    url: str = "",
) -> Post:
    """A post, comment or review."""
    return comments.post(
        account,
        own,
        root,
        author,
        ref={"kind": kind, "post": root},
        text=text,
        at=at,
        parent=parent,
        url=url or f"https://www.facebook.com/{own}",
        files=files,
    )


def _files(said: _Feed) -> tuple[Attachment, ...]:
    images = [address for address in (said.photo, *(said.photos or ())) if link(address)]
    found = [Attachment("image", address or "") for address in dict.fromkeys(images)]
    if link(said.video):
        found.append(Attachment("video", link(said.video)))
    if link(said.link) and not found:
        found.append(Attachment("image" if said.item == "photo" else "file", link(said.link)))
    return tuple(found)


def _rating(account: AccountView, event: Event) -> list[Post]:
    said = typed(event.said, _Rating)
    if said.item == "comment":  # under a review
        return _feed(account, typed(event.said, _Feed), event)
    if said.item not in ("rating", "review") or said.verb in QUIET:
        return []
    story = name_of(said.open_graph_story_id)
    author = author_of(account, Who(said.reviewer_id, said.reviewer_name), story)
    text = review_words(account, said.recommendation_type, said.rating, said.review_text)
    at = moment(said.created_time, event.at)
    return [
        changed(
            public_post(account, story, story, author, kind="review", text=text, at=at), said.verb, event.at
        )
    ]


def review_words(account: AccountView, recommends: str | None, stars: int | None, text: str | None) -> str:
    """What a review says, with its verdict first, since many say nothing else."""
    verdict = {
        "positive": _("Recommends the page."),
        "negative": _("Does not recommend the page."),
    }.get((recommends or "").lower())
    first = in_language(account.language, verdict) if verdict else "★" * min(max(stars or 0, 0), 5)
    return "\n".join(part for part in (first, text or "") if part)
