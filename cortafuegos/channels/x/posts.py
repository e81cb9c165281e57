"""A post of the present interface, as a post of ours. Pure."""

from __future__ import annotations

from cortafuegos.channels.contract import AccountView, Json, Kind, Post

from . import names, people, words
from .values import child, children, moment, moment_of, needed_id, number_id, text

_NO_LANGUAGE = ("und", "zxx", "art")
OTHERS = 50
_OLD_CODES = {"in": "id", "iw": "he"}


def read(account: AccountView, post: Json, includes: Json) -> Post | None:
    """None for a repost, which says nothing of its own."""
    post_id = needed_id(post.get("id"), "the post")
    author_id = needed_id(post.get("author_id"), "the author")
    about = references(post)
    if "retweeted" in about:
        return None
    said_at = moment(post.get("created_at"), "the post")
    first = history(post, post_id)[0]
    edited = first != post_id
    user = people.included(includes, author_id)
    us = names.number(account.network_id)
    mine = author_id == us
    named = _names_us(account, us, post)
    quoted = _quotes_us(us, about, includes)
    root = number_id(post.get("conversation_id")) or about.get("replied_to") or first
    return Post(
        network_id=names.post(first),
        author=people.author(account, author_id, user),
        text=_words(post),
        posted_at=moment_of(first) if edited else said_at,
        public=True,
        conversation=names.post(root),
        in_reply_to=names.post(about["replied_to"]) if "replied_to" in about else "",
        addressed=not mine and (named or quoted or number_id(post.get("in_reply_to_user_id")) == us),
        kind=Kind.EDIT if edited else Kind.POST,
        edited_at=said_at if edited else None,
        url=names.post_url(names.web(account), text(user, "username"), post_id),
        language=language(text(post, "lang")),
        attachments=words.attachments(post, includes),
        ref={
            "id": post_id,
            "author": author_id,
            "conversation": root,
            "summoned": not mine and (named or quoted),
            "others": _others(post, {us, author_id}),
            **({"messages": False} if user.get("receives_your_dm") is False else {}),
        },
    )


def gone(account: AccountView, post: Json) -> Post:
    """A post that was there and is not: what is remembered of it."""
    post_id = needed_id(post.get("id"), "the post")
    author_id = needed_id(post.get("author_id"), "the author")
    return Post(
        network_id=names.post(post_id),
        author=people.author(account, author_id, post),
        text="",
        posted_at=moment_of(post_id),
        public=True,
        conversation=names.post(number_id(post.get("conversation_id")) or post_id),
        addressed=author_id != names.number(account.network_id),
        kind=Kind.DELETE,
    )


def history(post: Json, post_id: str) -> list[str]:
    """The numbers this post has had, the first one first: every edit makes a new one."""
    told = post.get("edit_history_post_ids") or post.get("edit_history_tweet_ids")
    found = [number_id(one) for one in told] if isinstance(told, list) else []
    return [one for one in found if one] or [post_id]


def references(post: Json) -> dict[str, str]:
    """Which post this one answers, quotes or repeats."""
    told = children(post, "referenced_posts", "referenced_tweets")
    return {text(one, "type"): number_id(one.get("id")) for one in told if number_id(one.get("id"))}


def language(code: str) -> str:
    """ISO 639-1; X also writes what it could not tell, or that there are no words."""
    short = code.split("-")[0].lower()
    if short in _NO_LANGUAGE or len(short) != 2:
        return ""
    return _OLD_CODES.get(short, short)


def _mentions(post: Json) -> list[Json]:
    entities = child(post, "entities"), child(_note(post), "entities")
    return [mention for part in entities for mention in children(part, "mentions")]


def _names_us(account: AccountView, us: str, post: Json) -> bool:
    """By number, or by handle where X tells no number."""
    return any(
        number_id(one.get("id")) == us or text(one, "username").lower() == account.handle.lower()
        for one in _mentions(post)
    )


def _others(post: Json, known: set[str]) -> list[str]:
    """Bystanders named in the post: X would name them in an answer too, and tell them of it."""
    named = [number_id(one.get("id")) for one in _mentions(post)]
    return sorted({one for one in named if one and one not in known}, key=int)[:OTHERS]


def _quotes_us(us: str, about: dict[str, str], includes: Json) -> bool:
    quoted = about.get("quoted")
    return bool(quoted) and any(
        number_id(one.get("id")) == quoted and number_id(one.get("author_id")) == us
        for one in children(includes, "posts", "tweets")
    )


def _note(post: Json) -> Json:
    return child(post, "note_post") or child(post, "note_tweet")


def _words(post: Json) -> str:
    """All of it: what goes beyond 280 stands in a note of its own."""
    longer = _note(post)
    urls = children(child(post, "entities"), "urls")
    if text(longer, "text"):
        return words.plain(text(longer, "text"), children(child(longer, "entities"), "urls") + urls)
    return words.plain(text(post, "text"), urls)
