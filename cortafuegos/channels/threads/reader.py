"""What is said on Threads, as posts. Pure.

Threads tells no id of people: they are known by their username, which can change. Its pushes carry
one event each; what polling fetched lies in an envelope of ours (``polled``), as it came.
"""

from __future__ import annotations

import json
import re

import msgspec

from cortafuegos.channels.contract import (
    AccountView,
    Attachment,
    Author,
    Delivery,
    Json,
    Kind,
    Post,
    Unreadable,
)
from cortafuegos.channels.meta.envelope import Id, link, moment, name_of, typed

from .wire import own

LARGEST = 1_000_000  # bytes
FILES = {"IMAGE": "image", "VIDEO": "video", "AUDIO": "audio"}


class _Named(msgspec.Struct):
    id: Id = None
    owner_id: Id = None
    username: str | None = None


class _Part(msgspec.Struct):
    media_type: str | None = None
    media_url: str | None = None
    gif_url: str | None = None
    alt_text: str | None = None


class _Children(msgspec.Struct):
    data: list[_Part] = []


class _Item(_Part, kw_only=True):
    id: str
    timestamp: str
    username: str
    text: str | None = None
    permalink: str | None = None
    root_post: _Named | None = None
    replied_to: _Named | None = None
    profile_picture_url: str | None = None
    is_verified: bool | None = None
    children: _Children | None = None


class _Gone(msgspec.Struct):
    id: str
    deleted_at: str | None = None
    timestamp: str | None = None


class _Said(msgspec.Struct):
    field: str
    value: Json


class _Push(msgspec.Struct):
    time: int
    values: _Said


class _Polled(msgspec.Struct):
    polled: str  # said, context
    item: Json


Event = _Push | _Polled


def event_of(body: bytes) -> Event:
    """Raises Unreadable, with a reason that quotes nothing."""
    if len(body) > LARGEST:
        raise Unreadable(f"larger than {LARGEST} bytes")
    try:
        shape = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        if "polled" in shape:
            return msgspec.json.decode(body, type=_Polled)
        return msgspec.json.decode(body, type=_Push)
    except msgspec.MsgspecError as error:
        raise Unreadable(str(error)) from None
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None


def pushed_key(account: AccountView, body: bytes) -> str:
    """As ``key``, but of its own where the push is not read for this account. Were it meant for it after all
    (an account that has just taken another name), the round that finds it is not taken for a repetition."""
    event = event_of(body)
    if isinstance(event, _Push) and event.values.field in ("replies", "mentions"):
        item = typed(event.values.value, _Item)
        if not _concerns(account, item, event.values.field):
            return f"aside:{item.id[:200]}"
    return key(body)


def key(body: bytes) -> str:
    """Equal when Meta repeats itself, and when polling finds what was pushed."""
    event = event_of(body)
    if isinstance(event, _Push):
        kind = "gone" if event.values.field == "delete" else "post"
        return f"{kind}:{name_of(event.values.value.get('id'))[:200]}"
    return f"{'post' if event.polled == 'said' else event.polled}:{name_of(event.item.get('id'))[:200]}"


def polled(item: Json, what: str = "said") -> Delivery:
    body = json.dumps({"polled": what, "item": item}, ensure_ascii=True).encode()
    return Delivery(key(body), body)


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    event = event_of(delivery.body)
    if isinstance(event, _Polled):
        return [_post(account, typed(event.item, _Item), context=event.polled == "context")]
    said = event.values
    match said.field:
        case "delete":
            return [_deleted(account, typed(said.value, _Gone), event.time)]
        case "replies" | "mentions":
            item = typed(said.value, _Item)
            return [_post(account, item)] if _concerns(account, item, said.field) else []
    return []  # a field that nobody here asked for


def _concerns(account: AccountView, item: _Item, field: str) -> bool:
    """One app may serve several accounts, and every push comes to each of them."""
    if field == "mentions":
        named = rf"(?<![\w.])@{re.escape(account.handle)}(?!\w|\.\w)"
        return re.search(named, item.text or "", re.IGNORECASE) is not None
    owner = name_of(item.root_post.owner_id) if item.root_post else ""
    return owner in ("", own(account))


def _post(account: AccountView, item: _Item, *, context: bool = False) -> Post:
    author = _author(account, item)
    root = name_of(item.root_post.id) if item.root_post else ""
    parent = name_of(item.replied_to.id) if item.replied_to else ""
    if not item.id:
        raise Unreadable("a post without id")
    return Post(
        network_id=f"threads:{item.id}",
        author=author,
        text=item.text or "",
        posted_at=moment(item.timestamp),
        public=True,
        conversation=f"threads:{root or item.id}",
        in_reply_to=f"threads:{parent}" if parent else "",
        addressed=not context and author.network_id != account.network_id,
        url=link(item.permalink),
        attachments=tuple(_files(item)),
        ref={"id": item.id, "root": root or item.id, "parent": parent},
    )


def _author(account: AccountView, item: _Item) -> Author:
    name = item.username.strip()
    if not name:
        raise Unreadable("a post without author")
    mine = name.lower() == account.handle.lower()
    return Author(
        account.network_id if mine else f"threads:@{name.lower()}",
        name,
        url=f"https://www.threads.com/@{name}",
        avatar=link(item.profile_picture_url),
        verified=item.is_verified is True,
    )


def _files(item: _Item) -> list[Attachment]:
    parts: list[_Part] = [*(item.children.data if item.children else ()), item]
    found = []
    for part in parts:
        address = link(part.media_url) or link(part.gif_url)
        kind = "image" if not link(part.media_url) else FILES.get(part.media_type or "", "")
        if address and kind:
            found.append(Attachment(kind, address, alt=part.alt_text or ""))
    return found


def _deleted(account: AccountView, gone: _Gone, time: int) -> Post:
    """Threads tells of one's own deletions only."""
    at = moment(gone.deleted_at or time)
    return Post(
        network_id=f"threads:{gone.id}",
        author=Author(account.network_id, account.handle),
        text="",
        posted_at=moment(gone.timestamp) if gone.timestamp else at,
        public=True,
        conversation=f"threads:{gone.id}",
        addressed=False,
        kind=Kind.DELETE,
        edited_at=at,
    )
