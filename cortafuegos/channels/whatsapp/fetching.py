"""A file somebody sent: WhatsApp keeps it for 30 days, and its address for five minutes."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cortafuegos.channels import fetching
from cortafuegos.channels.contract import AccountView, Json, SendError
from cortafuegos.channels.meta import graph
from cortafuegos.channels.meta.errors import Gone

from .line import line, number_of

# Where Meta keeps what people send; the token goes to these and to nobody else.
HOSTS = ("fbsbx.com", "whatsapp.net", "facebook.com")


def fetch(account: AccountView, ref: Json, index: int) -> fetching.Fetched:
    named = fetching.named(ref, index)
    if not named.isascii() or not named.isalnum():
        raise fetching.Expired(_("The network gave no way to this file."))
    try:
        told = line(account).get(named, phone_number_id=number_of(account))
    except Gone:
        raise fetching.Expired(_("WhatsApp keeps files for 30 days: this one is gone.")) from None
    address = told.get("url")
    if not isinstance(address, str):
        raise SendError(_("WhatsApp answers with something unreadable."), permanent=False)
    own = urlsplit(str(account.config.get("address") or graph.ADDRESS))

    allowed = fetching.at_hosts(HOSTS, (own.scheme, own.netloc))
    token = {"authorization": f"Bearer {account.credentials.get('token', '')}"}
    return fetching.download(graph.client(), address, allowed, token)
