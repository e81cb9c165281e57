"""What hangs on a post: images, video, a link card, a quoted post.

Two shapes tell of it. The *view* comes from the app view and has addresses; the *record* is what
the author wrote, and names files by their hash only. We read the view, and the record where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract import Attachment
from .values import Json, child, readable, web_address

QUOTE_TEXT = 300  # characters kept of a quoted post


def attachments(view: Json, record: Json) -> tuple[Attachment, ...]:
    return tuple(_of(view)) or tuple(_of(record))


def quoted(record: Json) -> str:
    """The address of the post that a record quotes, if any."""
    kind = str(record.get("$type"))
    if kind == "app.bsky.embed.recordWithMedia":
        return quoted({"$type": "app.bsky.embed.record", **child(record, "record")})
    if kind != "app.bsky.embed.record":
        return ""
    uri = child(record, "record").get("uri")
    return uri if isinstance(uri, str) else ""


def _of(embed: Json) -> Iterator[Attachment]:
    kind = str(embed.get("$type")).removeprefix("app.bsky.embed.").removesuffix("#view").removesuffix("#main")
    if kind == "images":
        images = embed.get("images")
        for image in images if isinstance(images, list) else ():
            if isinstance(image, dict):
                blob = child(image, "image")
                address = web_address(image.get("fullsize"))
                yield Attachment(
                    "image",
                    address,
                    alt=readable(image.get("alt")),
                    media_type=_media_type(blob),
                    size=_size(blob),
                )
    elif kind == "video":
        blob = child(embed, "video")
        yield Attachment(
            "video",
            web_address(embed.get("playlist")),
            alt=readable(embed.get("alt")),
            media_type="application/vnd.apple.mpegurl" if embed.get("playlist") else _media_type(blob),
            size=_size(blob),
        )
    elif kind == "external":
        card = child(embed, "external")
        yield Attachment(
            "file",
            web_address(card.get("uri")),
            name=readable(card.get("title")),
            media_type="text/html",
            alt=readable(card.get("description")),
        )
    elif kind == "record":
        yield from _quote(child(embed, "record"))
    elif kind == "recordWithMedia":
        yield from _nested(child(embed, "media"))
        inner = child(embed, "record")
        yield from _quote(child(inner, "record"))


def _nested(media: Json) -> Iterator[Attachment]:
    """Media beside a quote: one of the plain kinds; deeper nesting does not exist."""
    if str(media.get("$type")).startswith(
        ("app.bsky.embed.images", "app.bsky.embed.video", "app.bsky.embed.external")
    ):
        yield from _of(media)


def _quote(record: Json) -> Iterator[Attachment]:
    uri = record.get("uri")
    address = ""
    if isinstance(uri, str) and uri.startswith("at://"):
        did, _, rest = uri.removeprefix("at://").partition("/")
        collection, _, rkey = rest.partition("/")
        if collection == "app.bsky.feed.post" and rkey:
            address = web_address(f"https://bsky.app/profile/{did}/post/{rkey}")
    if not address:
        return  # a list, a feed, a labeller: nothing that was said
    said = readable(child(record, "value").get("text"))[:QUOTE_TEXT]
    handle = readable(child(record, "author").get("handle"))
    yield Attachment("file", address, name=f"@{handle}" if handle else "", media_type="text/html", alt=said)


def _media_type(blob: Json) -> str:
    found: Any = blob.get("mimeType")
    return readable(found)[:100]


def _size(blob: Json) -> int | None:
    found: Any = blob.get("size")
    return found if type(found) is int and 0 <= found < 1 << 53 else None
