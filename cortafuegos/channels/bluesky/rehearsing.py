"""What may be written on Bluesky to prove the account: an answer under a post of our own, for a moment."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..contract import AccountView, SendError, Target
from . import reader
from .sender import COLLECTION, failure
from .session import Sessions
from .values import Json, child
from .xrpc import NoAnswer, XrpcError

LOOKED_THROUGH = 20  # own posts


def rehearsal(sessions: Sessions, account: AccountView) -> tuple[Target, bool]:
    params = {"repo": account.network_id, "collection": COLLECTION, "limit": LOOKED_THROUGH}
    try:
        said = sessions.call(account, "com.atproto.repo.listRecords", params=params)
    except (XrpcError, NoAnswer) as error:
        raise failure(error, wrote=False) from None
    records = said.get("records")
    for one in records if isinstance(records, list) else []:
        uri = one.get("uri") if isinstance(one, dict) else None
        if isinstance(uri, str) and not child(one, "value").get("reply"):
            ref: Json = {"uri": uri, "cid": str(one.get("cid"))}
            url = reader.web_url(uri)
            return Target(uri, account.network_id, account.handle, uri, url, True, "", ref, ref), True
    reason = _("Post something on Bluesky first: the test answers a post of your own.")
    raise SendError(reason, permanent=True)


def withdraw(sessions: Sessions, account: AccountView, network_id: str, *, public: bool) -> None:
    """A record that is gone is no error to a data server."""
    if not public:
        raise SendError(_("A direct message on Bluesky stays with whoever received it."), permanent=True)
    repo, _slash, name = network_id.removeprefix("at://").partition("/")
    if repo != account.network_id or not name.startswith(f"{COLLECTION}/"):
        raise SendError(_("Only the account that posted it can delete it."), permanent=True)
    write = {"repo": repo, "collection": COLLECTION, "rkey": name.removeprefix(f"{COLLECTION}/")}
    try:
        sessions.call(account, "com.atproto.repo.deleteRecord", json=write)
    except (XrpcError, NoAnswer) as error:
        raise failure(error, wrote=True) from None
