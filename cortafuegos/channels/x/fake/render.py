"""Posts, people, messages and files as X's interface v2 tells of them, in either vocabulary: the one a
request asks in (``tweet.fields`` or ``post.fields``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .texts import mentions, tags, written
from .world import EDITABLE, EDITS, Media, Message, Post, User, World

Json = dict[str, Any]
LONG = 280
_OLD = {
    "edit_history_post_ids": "edit_history_tweet_ids",
    "referenced_posts": "referenced_tweets",
    "note_post": "note_tweet",
    "post_count": "tweet_count",
    "repost_count": "retweet_count",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asked for."""

    posts: frozenset[str]
    users: frozenset[str]
    media: frozenset[str]
    messages: frozenset[str]
    expansions: frozenset[str]
    new: bool  # the newer vocabulary

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        def some(name: str) -> frozenset[str]:
            return frozenset(part for part in query.get(name, "").split(",") if part)

        new = "post.fields" in query or not any("tweet" in name for name in query)
        old = {v: k for k, v in _OLD.items()}
        fields = frozenset(old.get(name, name) for name in some("post.fields") | some("tweet.fields"))
        return cls(
            fields,
            some("user.fields"),
            some("media.fields"),
            some("dm_event.fields"),
            some("expansions"),
            new,
        )

    def name(self, name: str) -> str:
        return name if self.new else _OLD.get(name, name)

    def expands(self, *named: str) -> bool:
        return any(name in self.expansions for name in named)


