"""The fake as tests and the demo hold it: people who write, edit, delete, block."""

from __future__ import annotations

import hashlib
import itertools
import threading
import time
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp

from cortafuegos.channels.fakes.faults import Faults

from .entities import found_in
from .files import described
from .people import Bot, Chat, File, Json, Person

KEPT = 86_400  # seconds that an update waits to be fetched


class Telegram:
    """``clock`` gives Unix time, so that a test can let days pass."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock, self.lock, self.faults = clock, threading.RLock(), Faults()
        self.bots: list[Bot] = []
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self._numbers = itertools.count(5_000_001)

    def app(self) -> ASGIApp:
        from .app import application

        return application(self)

    # --- who there is ---

    def bot(self, name: str, username: str, *, reads_groups: bool = True) -> Bot:
        number = next(self._numbers)
        token = f"{number}:{hashlib.sha256(username.encode()).hexdigest()[:35]}"
        self.bots.append(Bot(number, token, name, username, reads_groups))
        return self.bots[-1]

    def person(self, name: str, username: str = "") -> Person:
        return Person(next(self._numbers), name, username)

    def private(self, bot: Bot, person: Person) -> Chat:
        """Between the two: each bot has a chat of its own with the same person, of the same number."""
        chat = next((c for c in self.chats.values() if c.person is person and bot in c.bots), None)
        if chat is None:
            chat = Chat(person.id, "private", person=person, bots=[bot])
            self.chats[self._slot(bot, chat)] = chat
        person.started.add(bot.id)
        return chat

    def group(self, title: str, *bots: Bot, kind: str = "supergroup", username: str = "") -> Chat:
        number = -next(self._numbers) - (1_000_000_000_000 if kind != "group" else 0)
        chat = self.chats[number] = Chat(number, kind, title, username, bots=list(bots))
        return chat

    def chat_of(self, bot: Bot, number: int) -> Chat | None:
        return self.chats.get(number) if number < 0 else self.chats.get(number * 10_000_000_000 + bot.id)

    def _slot(self, bot: Bot, chat: Chat) -> int:
        return chat.id * 10_000_000_000 + bot.id

    # --- what people do ---

    def says(self, who: Person | Bot | Chat, chat: Chat, text: str = "", **more: Any) -> Json:
        """``more``: reply_to (a message), links ({words: address}), album, topic, and what is sent
        besides: photo, document, voice ... as bytes or (name, type, bytes); contact, location ... as
        the Bot API says them. Returns the message as bots see it."""
        with self.lock:
            message = self.written(who, chat, text, **more)
            self._tell(chat, "message", message, who)
            return message

    def written(self, who: Person | Bot | Chat, chat: Chat, text: str = "", **more: Any) -> Json:
        reply_to, links, album = more.pop("reply_to", None), more.pop("links", {}), more.pop("album", "")
        topic, forward = more.pop("topic", 0), more.pop("automatic_forward", False)
        message: Json = {"message_id": chat.next_message, "chat": chat.shown(), "date": int(self.clock())}
        chat.next_message += 1
        if isinstance(who, Chat):
            message["sender_chat"] = who.shown()
            message["from"] = {"id": 777000 if forward else 1087968824, "is_bot": not forward,
                               "first_name": "Telegram" if forward else "Group"}  # fmt: skip
        else:
            message["from"] = who.shown()
        if forward:
            message["is_automatic_forward"] = True
        if reply_to:
            message["reply_to_message"] = {k: v for k, v in reply_to.items() if k != "reply_to_message"}
            if chat.type == "supergroup" and not topic:
                message["message_thread_id"] = reply_to.get("message_thread_id") or reply_to["message_id"]
        if topic:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        if album:
            message["media_group_id"] = album
        for name, value in more.items():
            message |= described(self, name, value)
        if text:
            words, places = found_in(text, links)
            plain = more.keys() <= {"sticker"}
            message["text" if plain else "caption"] = words
            if places:
                message["entities" if plain else "caption_entities"] = places
        chat.messages[message["message_id"]] = message
        return message

    def edits(self, chat: Chat, message: Json, text: str) -> Json:
        with self.lock:
            words, places = found_in(text, {})
            name = "caption" if "caption" in message else "text"
            message |= {name: words, "edit_date": int(self.clock())}
            entities = "caption_entities" if name == "caption" else "entities"
            message.pop(entities, None)
            message |= {entities: places} if places else {}
            self._tell(chat, "edited_message", message, None)
            return message

    def deletes(self, chat: Chat, message: Json) -> None:
        """Bots are not told."""
        with self.lock:
            chat.messages.pop(message["message_id"], None)

    def blocks(self, person: Person, bot: Bot, *, blocked: bool = True) -> None:
        with self.lock:
            (person.blocked.add if blocked else person.blocked.discard)(bot.id)
            states = ("member", "kicked") if blocked else ("kicked", "member")
            old, new = ({"user": bot.shown(), "status": s, **({"until_date": 0} if s == "kicked" else {})}
                        for s in states)  # fmt: skip
            change = {"chat": self.private(bot, person).shown(), "from": person.shown(),
                      "date": int(self.clock()), "old_chat_member": old, "new_chat_member": new}  # fmt: skip
            self.update(bot, "my_chat_member", change)

    def migrates(self, group: Chat) -> Chat:
        """A small group grows up, under another number."""
        with self.lock:
            new = self.group(group.title, *group.bots)
            group.moved_to = new.id
            self.says(group, group, migrate_to_chat_id=new.id)
            self.says(new, new, migrate_from_chat_id=group.id)
            return new

    # --- what bots hear of it ---

    def _tell(self, chat: Chat, kind: str, message: Json, who: object) -> None:
        for bot in chat.bots:
            if bot is not who and bot.id not in chat.out and self._hears(bot, chat, message):
                self.update(bot, kind, message)

    def _hears(self, bot: Bot, chat: Chat, message: Json) -> bool:
        if chat.person is not None:
            return bot.id not in chat.person.blocked
        answered = (message.get("reply_to_message") or {}).get("from", {}).get("id") == bot.id
        words = message.get("text") or message.get("caption") or ""
        command = words.startswith("/") and ("@" not in words or f"@{bot.username}" in words)
        return bot.reads_groups or answered or command

    def update(self, bot: Bot, kind: str, what: Json) -> None:
        if bot.allowed and kind not in bot.allowed:
            return
        bot.updates.append({"update_id": bot.next_update, kind: dict(what)})
        bot.next_update += 1
