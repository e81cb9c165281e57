"""What exists on the fake X: people, posts, messages, files, and the app that asks for them."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cortafuegos.channels.x.values import id_at

Json = dict[str, Any]
EDITS, EDITABLE = 5, timedelta(hours=1)


@dataclass(slots=True)
class User:
    id: str
    username: str
    name: str
    followers: int = 0
    verified_type: str = "none"
    description: str = ""
    location: str = ""
    suspended: bool = False
    takes_messages: bool = True
    blocked: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Post:
    id: str
    author: User
    text: str  # as it was typed
    created: datetime
    history: list[str]
    root: str
    reply_to: str = ""
    quote: str = ""
    repost: str = ""
    mentions: list[str] = field(default_factory=list)  # user ids
    prefix: str = ""  # the mentions X put before it
    media: list[str] = field(default_factory=list)
    lang: str = "es"
    reply_settings: str = "everyone"
    deleted: bool = False
    superseded: bool = False  # an edit took its place
    hidden: bool = False


@dataclass(slots=True)
class Message:
    id: str
    sender: User
    conversation: str
    text: str
    created: datetime
    media: list[str] = field(default_factory=list)
    deleted: bool = False

    def place(self, media: Media) -> str:
        """Where a file of it lies, for those who take part."""
        return f"/1.1/ton/data/dm/{self.id}/{media.id}/{media.id}.{'jpg' if media.kind == 'photo' else 'mp4'}"

    @property
    def members(self) -> list[str]:
        return self.conversation.split("-")


@dataclass(slots=True)
class Media:
    id: str
    kind: str  # photo, animated_gif, video
    owner: str
    size: int = 0
    alt: str = ""
    pieces: dict[int, int] = field(default_factory=dict)
    asked: int = 0  # how often its state was asked for
    announced: int = 0
    body: bytes = field(default=b"", repr=False)

    @property
    def key(self) -> str:
        return f"{ {'photo': 3, 'video': 7, 'animated_gif': 16}[self.kind] }_{self.id}"


@dataclass(slots=True)
class App:
    client_id: str = "cGFydGljdWxhcg"
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    consumer_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    bearer: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    enterprise: bool = False
    enrolled: bool = True
    credit: bool = True


class World:
    """All of it, in memory. Every change is made with ``lock`` held."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.app = App()
        self.users: dict[str, User] = {}
        self._by_name: dict[str, User] = {}
        self.posts: dict[str, Post] = {}
        self.messages: dict[str, Message] = {}
        self.media: dict[str, Media] = {}
        self.tokens: dict[str, Token] = {}
        self.refresh: dict[str, Token] = {}
        self.codes: dict[str, Json] = {}
        self.private = "https://ton.x.com"  # where the files of messages lie
        self.shift = timedelta(0)  # the network's clock against ours
        self._last = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def new_id(self, at: datetime | None = None) -> str:
        """Numbers grow with time, and none is given twice."""
        with self.lock:
            wanted = id_at(at or self.now())
            if at is None:
                self._last = max(self._last + 1, wanted)
                return str(self._last)
            while str(wanted) in self.posts or str(wanted) in self.messages:
                wanted += 1
            return str(wanted)

    def user(self, username: str) -> User:
        return self._by_name[username.lower()]

    def join(self, username: str, **told: Any) -> User:
        with self.lock:
            number = str(1_000_000_000_000_000 + len(self.users) + 1)
            user = User(number, username, told.pop("name", username.title()), **told)
            self.users[number] = self._by_name[username.lower()] = user
            return user

    def visible(self, post_id: str, to: str) -> Post | None:
        post = self.posts.get(post_id)
        if post is None or post.deleted or post.author.suspended or to in post.author.blocked:
            return None
        return post

    def issue(self, user_id: str, scopes: str, lasts: int = 7_200) -> Token:
        with self.lock:
            token = Token(
                secrets.token_urlsafe(24),
                secrets.token_urlsafe(24),
                user_id,
                scopes,
                self.now() + timedelta(seconds=lasts),
                lasts,
            )
            self.tokens[token.access] = self.refresh[token.refresh] = token
            return token


@dataclass(frozen=True, slots=True)
class Token:
    access: str
    refresh: str
    user_id: str
    scopes: str
    ends: datetime
    lasts: int
