"""Files in messages, as the Bot API describes them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from .people import File, Json

if TYPE_CHECKING:
    from .network import Telegram

_FACTS: dict[str, Json] = {
    "video": {"width": 640, "height": 480, "duration": 3},
    "animation": {"width": 320, "height": 240, "duration": 2},
    "video_note": {"length": 240, "duration": 4},
    "audio": {"duration": 30},
    "voice": {"duration": 7},
    "document": {},
}
_TYPES = {"photo": "image/jpeg", "video": "video/mp4", "voice": "audio/ogg", "audio": "audio/mpeg"}


def keep(network: Telegram, name: str, media_type: str, body: bytes, folder: str = "documents") -> File:
    digest = hashlib.sha256(f"{len(network.files)}:{name}".encode() + body).hexdigest()[:24]
    ending = name.rpartition(".")[2] or "bin"
    file = File(f"AgAC{digest}", f"{folder}/file_{len(network.files)}.{ending}", body, name, media_type)
    network.files[file.id] = file
    return file


def described(network: Telegram, kind: str, value: Any) -> Json:
    """What a message says of it; anything that is no file goes as it is."""
    if kind not in _FACTS and kind not in ("photo", "sticker"):
        return {kind: value}
    if kind == "sticker":
        file = keep(network, "s.webp", "image/webp", b"sticker", "stickers")
        facts = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return {"sticker": {**file.shown(), **facts, "emoji": value}}
    name, media_type, body = value if isinstance(value, tuple) else (kind, _TYPES.get(kind, ""), value)
    file = keep(network, name, media_type, body, f"{kind}s")
    if kind == "photo":
        small = keep(network, "small.jpg", media_type, body[: len(body) // 2], "photos")
        sizes = [{**small.shown(), "width": 90, "height": 67}, {**file.shown(), "width": 1280, "height": 960}]
        return {"photo": sizes}
    plain = {**file.shown(), **({"mime_type": media_type} if media_type else {})}
    said = {**plain, **_FACTS[kind]}
    if kind not in ("voice", "video_note") and name != kind:
        said["file_name"] = name
    return {kind: said, **({"document": plain} if kind == "animation" else {})}
