"""Pictures, films and documents that people sent us: they lie at addresses of Meta's own, which end after
some days and are then asked for anew by what they hang on."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cortafuegos.channels import fetching
from cortafuegos.channels.contract import AccountView, Json, Post, Refused
from cortafuegos.channels.fetching import Expired, Fetched

from . import graph
from .account import graph_of
from .errors import Failed
from .graph import listed

HOSTS = ("fbcdn.net", "fbsbx.com", "cdninstagram.com")
_MESSAGE = "attachments{image_data,video_data,file_url}"


def held(account: AccountView, post: Post) -> Post:
    """The post, with what lies at Meta's to be fetched from here. Pure."""
    found = fetching.held(post, lambda address: fetching.lies_at(address, _own(account)))
    if found is post or post.public:
        return found
    return replace(found, ref={**found.ref, "message": post.network_id.partition(":")[2]})


def fetch(account: AccountView, ref: Json, index: int) -> Fetched:
    address = fetching.named(ref, index)
    try:
        return _download(account, address)
    except Expired:
        anew = _asked_anew(account, ref, index)
        if not anew or anew == address:
            raise
    return _download(account, anew)


def _download(account: AccountView, address: str) -> Fetched:
    """Without our token: whoever has the address may open it."""
    try:
        return fetching.download(graph.client(), address, _own(account), {})
    except Refused:
        raise Expired(_("The network does not keep this file any more.")) from None


def _own(account: AccountView) -> fetching.Allowed:
    told = urlsplit(str(account.config.get("graph") or graph.ADDRESS))
    return fetching.at_hosts(HOSTS, (told.scheme, told.netloc))


def _asked_anew(account: AccountView, ref: Json, index: int) -> str:
    """Where it lies today; empty when Meta does not say."""
    kind = "message" if "message" in ref else ref.get("kind")
    own = str(ref.get("message") or ref.get("id") or "")
    fields = {"message": _MESSAGE, "comment": "attachment", "post": "full_picture", "media": "media_url"}
    if kind not in fields or not own:
        return ""
    try:
        said = graph_of(account).get(own, fields=fields[kind])
    except Failed as failed:
        if failed.permanent:
            return ""
        raise
    places = _in_message(said) if kind == "message" else _in_public(said)
    return places[index] if index < len(places) else ""


def _in_message(said: Json) -> list[str]:
    files = listed(said.get("attachments") or {})
    return [_first(file.get("image_data"), file.get("video_data"), {"url": file.get("file_url")})
            for file in files]  # fmt: skip


def _first(*holders: object) -> str:
    urls = (holder.get("url") for holder in holders if isinstance(holder, dict))
    return next((url for url in urls if isinstance(url, str)), "")


def _in_public(said: Json) -> list[str]:
    attachment = said.get("attachment")
    media = attachment.get("media") if isinstance(attachment, dict) else None
    image = media.get("image") if isinstance(media, dict) else None
    places = (
        media.get("source") if isinstance(media, dict) else None,
        image.get("src") if isinstance(image, dict) else None,
        said.get("full_picture"),
        said.get("media_url"),
    )
    return [next((place for place in places if isinstance(place, str)), "")]
