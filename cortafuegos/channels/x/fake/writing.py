"""What can be done: posting, answering, deleting, hiding, messages, and files; with X's own refusals."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from cortafuegos.channels.x.weight import weight

from . import problems
from .players import Players
from .problems import forbidden, invalid, not_found
from .world import Media, Post, User, World

Json = dict[str, Any]
KINDS = {"image": "photo", "gif": "animated_gif", "video": "video"}
LONGEST, LONGEST_MESSAGE = 280, 10_000


def create(world: World, players: Players, user: User, body: Json, new: bool) -> Json:
    text = body.get("text") or ""
    media = _media(world, user, (body.get("media") or {}).get("media_ids") or [])
    if not isinstance(text, str) or not (text.strip() or media):
        raise invalid("text", str(text), "text is required")
    if weight(text) > LONGEST:
        raise forbidden("Your Tweet text is too long.")
    reply = body.get("reply") or {}
    to = str(reply.get("in_reply_to_tweet_id") or "")
    quiet: list[str] = [str(one) for one in reply.get("exclude_reply_user_ids") or []]
    if to:
        _may_answer(world, user, to)
    if any(p.text == text and p.reply_to == to and not p.deleted for p in players.posts_of(user.username)):
        raise forbidden(problems.DUPLICATE)
    quoting = str(body.get("quote_tweet_id") or "")
    names = tuple(world.users[one].username for one in quiet if one in world.users)
    post = players.say(user.username, text, to=to, quoting=quoting, media=tuple(media), quiet=names)
    history = "edit_history_post_ids" if new else "edit_history_tweet_ids"
    return {"data": {"id": post.id, "text": post.prefix + post.text, history: post.history}}


def _may_answer(world: World, user: User, to: str) -> None:
    target = world.posts.get(to)
    if target is None or target.deleted or target.author.suspended:
        raise forbidden(problems.INVISIBLE)
    if user.id in target.author.blocked:
        raise forbidden(problems.BLOCKED)
    if target.reply_settings != "everyone" and user.id not in target.mentions:
        raise forbidden(problems.RESTRICTED)
    quoted = world.posts.get(target.quote)
    summoned = user.id in target.mentions or (quoted is not None and quoted.author.id == user.id)
    if not (summoned or target.author.id == user.id or world.app.enterprise):
        raise forbidden(problems.UNINVITED)


def delete(world: World, players: Players, user: User, number: str) -> Json:
    post = _own(world, user, number)
    players.delete(post.id)
    return {"data": {"deleted": True}}


def _own(world: World, user: User, number: str) -> Post:
    post = world.posts.get(number)
    if post is None or post.deleted:
        raise not_found("tweet", number)
    if post.author.id != user.id:
        raise forbidden("You are not authorized to delete this Tweet.")
    return post


def hide(world: World, user: User, number: str, body: Json) -> Json:
    post = world.posts.get(number)
    if post is None or post.deleted:
        raise not_found("tweet", number)
    if world.posts[post.root].author.id != user.id or post.root == post.id:
        raise forbidden("You are only able to hide replies of conversations that you started.")
    post.hidden = body.get("hidden") is True
    return {"data": {"hidden": post.hidden}}


def message(world: World, players: Players, user: User, other: str, body: Json) -> Json:
    recipient = world.users.get(other)
    if recipient is None:
        raise not_found("user", other)
    if not recipient.takes_messages or user.id in recipient.blocked or recipient.suspended:
        raise forbidden(problems.NO_MESSAGES)
    text = body.get("text") or ""
    media = _media(world, user, [one.get("media_id") for one in body.get("attachments") or []])
    if not (text or media) or len(text) > LONGEST_MESSAGE or len(media) > 1:
        raise invalid("text", "", "a message needs a text of up to 10000 characters, or one file")
    sent = players.dm(user.username, recipient.username, text, media=tuple(media))
    return {"data": {"dm_conversation_id": sent.conversation, "dm_event_id": sent.id}}


def delete_message(world: World, user: User, number: str) -> Json:
    found = world.messages.get(number)
    if found is None or found.deleted or found.sender.id != user.id:
        raise not_found("dm_event", number)
    found.deleted = True
    return {"data": {"deleted": True}}


def _media(world: World, user: User, numbers: list[Any]) -> list[str]:
    for number in numbers:
        held = world.media.get(str(number))
        if held is None or held.owner != user.id:
            raise invalid("media.media_ids", str(number), "Your media IDs are invalid.")
    return [str(number) for number in numbers]


# --- files --------------------------------------------------------------------------------


def upload(world: World, user: User, body: Json) -> Json:
    media = _begin(world, user, body)
    media.size = len(_decoded(body))
    return _held(media)


def initialize(world: World, user: User, body: Json) -> Json:
    media = _begin(world, user, body)
    media.announced = int(body.get("total_bytes") or 0)
    return _held(media, size=False)


def append(world: World, number: str, body: Json) -> Json:
    media = _of(world, number)
    media.pieces[int(body.get("segment_index", -1))] = len(_decoded(body))
    return {"data": {"expires_at": 4_102_444_800}}


def finalize(world: World, number: str) -> Json:
    media = _of(world, number)
    media.size = sum(media.pieces.values())
    if media.size != media.announced or sorted(media.pieces) != list(range(len(media.pieces))):
        raise invalid("id", number, "Segments do not add up to provided total file size.")
    said = _held(media)
    said["data"]["processing_info"] = {"state": "pending", "check_after_secs": 1}
    return said


def status(world: World, query: Mapping[str, str]) -> Json:
    media = _of(world, query.get("media_id", ""))
    media.asked += 1
    said = _held(media)
    done = media.asked > 1
    said["data"]["processing_info"] = (
        {"state": "succeeded", "progress_percent": 100}
        if done
        else {"state": "in_progress", "check_after_secs": 1, "progress_percent": 50}
    )
    return said


def metadata(world: World, body: Json) -> Json:
    media = _of(world, str(body.get("id")))
    told = body.get("metadata") or {}
    media.alt = str((told.get("alt_text") or {}).get("text", ""))
    return {"data": {"id": media.id, "associated_metadata": told}}


def _begin(world: World, user: User, body: Json) -> Media:
    category = str(body.get("media_category", ""))
    where, _line, what = category.partition("_")
    if where not in ("tweet", "dm") or what not in KINDS:
        raise invalid("media_category", category, "media_category is not valid")
    media = Media(world.new_id(), KINDS[what], user.id)
    world.media[media.id] = media
    return media


def _of(world: World, number: str) -> Media:
    found = world.media.get(number)
    if found is None:
        raise not_found("media", number)
    return found


def _decoded(body: Json) -> bytes:
    try:
        return base64.b64decode(str(body.get("media", "")), validate=True)
    except binascii.Error:
        raise invalid("media", "", "media is not base64") from None


def _held(media: Media, *, size: bool = True) -> Json:
    data: Json = {"id": media.id, "media_key": media.key, "expires_after_secs": 86_400}
    return {"data": data | ({"size": media.size} if size else {})}
