"""Files beside the words of a private message, on Messenger and on Instagram. Meta takes each as a message of
its own: they go first, and the words, which finish the reply, last."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Media, Refused, SendError
from cortafuegos.channels.files import Files

from . import errors
from .account import page_of
from .envelope import time_of
from .graph import Graph

MOST = 4  # in one reply: a choice of ours, each is a call or two
_MB = 1_000_000
_SOUNDS = ("audio/aac", "audio/mp4", "audio/mpeg")

# As read on 2026-11-22 (Messenger: saving assets, of 22 Apr 2026; Instagram: attachment upload, of 30 Jun
# 2026, whose page on sending, of 2 Jul 2026, has no GIF).
MESSENGER = Files(
    date(2026, 11, 22),
    {**dict.fromkeys(("image/jpeg", "image/png", "image/gif"), 8 * _MB), "*/*": 25 * _MB},
    MOST,
)
INSTAGRAM = Files(
    date(2026, 11, 22),
    {
        **dict.fromkeys(("image/jpeg", "image/png"), 8 * _MB),
        **dict.fromkeys(("video/mp4", "video/quicktime"), 25 * _MB),
        **dict.fromkeys(("audio/aac", "audio/mp4"), 25 * _MB),
        "application/pdf": 25 * _MB,
    },
    MOST,
)


def none(note: Any) -> Files:
    return Files(date(2026, 11, 22), note=note)


def uploaded(account: AccountView, graph: Graph, media: Media, platform: str) -> Json:
    """The message that shows the file. Nobody has seen anything yet."""
    attachment = {"type": _kind(media), "payload": {"is_reusable": True}}
    form = {"platform": platform, "message": json.dumps({"attachment": attachment})}
    with errors.this_alone():
        said = graph.upload(f"{page_of(account)}/message_attachments", form, "filedata", media, writing=False)
    held = said.get("attachment_id")
    if not isinstance(held, str) or not held:
        raise errors.unreadable(200, writing=False)
    return {"attachment": {"type": attachment["type"], "payload": {"attachment_id": held}}}


def _kind(media: Media) -> str:
    if media.media_type in _SOUNDS:
        return "audio"
    whole = media.media_type.partition("/")[0]
    return whole if whole in ("image", "video") else "file"


@dataclass(frozen=True, slots=True)
class There:
    """What stands of a reply in its exchange. words: its last message; files: ids of those before it, the
    oldest first; whole: all since the first attempt was looked through."""

    words: Json | None
    files: tuple[str, ...]
    whole: bool


def standing(ours: Sequence[tuple[Json, bool]], since: datetime, *, whole: bool) -> There:
    """From the messages that we said in an exchange, the newest first, each with whether it says the words
    of the reply. Files of ours belong to the next words of ours."""
    words: Json | None = None
    files: list[str] = []
    open_end = True  # nothing but files was said by us since
    for message, same in ours:
        if time_of(message) < since:
            return There(words, tuple(reversed(files)), True)
        if message.get("message"):
            if words is not None:
                break
            if same:
                words, files = message, []
            open_end = False
        elif message.get("attachments") and (open_end or words is not None):
            files.append(str(message.get("id")))
    return There(words, tuple(reversed(files)), whole or words is not None)


@contextmanager
def told(out: Sequence[str]) -> Iterator[None]:
    """Within the block a failure tells what has gone out until then."""
    try:
        yield
    except (SendError, Refused) as error:
        error.parts = tuple(out)
        raise


def refused(media: Sequence[Media], files: Files) -> None:
    """What was attached before the rules changed, or by another way than the composer."""
    for place, one in enumerate(media):
        if place >= files.most or len(one.body) > files.most_bytes(one.media_type):
            sentence = _("%(name)s cannot be sent here: Meta takes no file of this sort or size, or no more.")
            raise SendError(sentence % {"name": one.name}, permanent=True)
