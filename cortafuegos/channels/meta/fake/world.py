"""Who and what there is on the fake network. Plain values; the rules stand beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


def now() -> datetime:
    return datetime.now(UTC)


def graph_time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


@dataclass(slots=True)
class Person:
    id: str  # page-scoped, or Instagram-scoped
    name: str
    username: str
    unreachable: bool = False  # blocks messages from the business


@dataclass(slots=True)
class Page:
    id: str
    name: str
    username: str
    ig_id: str = ""
    ig_username: str = ""
    subscribed: dict[str, list[str]] = field(default_factory=dict)  # app id: fields


@dataclass(slots=True)
class Token:
    app_id: str
    kind: str  # PAGE, SYSTEM_USER
    page_id: str
    scopes: list[str]
    expires_at: int = 0
    valid: bool = True
    trouble: int = 0  # subcode of the 190 it is refused with


@dataclass(frozen=True, slots=True)
class File:
    """What Meta holds and gives out at an address that anybody may open until it ends."""

    id: str
    name: str
    media_type: str
    body: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        whole = self.media_type.partition("/")[0]
        return whole if whole in ("image", "video", "audio") else "file"


@dataclass(slots=True)
class Thing:
    """A post, comment, review, Instagram medium or comment."""

    id: str
    kind: str  # post, comment, review, media, igcomment
    owner: str  # the page or Instagram account it belongs to; "" when it is somebody else's
    author: str  # id of a person, page or Instagram account
    text: str
    at: datetime
    root: str = ""
    parent: str = ""
    moved: datetime | None = None  # when something was said under it
    hidden: bool = False
    answered: bool = False  # the one private reply was given
    recommends: bool | None = None
    key: str = ""
    file: File | None = None  # a picture or film beside the words

    @property
    def updated(self) -> datetime:
        return self.moved or self.at


@dataclass(slots=True)
class Message:
    mid: str
    sender: str
    person: str  # the other side, whoever speaks
    text: str
    at: datetime
    story: str = ""
    files: tuple[File, ...] = ()


@dataclass(slots=True)
class Exchange:
    """A conversation of a page with a person on one of its platforms."""

    id: str
    page_id: str
    platform: str  # messenger, instagram
    person: str
    messages: list[Message] = field(default_factory=list)

    @property
    def heard_at(self) -> datetime | None:
        times = [message.at for message in self.messages if message.sender == self.person]
        return max(times) if times else None


@dataclass(slots=True)
class Push:
    """One event on its way to an app: of a page or Instagram account."""

    object: str
    owner: str
    field: str  # a webhook field, or "messaging"
    value: dict[str, Any]
    at: datetime
    tries: int = 0
