"""Files of direct messages: X gives them to who takes part in the exchange, by its own hosts and our pass."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cortafuegos.channels import fetching
from cortafuegos.channels.contract import AccountView, Json, Post, Refused

from .wire import http

# Our pass goes to these ("retrieving media", as read on 2026-11-22: signed as the user) ...
PRIVATE = ("ton.x.com", "ton.twitter.com")
OPEN = ("twimg.com",)  # ... and not to these, where whoever has the address is let in


def held(account: AccountView, post: Post) -> Post:
    """A message, with its files to be fetched from here. Pure."""
    if post.public:
        return post
    return fetching.held(post, lambda address: fetching.lies_at(address, _at(account, *PRIVATE, *OPEN)))


def fetch(account: AccountView, ref: Json, index: int) -> fetching.Fetched:
    address = fetching.named(ref, index)
    private = fetching.lies_at(address, _at(account, *PRIVATE))
    token = {"authorization": f"Bearer {account.credentials.get('access_token', '')}"} if private else {}
    try:
        return fetching.download(http(), address, _at(account, *PRIVATE, *OPEN), token)
    except (Refused, fetching.Expired):
        # Its older interface may want a signature that our pass cannot make: that is no reason for an alarm.
        raise fetching.Expired(_("X does not give this file out any more, or only in its own app.")) from None


def _at(account: AccountView, *hosts: str) -> fetching.Allowed:
    told = urlsplit(str(account.config.get("api") or ""))
    return fetching.at_hosts(hosts, (told.scheme, told.netloc))
