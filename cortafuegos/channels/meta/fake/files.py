"""What the fake holds of pictures, films, sounds and documents: given to it, and given out again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .fields import Json
from .login import page
from .refusals import Refusal, invalid
from .world import File

if TYPE_CHECKING:
    from .app import Call

MB = 1024 * 1024
COMMENT = 10 * MB
SORTS = ("image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff")  # of a comment's picture
# Largest by platform and kind, and what of a kind is taken; Messenger takes any document.
MESSAGES: dict[str, dict[str, tuple[int, tuple[str, ...]]]] = {
    "messenger": {
        "image": (8 * MB, ("image/jpeg", "image/png", "image/gif")),
        "video": (25 * MB, ("video/",)),
        "audio": (25 * MB, ("audio/",)),
        "file": (25 * MB, ("",)),
    },
    "instagram": {
        "image": (8 * MB, ("image/jpeg", "image/png", "image/gif")),
        "video": (25 * MB, ("video/mp4", "video/ogg", "video/quicktime", "video/webm")),
        "audio": (25 * MB, ("audio/aac", "audio/mp4", "audio/wav")),
        "file": (25 * MB, ("application/pdf",)),
    },
}


class Shelf:
    """Files by their id, and where they are given out. ``over``: addresses that have ended."""

    def __init__(self, new_id: Callable[[str], str]) -> None:
        self._new_id = new_id
        self._files: dict[str, File] = {}
        self.uploaded: dict[str, tuple[str, str, File]] = {}  # attachment_id: platform, type, file
        self.turn = 0  # counts up when addresses end

    def keep(self, name: str, media_type: str, body: bytes) -> File:
        file = File(self._new_id("12"), name, media_type, body)
        self._files[file.id] = file
        return file

    def path(self, file: File) -> str:
        return f"/cdn/{file.id}?oe={self.turn}"

    def given(self, own: str, ends: str) -> File | None:
        return self._files.get(own) if ends == str(self.turn) else None


def attachment(call: Call, own: str) -> Json:
    """POST message_attachments: taken, and shown to nobody yet."""
    page(call, own)
    platform = str(call.params.get("platform") or "messenger").lower()
    call.need("pages_messaging", *(["instagram_manage_messages"] if platform == "instagram" else []))
    told = call.params.get("message")
    told = told.get("attachment") if isinstance(told, dict) else None
    file = call.params.get("filedata")
    if platform not in MESSAGES or not isinstance(told, dict) or not isinstance(file, File):
        raise invalid("message")
    most, sorts = MESSAGES[platform].get(str(told.get("type")), (0, ()))
    if not file.media_type.startswith(sorts or ("?",)) or not file.name.isascii():
        raise Refusal(100, "Attachment type does not match the file", subcode=2018005)
    if len(file.body) > most:
        raise Refusal(100, "Attachment size exceeds allowable limit", subcode=2018047)
    shelf = call.meta.shelf
    held = shelf._new_id("18")
    shelf.uploaded[held] = (platform, str(told["type"]), shelf.keep(file.name, file.media_type, file.body))
    return {"attachment_id": held}


def photo(call: Call) -> File | None:
    """The picture of a comment, sent along in the field ``source``."""
    file = call.params.get("source")
    if file is None:
        return None
    if not isinstance(file, File) or file.media_type not in SORTS:
        raise Refusal(324, "Missing or invalid image file")
    if len(file.body) > COMMENT:
        raise Refusal(1366046, "Your photos couldn't be uploaded. Photos should be smaller than 10 MB")
    return call.meta.shelf.keep(file.name, file.media_type, file.body)
