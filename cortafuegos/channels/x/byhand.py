"""X's own window with the text ready, and the link to what was posted there."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

from cortafuegos.channels.contract import AccountView, Sent, Target

from . import names
from .values import moment_of, number_id

_HOSTS = ("x.com", "twitter.com")
_PATH = re.compile(r"/([A-Za-z0-9_]{1,15})/status(?:es)?/([0-9]{1,19})(?:/.*)?")


def compose_address(account: AccountView, target: Target, text: str) -> str:
    told = {"in_reply_to": number_id(target.ref.get("id")), "text": text}
    return f"{names.web(account)}/intent/post?{urlencode({k: v for k, v in told.items() if v})}"


def recognise(account: AccountView, link: str) -> Sent | None:
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("mobile.")
    except ValueError:
        return None
    ours = urlsplit(names.web(account)).hostname
    found = _PATH.fullmatch(parts.path)
    if parts.scheme not in ("http", "https") or host not in (*_HOSTS, ours) or not found:
        return None
    handle, post_id = found[1], found[2]
    if handle.lower() != account.handle.lower() or not number_id(post_id):
        return None
    return Sent(
        network_id=names.post(post_id),
        url=names.post_url(names.web(account), account.handle, post_id),
        posted_at=moment_of(post_id),
        ref={"id": post_id, "author": names.number(account.network_id), "summoned": False},
    )
