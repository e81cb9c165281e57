"""A file somebody sent: Telegram says where it lies, and for an hour it lies there."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from cortafuegos.channels import fetching
from cortafuegos.channels.contract import AccountView, Json, SendError

from .wire import SERVER, call, client


def fetch(account: AccountView, ref: Json, index: int) -> fetching.Fetched:
    """A bot is given files of up to 20 MB."""
    try:
        told = call(account, "getFile", {"file_id": fetching.named(ref, index)})
    except SendError as error:
        if error.permanent and not isinstance(error, fetching.Expired):
            raise fetching.Expired(
                _("Telegram does not give this file to bots: it is too large, or gone.")
            ) from None
        raise
    path = told.get("file_path") if isinstance(told, dict) else None
    if not isinstance(path, str) or not path or ".." in path.split("/"):
        raise SendError(_("Telegram answers with something unreadable."), permanent=False)
    server = str(account.config.get("server") or SERVER)
    own = urlsplit(server)
    # The token is part of the address: whatever fails here must not carry it along.
    address = f"{server}/file/bot{account.credentials.get('token', '')}/{quote(path)}"
    return fetching.download(client(), address, lambda *place: place == (own.scheme, own.netloc.lower()), {})
