"""Pictures and films on their way out: given to the server first, then named in the post."""

from __future__ import annotations

import time
from datetime import date

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Media, Outgoing, Refused, SendError
from cortafuegos.channels.files import Files

from .wire import Wire, speaking

# Of a server as it is shipped, 4.3 to 4.5; each says its own on ``/api/v2/instance``.
AS_OF = date(2026, 11, 1)
MOST = 4
ALT = 1500
IMAGE, VIDEO = 16_777_216, 103_809_024  # bytes
SCOPE = "write:media"
_ALONE = frozenset({"video/*", "audio/*"})
PATIENCE = 8.0  # seconds that the server may take over a film while we wait


def limits(instance: Json) -> Json:
    """What the server says of files, as the account keeps it."""
    told = instance.get("configuration") or {}
    statuses, media = told.get("statuses") or {}, told.get("media_attachments") or {}
    asked = {
        "most": statuses.get("max_media_attachments"),
        "image": media.get("image_size_limit"),
        "video": media.get("video_size_limit"),
        "alt": media.get("description_limit"),
    }
    return {name: value for name, value in asked.items() if type(value) is int and value > 0}


def files(account: AccountView) -> Files:
    if account.config.get("no_media"):
        note = _("The access token lacks the scope write:media. Make one that has it and connect again.")
        return Files(AS_OF, note=note)
    own = account.config.get("media") or {}
    image, video = own.get("image", IMAGE), own.get("video", VIDEO)
    sizes = {
        "image/*": image,
        **dict.fromkeys(("video/mp4", "video/quicktime", "video/3gpp"), video),
        **dict.fromkeys(("audio/mpeg", "audio/ogg", "audio/aac", "audio/mp4"), video),
    }
    return Files(AS_OF, sizes, own.get("most", MOST), alone=_ALONE, alt=own.get("alt", ALT))


def upload(line: Wire, outgoing: Outgoing) -> list[str]:
    """The ids the server gave them. Nobody sees them yet: a failure here can be tried again, and
    what was left behind the server clears away."""
    return [_uploaded(line, one) for one in outgoing.media]


def _uploaded(line: Wire, one: Media) -> str:
    try:
        with speaking(line):
            file = (one.name, one.body, one.media_type)
            words = {"description": one.alt} if one.alt else {}
            said = line.ask("POST", "/api/v2/media", files={"file": file}, data=words)
            number = str(said["id"])
    except Refused:
        if line.last is None or line.last.status_code == 401:
            raise
        raise SendError(_("The access token lacks the scope write:media."), permanent=True) from None
    if said.get("url") is None:  # taken, and still being prepared
        _await(line, number)
    return number


def _await(line: Wire, number: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with speaking(line):
            said = line.ask("GET", f"/api/v1/media/{number}")
            ready = said.get("url")
        if ready:
            return
        if time.monotonic() > until:
            raise SendError(_("The server is still preparing the file."), permanent=False, retry_after=5)
        time.sleep(0.5)
