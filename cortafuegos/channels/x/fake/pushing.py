"""What the fake X pushes to a webhook: signed, in either of its two shapes; on demand twice, late, or in
another order; not at all while nothing listens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

from .problems import invalid
from .render import Page, Wanted, stamp
from .texts import mentions, written
from .world import Message, Post, User, World

Json = dict[str, Any]
_COMMON = {
    "user.fields": "description,location,profile_image_url,public_metrics,verified,verified_type",
    "media.fields": "alt_text,url,variants",
}
_ALL = {
    "tweet": {
        **_COMMON,
        "tweet.fields": "author_id,attachments,conversation_id,created_at,entities,in_reply_to_user_id,lang,"
        "note_tweet,referenced_tweets",
        "expansions": "author_id,attachments.media_keys,referenced_tweets.id",
    },
    "post": {
        **_COMMON,
        "post.fields": "attachments,conversation_id,created_at,entities,lang,note_post",
        "expansions": "author_id,attachments.media_keys,in_reply_to_user_id,referenced_posts",
    },
}


@cache
def browser() -> httpx.Client:
    """One for the process: a new one reads all the certificates of the machine."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(timeout=10, trust_env=False, limits=limits)


@dataclass(slots=True)
class Webhook:
    id: str
    url: str
    created_at: str
    valid: bool = True

    def told(self) -> Json:
        return {"id": self.id, "url": self.url, "created_at": self.created_at, "valid": self.valid}


