"""Files that people sent us and that only the account's own token opens: fetched when somebody looks.

Nothing is stored. Where a file lies is the network's word, so the word is checked: the address must be
on a host of that network's own, nothing is followed on to another, and only so much is read for so long.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Post, Refused, SendError

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 25_000_000
SECONDS = 20.0  # for the whole file, however slowly it drips
Allowed = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Fetched:
    body: bytes = field(repr=False)
    media_type: str = ""  # as the network says; believed by nobody


class Expired(SendError):
    """The network keeps it no longer, or never gave it out."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, permanent=True)


@runtime_checkable
class Fetches(Protocol):
    """Attachments without an address of their own; ``ref["files"]`` names them in the same order."""

    def fetch(self, account: AccountView, ref: Json, index: int) -> Fetched:
        """Raises Expired, SendError or Refused."""
        ...


def named(ref: Json, index: int) -> str:
    """The network's name for the file at that place."""
    files = ref.get("files")
    found = files[index] if isinstance(files, list) and 0 <= index < len(files) else None
    if not isinstance(found, str) or not found:
        raise Expired(_("The network gave no way to this file."))
    return found


def held(post: Post, own: Callable[[str], bool]) -> Post:
    """The post, with those files whose address is the network's ``own`` to be fetched from here: a browser
    that opened them would tell who looked, or is not let in. Pure."""
    places = [one.url if one.url and own(one.url) else "" for one in post.attachments]
    if not any(places):
        return post
    attachments = tuple(
        replace(one, url="") if place else one for one, place in zip(post.attachments, places, strict=True)
    )
    return replace(post, attachments=attachments, ref={**post.ref, "files": places})


def at_hosts(hosts: Sequence[str], besides: tuple[str, str] = ("", "")) -> Allowed:
    """These hosts and those below them, by https; and one scheme and place that an account names itself."""

    def allowed(scheme: str, place: str) -> bool:
        if (scheme, place) == (besides[0], besides[1].lower()):
            return True
        return scheme == "https" and any(place == host or place.endswith(f".{host}") for host in hosts)

    return allowed


def lies_at(address: str, allowed: Allowed) -> bool:
    try:
        parts = urlsplit(address)
        return parts.username is None and allowed(parts.scheme, parts.netloc.lower())
    except ValueError:
        return False


def download(client: httpx.Client, address: str, allowed: Allowed, headers: Mapping[str, str]) -> Fetched:
    """What lies at ``address``. ``allowed``: is this scheme and host (with its port) the network's own?"""
    import httpx

    if not lies_at(address, allowed):
        raise SendError(_("The network points to a place that is not its own."), permanent=True)
    try:
        with client.stream("GET", address, headers=dict(headers), follow_redirects=False) as answer:
            _judge(answer.status_code)
            return Fetched(_read(answer), answer.headers.get("content-type", "").partition(";")[0].strip())
    except (httpx.HTTPError, httpx.InvalidURL):
        raise SendError(_("The network does not give the file now. Try again."), permanent=False) from None


def _judge(status: int) -> None:
    if status == 401:
        raise Refused(_("The network no longer accepts our credentials."))
    if status in (403, 404, 410):
        raise Expired(_("The network does not keep this file any more."))
    if status != 200:
        raise SendError(_("The network does not give the file now. Try again."), permanent=False)


def _read(answer: Any) -> bytes:
    told = answer.headers.get("content-length", "")
    if told.isascii() and told.isdecimal() and int(told[:15]) > MOST_BYTES:
        raise too_large()
    body, until = bytearray(), time.monotonic() + SECONDS
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise too_large()
        if time.monotonic() > until:
            raise SendError(_("The network gives the file too slowly. Try again."), permanent=False)
    return bytes(body)


def too_large() -> SendError:
    most = {"most": MOST_BYTES // 1_000_000}
    return SendError(
        _("This file is larger than %(most)d MB. Look at it in the network's own app.") % most, permanent=True
    )
