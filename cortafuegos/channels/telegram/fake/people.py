"""Who and what there is in the fake: bots, people, chats, messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """The Bot API's way of saying no."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> Json:
        said: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return {**said, **({"parameters": self.parameters} if self.parameters else {})}


@dataclass(slots=True, eq=False)
class Person:
    id: int
    name: str
    username: str = ""
    language: str = "es"
    started: set[int] = field(default_factory=set)  # bots that may write to them
    blocked: set[int] = field(default_factory=set)
    deleted: bool = False

    def shown(self) -> Json:
        first, _space, last = self.name.partition(" ")
        said: Json = {"id": self.id, "is_bot": False, "first_name": first, "language_code": self.language}
        return {
            **said,
            **({"last_name": last} if last else {}),
            **({"username": self.username} if self.username else {}),
        }


@dataclass(slots=True, eq=False)
class Bot:
    id: int
    token: str
    name: str
    username: str
    reads_groups: bool = True  # privacy mode is off
    revoked: bool = False
    updates: list[Json] = field(default_factory=list)
    next_update: int = 100_000_001
    allowed: list[str] = field(default_factory=list)
    webhook: str = ""
    secret: str = ""
    last_error: Json = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def shown(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def me(self) -> Json:
        return {
            **self.shown(),
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_groups,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


@dataclass(slots=True, eq=False)
class Chat:
    id: int
    type: str  # private, group, supergroup, channel
    title: str = ""
    username: str = ""
    person: Person | None = None
    bots: list[Bot] = field(default_factory=list)
    out: set[int] = field(default_factory=set)  # bots that were thrown out
    messages: dict[int, Json] = field(default_factory=dict)
    next_message: int = 1
    moved_to: int = 0
    sent_at: list[float] = field(default_factory=list)

    def shown(self) -> Json:
        if self.person is not None:
            person = {k: v for k, v in self.person.shown().items() if k.endswith("name")}
            return {"id": self.id, "type": "private", **person}
        said: Json = {"id": self.id, "type": self.type, "title": self.title}
        return {**said, **({"username": self.username} if self.username else {})}


@dataclass(frozen=True, slots=True)
class File:
    id: str
    path: str
    body: bytes = field(repr=False)
    name: str = ""
    media_type: str = ""

    def shown(self) -> Json:
        return {"file_id": self.id, "file_unique_id": f"u{self.id[-12:]}", "file_size": len(self.body)}
