"""Pictures on their way out: given to the data server, then named in the post's record.

Films go through a service of their own that prepares them for minutes, and a direct message carries
none of either.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from ..contract import AccountView, Media, Outgoing, SendError
from ..files import Files
from .session import Sessions
from .values import Json, child

# The lexicon app.bsky.embed.images. Since 2025 it takes 2,000,000 bytes; servers that are older than
# that take half, and a picture of a million bytes looks the same on every screen.
AS_OF = date(2026, 11, 1)
MOST = 4
BYTES = 1_000_000
ALT = 2_000  # the lexicon sets no end; the network's own app does
TYPES = ("image/jpeg", "image/png", "image/gif")


def files(*, public: bool) -> Files:
    if not public:
        return Files(AS_OF, note=_("Bluesky takes no files in a direct message."))
    return Files(AS_OF, dict.fromkeys(TYPES, BYTES), MOST, alt=ALT)


def embed(sessions: Sessions, account: AccountView, outgoing: Outgoing) -> Json:
    """What the record says of the pictures. The server forgets those that no record names."""
    images = [_image(sessions, account, one) for one in outgoing.media]
    return {"$type": "app.bsky.embed.images", "images": images}


def _image(sessions: Sessions, account: AccountView, one: Media) -> Json:
    said = sessions.call(account, "com.atproto.repo.uploadBlob", file=(one.body, one.media_type))
    blob = child(said, "blob")
    if not blob:
        raise SendError(_("Bluesky's answer made no sense."), permanent=False)
    image: Json = {"image": blob, "alt": one.alt}
    if one.width and one.height:  # lets apps keep its place before it is loaded
        image["aspectRatio"] = {"width": one.width, "height": one.height}
    return image
