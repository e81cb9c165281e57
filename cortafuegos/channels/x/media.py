"""Pictures and videos on their way out: given to X first, then named in the post or message."""

from __future__ import annotations

import base64
import time
from collections import OrderedDict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Media, Outgoing, SendError

from .rules import ALT_LENGTH, IMAGES_PER_POST, LARGEST, MEDIA_PER_MESSAGE
from .values import child, number_id
from .wire import call

PIECE = 1_000_000  # bytes of a video in one request
PATIENCE = 8.0  # seconds that X may take over a video while we wait
REMEMBERED = 500

# What X holds already, by idempotency key and place, so that the next attempt does not send it again.
# Only a saving: X forgets it after a day, a process that starts anew at once.
_held: OrderedDict[tuple[str, str, int], str] = OrderedDict()


def kind(media: Media) -> str:
    if media.media_type == "image/gif":
        return "gif"
    name = media.media_type.partition("/")[0]
    if name not in ("image", "video"):
        raise SendError(
            _("X takes images and videos only: %(name)s is neither.") % {"name": media.name}, permanent=True
        )
    return name


def upload(account: AccountView, outgoing: Outgoing) -> list[str]:
    """The numbers X gave them. Nothing is published yet: a failure here can be tried again."""
    kinds = [kind(one) for one in outgoing.media]
    most = IMAGES_PER_POST if outgoing.public and set(kinds) == {"image"} else MEDIA_PER_MESSAGE
    if len(kinds) > most:
        raise SendError(
            _("X takes four images in a post, or one video; one of either in a message."), permanent=True
        )
    for one, what in zip(outgoing.media, kinds, strict=True):
        if len(one.body) > LARGEST[what]:
            raise SendError(_("%(name)s is too large for X.") % {"name": one.name}, permanent=True)
    return [_uploaded(account, outgoing, place, what) for place, what in enumerate(kinds)]


def _uploaded(account: AccountView, outgoing: Outgoing, place: int, what: str) -> str:
    name = (account.network_id, outgoing.key, place)
    one = outgoing.media[place]
    held = _held.get(name)
    if held is None:
        category = f"{'tweet' if outgoing.public else 'dm'}_{what}"
        held = _at_once(account, one, category) if what == "image" else _in_pieces(account, one, category)
        if one.alt and what != "video":
            metadata = {"id": held, "metadata": {"alt_text": {"text": one.alt[:ALT_LENGTH]}}}
            call(account, "POST", "/2/media/metadata", body=metadata)
        _held[name] = held  # with its description: an attempt that takes it up again says no more
        while len(_held) > REMEMBERED:
            _held.popitem(last=False)
    if what != "image":
        _await(account, held)
    return held


def _at_once(account: AccountView, one: Media, category: str) -> str:
    body = {"media": base64.b64encode(one.body).decode(), "media_category": category}
    return _number(call(account, "POST", "/2/media/upload", body=body).body)


def _in_pieces(account: AccountView, one: Media, category: str) -> str:
    begin = {"media_category": category, "media_type": one.media_type, "total_bytes": len(one.body)}
    number = _number(call(account, "POST", "/2/media/upload/initialize", body=begin).body)
    for index, piece in enumerate(_pieces(one.body)):
        body = {"media": base64.b64encode(piece).decode(), "segment_index": index}
        call(account, "POST", f"/2/media/upload/{number}/append", body=body)
    call(account, "POST", f"/2/media/upload/{number}/finalize")
    return number


def _pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), PIECE):
        yield body[start : start + PIECE]


def _await(account: AccountView, number: str) -> None:
    """Until X has made the video ready; it says when to ask again."""
    until = time.monotonic() + PATIENCE
    while True:
        params = {"media_id": number, "command": "STATUS"}
        said = child(call(account, "GET", "/2/media/upload", params=params).body, "data")
        progress = child(said, "processing_info")
        state = progress.get("state", "succeeded")
        if state == "succeeded":
            return
        if state == "failed":
            raise SendError(_("X cannot use this video. Try another format."), permanent=True)
        wait = progress.get("check_after_secs")
        wait = float(wait) if isinstance(wait, int | float) and wait > 0 else 1.0
        if time.monotonic() + wait > until:
            raise SendError(_("X is still preparing the video."), permanent=False, retry_after=wait)
        time.sleep(wait)


def _number(said: Json) -> str:
    found = number_id(child(said, "data").get("id"))
    if not found:
        raise SendError(_("X's answer made no sense."), permanent=False)
    return found


def forget() -> None:
    _held.clear()
