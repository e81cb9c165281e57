"""The account's own profile text."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..contract import AccountView, SendError
from . import limits
from .sender import failure
from .session import Sessions
from .values import Json, child
from .xrpc import NoAnswer, XrpcError

COLLECTION = "app.bsky.actor.profile"


def set_profile(sessions: Sessions, account: AccountView, text: str) -> bool:
    """Change the description and nothing else: name, picture and pinned post stay, and a change made
    elsewhere in the same moment is not undone (``swapRecord``)."""
    if not limits.fits(text, limits.PROFILE):
        raise SendError(
            _("The profile text is too long: Bluesky takes %(graphemes)d characters.")
            % {"graphemes": limits.PROFILE.graphemes},
            permanent=True,
        )
    where: Json = {"repo": account.network_id, "collection": COLLECTION, "rkey": "self"}
    try:
        held = _held(sessions, account, where)
        record = {"$type": COLLECTION, **child(held, "value"), "description": text}
        if record != held.get("value"):
            write = {**where, "record": record, "swapRecord": held.get("cid")}
            sessions.call(account, "com.atproto.repo.putRecord", json=write)
    except (XrpcError, NoAnswer) as error:
        if isinstance(error, XrpcError) and error.name == "InvalidSwap":
            reason = _("The profile was changed elsewhere in this moment. Try again.")
            raise SendError(reason, permanent=False) from None
        raise failure(error, wrote=False) from None
    return True


def _held(sessions: Sessions, account: AccountView, where: Json) -> Json:
    try:
        return sessions.call(account, "com.atproto.repo.getRecord", params=where)
    except XrpcError as error:
        if error.name == "RecordNotFound":
            return {}
        raise
