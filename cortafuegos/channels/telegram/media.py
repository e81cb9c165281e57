"""The files of a message. Telegram gives no address that a browser may open: the only one carries the
bot's token. What a file is stands in the attachment; how to get it, in the post's ``ref``."""

from __future__ import annotations

from cortafuegos.channels.contract import Attachment, Json

from .values import child, children, number, text

_KINDS = {
    "video": ("video", "video/mp4"),
    "animation": ("video", "video/mp4"),
    "video_note": ("video", "video/mp4"),
    "audio": ("audio", "audio/mpeg"),
    "voice": ("audio", "audio/ogg"),
    "document": ("file", ""),
}


def files(message: Json) -> tuple[tuple[Attachment, str], ...]:
    """Each with the ``file_id`` that getFile wants."""
    found: list[tuple[Attachment, str]] = []
    if sizes := children(message, "photo"):  # the same picture in several sizes
        largest = max(sizes, key=lambda size: (number(size, "width") or 0) * (number(size, "height") or 0))
        found.append((Attachment("image", media_type="image/jpeg", size=_size(largest)), _id(largest)))
    for name, (kind, media_type) in _KINDS.items():
        # A GIF comes as an animation, and again as a document for old programs.
        if (file := child(message, name)) and not (name == "document" and "animation" in message):
            found.append((_attachment(file, kind, media_type), _id(file)))
    if sticker := child(message, "sticker"):
        moving = sticker.get("is_animated") is True or sticker.get("is_video") is True
        still = Attachment("image", media_type="image/webp", size=_size(sticker), alt=text(sticker, "emoji"))
        found.append((Attachment("file", size=_size(sticker)) if moving else still, _id(sticker)))
    return tuple(found)


def _attachment(file: Json, kind: str, media_type: str) -> Attachment:
    told = text(file, "mime_type") or media_type
    if kind == "file" and told.startswith(("image/", "video/", "audio/")):
        kind = told.split("/")[0]
    return Attachment(kind, name=text(file, "file_name"), media_type=told, size=_size(file))


def _size(file: Json) -> int | None:
    size = number(file, "file_size")
    return size if size is not None and size >= 0 else None


def _id(file: Json) -> str:
    return text(file, "file_id")
