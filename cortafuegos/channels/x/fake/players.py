"""What people do on the fake X, for tests and for the demo. Names are handles without @."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from .texts import MENTION
from .world import Media, Message, Post, User, World

Heard = Callable[[str, Any], None]


class Players:
    def __init__(self, world: World, heard: Heard) -> None:
        self.world, self._heard = world, heard

    def join(self, username: str, **told: Any) -> User:
        return self.world.join(username, **told)

    def say(
        self,
        username: str,
        text: str,
        *,
        to: str = "",
        quoting: str = "",
        at: datetime | None = None,
        media: tuple[str, ...] = (),
        quiet: tuple[str, ...] = (),
        lang: str = "es",
    ) -> Post:
        """A post, an answer ``to`` a post's number, or one ``quoting`` it. ``quiet``: people whom the
        author took out of the mentions that an answer begins with."""
        world = self.world
        with world.lock:
            author = world.user(username)
            number = world.new_id(at)
            parent = world.posts.get(to)
            prefix = _prefix(world, author, parent, {world.user(one).id for one in quiet})
            post = Post(
                number, author, text, at or world.now(), [number], parent.root if parent else number,
                reply_to=to, quote=quoting, media=list(media), lang=lang, prefix=prefix,
                mentions=_mentioned(world, prefix + text),
            )  # fmt: skip
            world.posts[number] = post
        self._heard("post", post)
        return post

    def mention(self, username: str, brand: str, text: str, **more: Any) -> Post:
        return self.say(username, f"@{brand} {text}", **more)

    def repost(self, username: str, number: str) -> Post:
        post = self.say(username, f"RT {self.world.posts[number].text}")
        post.repost = number
        return post

    def edit(self, number: str, text: str) -> Post:
        """An edit is a new post with a new number; the old one is no longer listed."""
        world = self.world
        with world.lock:
            before = world.posts[number]
            fresh = world.new_id()
            before.history.append(fresh)
            before.superseded = True
            root = fresh if before.root == before.id else before.root
            post = Post(
                fresh, before.author, text, world.now(), before.history, root, reply_to=before.reply_to,
                quote=before.quote, media=before.media, lang=before.lang, prefix=before.prefix,
                mentions=_mentioned(world, before.prefix + text),
            )  # fmt: skip
            world.posts[fresh] = post
        self._heard("post", post)
        return post

    def delete(self, number: str) -> None:
        """With one of them, all that it was edited from or to."""
        post = self.world.posts[number]
        with self.world.lock:
            for one in post.history:
                self.world.posts[one].deleted = True
        self._heard("deleted", post)

    def dm(
        self,
        sender: str,
        recipient: str,
        text: str,
        *,
        at: datetime | None = None,
        media: tuple[str, ...] = (),
    ) -> Message:
        world = self.world
        with world.lock:
            author, other = world.user(sender), world.user(recipient)
            pair = "-".join(sorted((author.id, other.id), key=int))
            message = Message(world.new_id(at), author, pair, text, at or world.now(), list(media))
            world.messages[message.id] = message
        self._heard("message", message)
        return message

    def block(self, username: str, whom: str) -> None:
        self.world.user(username).blocked.add(self.world.user(whom).id)

    def suspend(self, username: str) -> None:
        self.world.user(username).suspended = True

    def close_messages(self, username: str) -> None:
        self.world.user(username).takes_messages = False

    def picture(self, owner: str, kind: str = "photo", alt: str = "", body: bytes = b"") -> str:
        number = self.world.new_id()
        user = self.world.user(owner)
        self.world.media[number] = Media(number, kind, user.id, len(body) or 1_000, alt, body=body)
        return number

    def reads(self, username: str) -> list[Post]:
        """What is said to somebody: what they see under their notifications, the oldest first."""
        user = self.world.user(username)
        return [p for p in self._standing() if user.id in p.mentions and p.author.id != user.id]

    def posts_of(self, username: str) -> list[Post]:
        user = self.world.user(username)
        return [p for p in self._standing() if p.author.id == user.id]

    def messages_with(self, one: str, other: str) -> list[Message]:
        pair = {self.world.user(one).id, self.world.user(other).id}
        with self.world.lock:
            return [m for m in self.world.messages.values() if set(m.members) == pair and not m.deleted]

    def revoke(self, username: str) -> None:
        """As somebody who takes the app out of their account's settings."""
        user = self.world.user(username)
        with self.world.lock:
            for kept in (self.world.tokens, self.world.refresh):
                for name in [name for name, token in kept.items() if token.user_id == user.id]:
                    del kept[name]

    def later(self, by: timedelta) -> None:
        """The network's clock moves on."""
        self.world.shift += by

    def _standing(self) -> list[Post]:
        with self.world.lock:
            found = [p for p in self.world.posts.values() if not p.deleted and not p.superseded]
        return sorted(found, key=lambda p: int(p.id))


def _prefix(world: World, author: User, parent: Post | None, quiet: set[str]) -> str:
    """The mentions that X puts before an answer: the author of the post, and those it names."""
    if parent is None:
        return ""
    named = [parent.author.id, *parent.mentions]
    whom = dict.fromkeys(one for one in named if one != author.id and one not in quiet)
    return "".join(f"@{world.users[one].username} " for one in whom)


def _mentioned(world: World, text: str) -> list[str]:
    found = []
    for name in MENTION.findall(text):
        try:
            found.append(world.user(name).id)
        except LookupError:
            continue
    return list(dict.fromkeys(found))
