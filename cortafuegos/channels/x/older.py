"""A post as the Account Activity events carry it, in the shape of X's first interface. Pure.

It does not tell the root of its thread: there an answer's conversation is named after the post it
answers. Polling, and the newer events, know the root.
"""

from __future__ import annotations

from datetime import UTC, datetime

from cortafuegos.channels.contract import AccountView, Json, Post, Unreadable

from . import names, people, words
from .posts import OTHERS, language
from .values import child, children, moment_of, needed_id, number_id, text


def read(account: AccountView, status: Json) -> Post | None:
    """None for a repost."""
    if child(status, "retweeted_status"):
        return None
    post_id = needed_id(status.get("id_str") or status.get("id"), "the post")
    user = child(status, "user")
    author_id = needed_id(user.get("id_str") or user.get("id"), "the author")
    longer = child(status, "extended_tweet")
    entities = child(longer, "entities") or child(status, "entities")
    media = children(child(longer, "extended_entities") or child(status, "extended_entities"), "media")
    media = media or children(entities, "media")
    us = names.number(account.network_id)
    mine = author_id == us
    mentioned = {_id(one) for one in children(entities, "user_mentions")} - {""}
    named = us in mentioned
    quoted = _id(child(child(status, "quoted_status"), "user")) == us
    parent = number_id(status.get("in_reply_to_status_id_str"))
    said = text(longer, "full_text") or text(status, "full_text") or text(status, "text")
    return Post(
        network_id=names.post(post_id),
        author=people.older_author(account, author_id, user),
        text=words.plain(
            said, children(entities, "urls"), tuple(text(m, "url") for m in media if text(m, "url"))
        ),
        posted_at=_said_at(status, post_id),
        public=True,
        conversation=names.post(parent or post_id),
        in_reply_to=names.post(parent) if parent else "",
        addressed=not mine and (named or quoted or number_id(status.get("in_reply_to_user_id_str")) == us),
        url=names.post_url(names.web(account), text(user, "screen_name"), post_id),
        language=language(text(status, "lang")),
        attachments=words.older_attachments(media),
        ref={
            "id": post_id,
            "author": author_id,
            "conversation": parent or post_id,
            "summoned": not mine and (named or quoted),
            "others": sorted(mentioned - {us, author_id}, key=int)[:OTHERS],
        },
    )


def _id(holder: Json) -> str:
    return number_id(holder.get("id_str") or holder.get("id"))


def _said_at(status: Json, post_id: str) -> datetime:
    """Its own words ("Wed Nov 25 10:00:00 +0000 2026"), or what its number tells."""
    try:
        return datetime.strptime(text(status, "created_at"), "%a %b %d %H:%M:%S %z %Y").astimezone(UTC)
    except (ValueError, OverflowError):
        if int(post_id) < 1 << 30:  # numbers of the years before they told the time
            raise Unreadable("the post has no time") from None
        return moment_of(post_id)