@dataclass(slots=True)
class Pusher:
    """style: "activity" (the events of today) or "account" (those being retired)."""

    world: World
    style: str = "activity"
    vocabulary: str = "tweet"  # as X documents its events; its clients of 2026 read "post"
    hooks: dict[str, Webhook] = field(default_factory=dict)
    followed: dict[str, str] = field(default_factory=dict)  # user id → webhook id
    held: deque[tuple[str, bytes]] = field(default_factory=deque)
    holding: bool = False
    times: int = 1
    statuses: list[int] = field(default_factory=list)

    def register(self, url: str) -> Webhook:
        if not url.startswith("http"):
            raise invalid("url", url, "The url is not valid")
        hook = Webhook(self.world.new_id(), url, stamp(self.world.now()))
        if not self.check(hook):
            raise invalid("url", url, "CrcValidationFailed: webhook CRC check failed.")
        self.hooks[hook.id] = hook
        return hook

    def check(self, hook: Webhook) -> bool:
        """The challenge: who listens must sign what only X and the app can."""
        token = secrets.token_urlsafe(24)
        try:
            answer = browser().get(hook.url, params={"crc_token": token})
            said = answer.json()
        except (httpx.HTTPError, ValueError):
            hook.valid = False
            return False
        hook.valid = (
            answer.status_code == 200
            and isinstance(said, dict)
            and (said.get("response_token") == self.signed(token.encode()))
        )
        return hook.valid

    def signed(self, body: bytes) -> str:
        secret = self.world.app.consumer_secret.encode()
        return "sha256=" + base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode()

    def heard(self, what: str, thing: Any) -> None:
        """Something happened: tell those who follow whom it concerns."""
        for user_id, hook_id in list(self.followed.items()):
            user, hook = self.world.users[user_id], self.hooks.get(hook_id)
            body = self.event(what, thing, user)
            if hook is None or not hook.valid or body is None:
                continue
            raw = json.dumps(body, ensure_ascii=False).encode()
            if self.holding:
                self.held.append((hook.url, raw))
            else:
                self._send(hook.url, raw)

    def release(self, *, reverse: bool = False) -> None:
        """What was held back arrives: late, and in reverse if asked for."""
        held, self.holding = list(self.held), False
        self.held.clear()
        for url, raw in reversed(held) if reverse else held:
            self._send(url, raw)

    def _send(self, url: str, raw: bytes) -> None:
        headers = {"content-type": "application/json", "x-twitter-webhooks-signature": self.signed(raw)}
        for _time in range(self.times):
            try:
                self.statuses.append(browser().post(url, content=raw, headers=headers).status_code)
            except httpx.HTTPError:
                self.statuses.append(0)

    def event(self, what: str, thing: Any, user: User) -> Json | None:
        if what == "post" and (thing.author.id == user.id or user.id not in thing.mentions):
            quoted = self.world.posts.get(thing.quote)
            if thing.author.id == user.id or quoted is None or quoted.author.id != user.id:
                return None
        if what == "deleted" and thing.author.id != user.id:
            return None  # X tells of one's own deletions only
        if what == "message" and (user.id not in thing.members or thing.sender.id == user.id):
            return None
        return (
            self._account(what, thing, user) if self.style == "account" else self._activity(what, thing, user)
        )

    # --- the events of today ------------------------------------------------------------

    def _activity(self, what: str, thing: Any, user: User) -> Json:
        page = Page(self.world, Wanted.of(_ALL[self.vocabulary]), user.id)
        if what == "post":
            kind, payload = "post.mention.create", page.post(thing)
        elif what == "deleted":
            kind, payload = "post.delete", {"id": thing.id, "author_id": thing.author.id}
        else:
            kind, payload = "dm.received", self._messages(thing, page)
        data: Json = {
            "event_uuid": self.world.new_id(),
            "filter": {"user_id": user.id},
            "event_type": kind,
            "tag": "care",
            "payload": payload,
        }
        if what == "post":
            data["includes"] = page.includes()
        return {"data": data}

    def _messages(self, message: Message, page: Page | None) -> Json:
        people = [self.world.users[one] for one in message.members]
        users = {u.id: {"data": page.user(u)} if page else _older_user(u, sending=True) for u in people}
        recipient = next(one for one in message.members if one != message.sender.id)
        text, urls = written(message.text, [self.world.media[one].key for one in message.media])
        data: Json = {
            "text": text,
            "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": urls},
        }
        if message.media:
            data["attachment"] = {"type": "media", "media": self._media(message.media[0], urls, message)}
        made = {"target": {"recipient_id": recipient}, "sender_id": message.sender.id, "message_data": data}
        event = {
            "type": "message_create",
            "id": message.id,
            "created_timestamp": str(int(message.created.timestamp() * 1000)),
            "message_create": made,
        }
        return {"direct_message_events": [event], "users": users}

    # --- those being retired ------------------------------------------------------------

    def _account(self, what: str, thing: Any, user: User) -> Json:
        told: Json = {"for_user_id": user.id}
        if what == "post":
            return told | {"user_has_blocked": False, "tweet_create_events": [self._status(thing)]}
        if what == "deleted":
            gone = {"status": {"id": thing.id, "user_id": thing.author.id}, "timestamp_ms": "1"}
            return told | {"tweet_delete_events": [gone]}
        return told | self._messages(thing, None)

    def _status(self, post: Post) -> Json:
        world = self.world
        pictures = [world.media[one].key for one in post.media]
        text, urls = written(post.prefix + post.text, pictures)
        named = mentions(
            text, lambda name: next((u.id for u in world.users.values() if u.username == name), None)
        )
        entities = {
            "hashtags": [],
            "urls": [{**u, "indices": [u["start"], u["end"]]} for u in urls if "media_key" not in u],
            "user_mentions": [
                {"screen_name": m["username"], "id_str": m["id"], "indices": [m["start"], m["end"]]}
                for m in named
            ],
        }
        parent, quoted = world.posts.get(post.reply_to), world.posts.get(post.quote)
        long = len(text) > 140
        said: Json = {
            "created_at": post.created.strftime("%a %b %d %H:%M:%S +0000 %Y"),
            "id": int(post.id),
            "id_str": post.id,
            "text": text[:139] + "…" if long else text,
            "truncated": long,
            "user": _older_user(post.author),
            "in_reply_to_status_id_str": parent.id if parent else None,
            "in_reply_to_user_id_str": parent.author.id if parent else None,
            "entities": entities,
            "lang": post.lang,
        }
        if long:
            said["extended_tweet"] = {"full_text": text, "entities": entities}
        if post.media:
            said["extended_entities"] = {"media": [self._media(one, urls) for one in post.media]}
        if quoted:
            said["quoted_status"] = self._status(quoted)
        return said

    def _media(self, number: str, urls: list[Json], message: Message | None = None) -> Json:
        media = self.world.media[number]
        own = next((u["url"] for u in urls if u.get("media_key") == media.key), "")
        told: Json = {
            "id_str": media.id,
            "type": media.kind,
            "url": own,
            "media_url_https": f"https://pbs.example/media/{media.id}.jpg",
        }
        film = f"https://video.example/{media.id}.mp4"
        if message:
            told["media_url_https"] = film = self.world.private + message.place(media)
        if media.kind != "photo":
            variant = {
                "bitrate": 832_000,
                "content_type": "video/mp4",
                "url": film,
            }
            told["video_info"] = {"variants": [variant]}
        return told


def _older_user(user: User, *, sending: bool = False) -> Json:
    return {
        "id" if sending else "id_str": user.id,
        "name": user.name,
        "screen_name": user.username,
        "description": user.description,
        "location": user.location,
        "followers_count": user.followers,
        "verified": user.verified_type != "none",
        "profile_image_url_https": f"https://pbs.example/{user.username}.jpg",
    }
