"""What polling fetched from a page, as posts. Pure."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from cortafuegos.channels.contract import AccountView, Attachment, Kind, Post
from cortafuegos.channels.meta.envelope import Event, Id, link, moment, name_of, typed
from cortafuegos.channels.meta.messages import Who

from .reader import author_of, public_post, review_words


class _Image(msgspec.Struct):
    src: str | None = None


class _Media(msgspec.Struct):
    image: _Image | None = None
    source: str | None = None


class _Attachment(msgspec.Struct):
    type: str | None = None
    url: str | None = None
    media: _Media | None = None


class _Parent(msgspec.Struct):
    id: Id = None


class _Item(msgspec.Struct, rename={"sender": "from"}):
    """A comment or a post, as the Graph API gives it; ``root`` is ours: the post it was found under."""

    id: str
    created_time: int | str
    sender: Who | None = None
    message: str | None = None
    story: str | None = None
    parent: _Parent | None = None
    permalink_url: str | None = None
    attachment: _Attachment | None = None
    full_picture: str | None = None
    root: str | None = None


class _Review(msgspec.Struct):
    created_time: int | str
    reviewer: Who | None = None
    review_text: str | None = None
    recommendation_type: str | None = None
    rating: int | None = None
    open_graph_story: _Parent | None = None


def read_polled(account: AccountView, event: Event) -> list[Post]:
    what = event.field.removeprefix("polled:")
    if what == "review":
        return [_review(account, typed(event.said, _Review))]
    item = typed(event.said, _Item)
    root = item.root or item.id
    kind = "mention" if what == "mention" else "comment" if item.root else "post"
    post = public_post(
        account,
        item.id,
        root,
        author_of(account, item.sender or Who(), item.id),
        kind=kind,
        text=item.message or item.story or "",
        at=moment(item.created_time),
        parent=name_of(item.parent.id) if item.parent else "",
        files=_files(item),
        url=link(item.permalink_url),
    )
    if what == "mention":  # its words, which the push did not bring
        return [replace(post, kind=Kind.EDIT, edited_at=event.at)]
    # Around a thread: shown beside it, and no reason for a case.
    return [replace(post, addressed=False) if what == "context" else post]


def _review(account: AccountView, said: _Review) -> Post:
    story = name_of(said.open_graph_story.id) if said.open_graph_story else ""
    author = author_of(account, said.reviewer or Who(), story)
    text = review_words(account, said.recommendation_type, said.rating, said.review_text)
    return public_post(account, story, story, author, kind="review", text=text, at=moment(said.created_time))


def _files(item: _Item) -> tuple[Attachment, ...]:
    told = item.attachment
    if told is None:
        return (Attachment("image", link(item.full_picture)),) if link(item.full_picture) else ()
    media = told.media or _Media()
    if link(media.source):
        return (Attachment("video", link(media.source)),)
    image = link(media.image.src) if media.image else ""
    if image:
        return (Attachment("image", image),)
    return (Attachment("file", link(told.url)),) if link(told.url) else ()
