"""What a post says, as a reader sees it: addresses in full, no escapes, no address of its own pictures."""

from __future__ import annotations

from cortafuegos.channels.contract import Attachment, Json

from .values import child, children, count, link, text, unescape

_PICTURES = ("pic.x.com", "pic.twitter.com")  # what a post's own pictures are shown as
_KINDS = {"photo": "image", "animated_gif": "video", "video": "video"}


def plain(words: str, urls: list[Json], own_media: tuple[str, ...] = ()) -> str:
    """``urls``: the short addresses in the text and what they stand for; ``own_media``: short addresses
    that show the post's own pictures."""
    words = unescape(words)
    for url in urls:
        short = text(url, "url")
        if not short:
            continue
        shown = "media_key" in url or short in own_media or text(url, "display_url").startswith(_PICTURES)
        words = words.replace(short, "" if shown else link(url, "unwound_url", "expanded_url") or short)
    for short in own_media:
        words = words.replace(short, "")
    return words.strip()


def attachments(post: Json, includes: Json) -> tuple[Attachment, ...]:
    """Of a post or message of the present interface: named by key, told of in ``includes``."""
    keys = child(post, "attachments").get("media_keys")
    if not isinstance(keys, list):
        return ()
    told = {text(media, "media_key"): media for media in children(includes, "media")}
    return tuple(_attachment(told.get(key, {})) for key in keys if isinstance(key, str))


def _attachment(media: Json) -> Attachment:
    kind = _KINDS.get(text(media, "type"), "file")
    best = _best(children(media, "variants"), "bit_rate") if kind == "video" else ""
    return Attachment(
        kind=kind,
        url=best or link(media, "url", "preview_image_url"),
        media_type="video/mp4" if best else "",
        alt=text(media, "alt_text"),
    )


def older_attachments(media: list[Json]) -> tuple[Attachment, ...]:
    """Of an Account Activity event, which carries them itself."""
    found = []
    for one in media:
        kind = _KINDS.get(text(one, "type"), "file")
        best = _best(children(child(one, "video_info"), "variants"), "bitrate")
        url = best or link(one, "media_url_https", "media_url")
        found.append(
            Attachment(kind, url, media_type="video/mp4" if best else "", alt=text(one, "ext_alt_text"))
        )
    return tuple(found)


def _best(variants: list[Json], rate: str) -> str:
    """The address of the file with the highest bit rate; playlists are none."""
    files = [v for v in variants if text(v, "content_type") == "video/mp4" and link(v, "url")]
    files.sort(key=lambda one: count(one, rate) or 0)
    return link(files[-1], "url") if files else ""