class Page:
    """A list of posts or messages with everything it brings along."""

    def __init__(self, world: World, wanted: Wanted, reader: str) -> None:
        self.world, self.wanted, self.reader = world, wanted, reader
        self._users: dict[str, User] = {}
        self._media: dict[str, Media] = {}
        self._in_messages: dict[str, Message] = {}
        self._posts: dict[str, Post] = {}

    def posts(self, found: Iterable[Post]) -> list[Json]:
        return [self.post(one) for one in found]

    def post(self, post: Post, *, leading: bool = True) -> Json:
        wanted = self.wanted
        keys = [self.world.media[one].key for one in post.media]
        text, urls = written(post.prefix + post.text, keys)
        long = len(text) > LONG
        shown = text[: LONG - 1] + "…" if long else text
        entities = self._entities(text, urls)
        said: Json = {"id": post.id, "text": shown, wanted.name("edit_history_post_ids"): post.history}
        optional: Json = {
            "author_id": post.author.id,
            "conversation_id": post.root,
            "created_at": stamp(post.created),
            "lang": post.lang,
            "reply_settings": post.reply_settings,
            "entities": entities if not long else {k: v for k, v in entities.items() if k != "urls"},
            "attachments": {"media_keys": keys} if keys else None,
            "note_post": {"text": text, "entities": self._entities(text, without_keys(urls))}
            if long
            else None,
            "in_reply_to_user_id": self._answered(post),
            "referenced_posts": self._referenced(post),
            "public_metrics": {
                wanted.name("repost_count"): 0,
                "reply_count": sum(one.reply_to == post.id for one in self.world.posts.values()),
                "like_count": 0,
                "quote_count": 0,
                "bookmark_count": 0,
                "impression_count": 0,
            },
            "edit_controls": {
                "edits_remaining": EDITS - len(post.history) + 1,
                "is_edit_eligible": not post.reply_to,
                "editable_until": stamp(post.created + EDITABLE),
            },
        }
        asked = set(wanted.posts)
        if wanted.expands("author_id"):
            asked.add("author_id")
        if wanted.expands("in_reply_to_user_id"):
            asked.add("in_reply_to_user_id")
        if wanted.expands("referenced_posts", "referenced_tweets.id"):
            asked.add("referenced_posts")
        said |= {wanted.name(k): v for k, v in optional.items() if k in asked and v not in (None, {}, [])}
        self._bring_along(post, leading=leading)
        return said

    def _bring_along(self, post: Post, *, leading: bool) -> None:
        wanted = self.wanted
        if wanted.expands("author_id"):
            self._users[post.author.id] = post.author
        if wanted.expands("attachments.media_keys"):
            self._media |= {one: self.world.media[one] for one in post.media}
        if wanted.expands("in_reply_to_user_id") and (answered := self._answered(post)):
            self._users[answered] = self.world.users[answered]
        if leading and wanted.expands("referenced_posts", "referenced_tweets.id"):
            for number in (post.reply_to, post.quote, post.repost):
                if number and (found := self.world.visible(number, self.reader)):
                    self._posts[number] = found

    def _entities(self, text: str, urls: list[Json]) -> Json:
        def number_of(username: str) -> str | None:
            try:
                return self.world.user(username).id
            except LookupError:
                return None

        found = {"mentions": mentions(text, number_of), "urls": urls, "hashtags": tags(text)}
        return {name: values for name, values in found.items() if values}

    def _answered(self, post: Post) -> str | None:
        parent = self.world.posts.get(post.reply_to)
        return parent.author.id if parent else None

    def _referenced(self, post: Post) -> list[Json]:
        kinds = {"replied_to": post.reply_to, "quoted": post.quote, "retweeted": post.repost}
        return [{"type": kind, "id": number} for kind, number in kinds.items() if number]

    def message(self, message: Message) -> Json:
        wanted = self.wanted
        keys = [self.world.media[one].key for one in message.media]
        text, urls = written(message.text, keys)
        said: Json = {"id": message.id, "text": text, "event_type": "MessageCreate"}
        optional: Json = {
            "created_at": stamp(message.created),
            "dm_conversation_id": message.conversation,
            "attachments": {"media_keys": keys} if keys else None,
            "entities": self._entities(text, without_keys(urls)) or None,
        }
        said |= {k: v for k, v in optional.items() if k in wanted.messages and v is not None}
        if wanted.expands("sender_id"):
            said["sender_id"] = message.sender.id
            self._users[message.sender.id] = message.sender
        if wanted.expands("attachments.media_keys"):
            self._media |= {one: self.world.media[one] for one in message.media}
            self._in_messages |= dict.fromkeys(message.media, message)
        return said

    def includes(self) -> Json:
        referenced = [self.post(one, leading=False) for one in list(self._posts.values())]
        found = {
            "users": [self.user(one) for one in self._users.values()],
            "media": [self.medium(one) for one in self._media.values()],
            "posts" if self.wanted.new else "tweets": referenced,
        }
        return {name: values for name, values in found.items() if values}

    def user(self, user: User) -> Json:
        said: Json = {"id": user.id, "name": user.name, "username": user.username}
        optional: Json = {
            "description": user.description,
            "location": user.location or None,
            "verified": user.verified_type != "none",
            "verified_type": user.verified_type,
            "profile_image_url": f"https://pbs.example/{user.username}.jpg",
            "receives_your_dm": user.takes_messages and self.reader not in user.blocked,
            "protected": False,
            "public_metrics": {
                "followers_count": user.followers,
                "following_count": 10,
                self.wanted.name("post_count"): 1,
                "listed_count": 0,
            },
        }
        return said | {k: v for k, v in optional.items() if k in self.wanted.users and v is not None}

    def medium(self, media: Media) -> Json:
        said: Json = {"media_key": media.key, "type": media.kind}
        address = f"https://pbs.example/media/{media.id}"
        if message := self._in_messages.get(media.id):
            address = (self.world.private + message.place(media)).rpartition(".")[0]
        optional: Json = {
            "alt_text": media.alt or None,
            "url": f"{address}.jpg" if media.kind == "photo" else None,
            "preview_image_url": f"{address}.jpg" if media.kind != "photo" else None,
            "variants": [
                {"content_type": "application/x-mpegURL", "url": f"{address}.m3u8"},
                {"bit_rate": 832_000, "content_type": "video/mp4", "url": f"{address}.mp4"},
            ]
            if media.kind != "photo"
            else None,
        }
        return said | {k: v for k, v in optional.items() if k in self.wanted.media and v is not None}


def without_keys(urls: list[Json]) -> list[Json]:
    """Only a post's own list says which picture an address shows."""
    return [{name: value for name, value in url.items() if name != "media_key"} for url in urls]


def stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"
