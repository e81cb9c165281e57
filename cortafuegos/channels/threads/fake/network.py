"""Who and what there is on the fake Threads, what people do there, and what it pushes."""

from __future__ import annotations

import itertools
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.types import ASGIApp

from cortafuegos.channels.fakes.faults import Faults, Troubled
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.meta import signature

Json = dict[str, Any]
LASTS = 60 * 86_400


@dataclass(slots=True, eq=False)
class Post:
    id: str
    username: str
    text: str
    at: datetime
    root: Post | None = None
    parent: Post | None = None
    picture: str = ""
    hidden: bool = False

    @property
    def top(self) -> Post:
        return self.root or self


@dataclass(slots=True)
class Token:
    user_id: str
    scopes: list[str]
    long: bool = False


@dataclass(slots=True)
class Waiting:
    field: str
    owner: str
    value: Json


class ThreadsNetwork:
    def __init__(self) -> None:
        self.lock, self.faults = threading.RLock(), Faults()
        self.app_id, self.app_secret = "990000000000001", "f0e1d2c3" * 4
        self.signed_in = ""  # whose browser comes to the consent page; nobody: consent is refused
        self.users: dict[str, str] = {}  # username: id
        self.posts: dict[str, Post] = {}
        self.tokens: dict[str, Token] = {}
        self.codes: dict[tuple[str, str], str] = {}  # code and return address: user id
        self.prepared: dict[str, Json] = {}
        self.waiting: list[Waiting] = []
        self.blocked: set[str] = set()  # who lets nobody answer
        self._serial = itertools.count(1)

    def app(self) -> ASGIApp:
        from .app import application

        return Troubled(application(self), self.faults)

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[str]:
        with serving(self.app(), port=port) as address:
            yield address

    # --- what people do ---

    def join(self, username: str) -> str:
        self.users.setdefault(username, self.new_id("17"))
        return username

    def say(
        self,
        username: str,
        text: str,
        *,
        to: Post | None = None,
        at: datetime | None = None,
        picture: str = "",
    ) -> Post:
        with self.lock:
            self.join(username)
            root = to.top if to else None
            post = Post(self.new_id("18"), username, text, at or datetime.now(UTC), root, to, picture)
            self.posts[post.id] = post
            if root is not None and root.username != username:
                self.waiting.append(Waiting("replies", root.username, self.shown(post)))
            for name in self.users:
                if name != username and f"@{name}" in text.split():
                    self.waiting.append(Waiting("mentions", name, self.shown(post)))
            return post

    def rename(self, username: str, to: str) -> None:
        """Its number stays, and so do its posts."""
        with self.lock:
            self.users[to] = self.users.pop(username)
            for post in self.posts.values():
                post.username = to if post.username == username else post.username

    def delete(self, post: Post) -> None:
        """Only its author's own app is told."""
        with self.lock:
            del self.posts[post.id]
            at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "+0000")
            self.waiting.append(Waiting("delete", post.username, {"id": post.id, "deleted_at": at}))

    def revoke(self, username: str) -> None:
        self.tokens = {k: t for k, t in self.tokens.items() if t.user_id != self.users[username]}

    def answers(self, post: Post) -> list[Post]:
        return [one for one in self.posts.values() if one.parent is post]

    # --- what apps see ---

    def shown(self, post: Post, viewer: str = "") -> Json:
        said: Json = {
            "id": post.id,
            "media_product_type": "THREADS",
            "media_type": "IMAGE" if post.picture else "TEXT_POST",
            "permalink": f"https://www.threads.com/@{post.username}/post/{post.id}",
            "username": post.username,
            "text": post.text,
            "timestamp": post.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "has_replies": any(one.top is post and one is not post for one in self.posts.values()),
            "is_reply": post.parent is not None,
            "is_verified": False,
            **({"media_url": post.picture} if post.picture else {}),
        }
        if post.root is not None and post.parent is not None:
            owner = self.users[post.root.username]
            said["root_post"] = {"id": post.root.id, "owner_id": owner, "username": post.root.username}
            said["replied_to"] = {"id": post.parent.id}
            said["is_reply_owned_by_me"] = post.username == viewer
            said["hide_status"] = "HIDDEN" if post.hidden else "NOT_HUSHED"
        return said

    def issue(self, user_id: str, scopes: list[str], *, long: bool = False) -> str:
        token = "TH" + secrets.token_hex(24)
        self.tokens[token] = Token(user_id, scopes, long)
        return token

    def new_id(self, first: str) -> str:
        return f"{first}{next(self._serial):015d}"

    # --- pushes ---

    def bodies(self, *, backwards: bool = False) -> list[bytes]:
        """Takes what waits: one event in each push."""
        with self.lock:
            waiting, self.waiting = self.waiting, []
        made = []
        for one in reversed(waiting) if backwards else waiting:
            topic = {"replies": "moderate", "delete": "moderate"}.get(one.field, "interaction")
            said = {
                "app_id": self.app_id,
                "topic": topic,
                "target_id": one.value["id"],
                "time": int(datetime.now(UTC).timestamp()),
                "subscription_id": "234567",
                "has_uid_field": False,
                "values": {"value": one.value, "field": one.field},
            }
            made.append(json.dumps(said).encode())
        return made

    def push(self, address: str, *, times: int = 1, backwards: bool = False) -> list[int]:
        """The statuses answered."""
        return [
            httpx.post(address, content=body, headers=self.signed(body), timeout=10).status_code
            for body in self.bodies(backwards=backwards)
            for _time in range(times)
        ]

    def signed(self, body: bytes) -> dict[str, str]:
        return {"content-type": "application/json", signature.HEADER: signature.sign(self.app_secret, body)}
