"""What can be read: people, posts, timelines, search and messages, in pages with X's tokens."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from cortafuegos.channels.x.values import moment_of

from .problems import invalid, missing, not_found
from .query import compiled
from .render import Page, Wanted
from .world import Message, Post, User, World

Json = dict[str, Any]
Thing = TypeVar("Thing", Post, Message)
MENTIONS_REACH = 800
PAGE_TOKEN = "pagination_token"  # noqa: S105  the name of a parameter
SEARCH_REACH, MESSAGES_REACH = timedelta(days=7), timedelta(days=30)


def me(world: World, user: User, query: Mapping[str, str]) -> Json:
    return {"data": Page(world, Wanted.of(query), user.id).user(user)}


def lookup(world: World, user: User, query: Mapping[str, str]) -> Json:
    numbers = query.get("ids", "").split(",")
    if not 1 <= len(numbers) <= 100 or not all(one.isdecimal() for one in numbers):
        raise invalid("ids", query.get("ids", ""), "ids must be 1 to 100 numbers")
    page = Page(world, Wanted.of(query), user.id)
    found = [world.visible(one, user.id) for one in numbers]
    posts = [_latest(world, one) for one in found if one is not None]
    errors = [missing("tweet", one, "ids") for one, post in zip(numbers, found, strict=True) if post is None]
    said: Json = {"data": page.posts(posts)} if posts else {}
    return said | _beside(page) | ({"errors": errors} if errors else {})


def _latest(world: World, post: Post) -> Post:
    return world.posts[post.history[-1]]


def one(world: World, user: User, number: str, query: Mapping[str, str]) -> Json:
    post = world.visible(number, user.id)
    if post is None:
        return {"errors": [missing("tweet", number, "id")]}
    page = Page(world, Wanted.of(query), user.id)
    return {"data": page.post(post)} | _beside(page)


def timeline(world: World, user: User, of: str, query: Mapping[str, str]) -> Json:
    if of not in world.users:
        raise not_found("user", of)
    found = [p for p in _shown(world, user) if p.author.id == of]
    return _page(world, user, found, query)


def mentions(world: World, user: User, of: str, query: Mapping[str, str]) -> Json:
    if of not in world.users:
        raise not_found("user", of)
    found = [p for p in _shown(world, user) if of in p.mentions and p.author.id != of]
    newest = sorted(found, key=lambda p: int(p.id))[-MENTIONS_REACH:]
    return _page(world, user, newest, query)


def search(world: World, user: User, query: Mapping[str, str]) -> Json:
    begin = world.now() - SEARCH_REACH
    for name in ("since_id", "until_id"):
        number = query.get(name)
        if number and number.isdecimal() and moment_of(number) < begin:
            raise invalid(name, number, f"'{name}' must be a tweet id created after the last 7 days")
    test = compiled(world, query.get("query", ""))
    found = [p for p in _shown(world, user) if p.created >= begin and test(p)]
    return _page(world, user, found, query, named="next_token")


def messages(world: World, user: User, other: str, query: Mapping[str, str]) -> Json:
    page = Page(world, Wanted.of(query), user.id)
    begin = world.now() - MESSAGES_REACH
    with world.lock:
        found = [
            m
            for m in world.messages.values()
            if user.id in m.members
            and not m.deleted
            and m.created >= begin
            and (not other or other in m.members)
        ]
    some, meta = _cut(found, query, PAGE_TOKEN, 1)
    said: Json = {"data": [page.message(m) for m in some]} if some else {}
    return said | _beside(page) | {"meta": meta}


def _shown(world: World, user: User) -> list[Post]:
    with world.lock:
        return [
            p
            for p in world.posts.values()
            if not p.deleted
            and not p.superseded
            and not p.author.suspended
            and user.id not in p.author.blocked
        ]


def _page(
    world: World, user: User, found: list[Post], query: Mapping[str, str], named: str = PAGE_TOKEN
) -> Json:
    page = Page(world, Wanted.of(query), user.id)
    some, meta = _cut(found, query, named, 5)
    if some:
        meta |= {"newest_id": some[0].id, "oldest_id": some[-1].id}
    said: Json = {"data": page.posts(some)} if some else {}
    return said | _beside(page) | {"meta": meta}


def _cut(
    found: Iterable[Thing], query: Mapping[str, str], named: str, least: int
) -> tuple[list[Thing], Json]:
    """One page, the newest first. The token says below which number the next begins."""
    count = _between(query, "max_results", least, 100, 100 if least == 1 else 10)
    since, until = _id(query, "since_id", 0), _id(query, "until_id", 2**63)
    given = query.get(named) or query.get(PAGE_TOKEN)
    if given:
        until = min(until, _untoken(given, named))
    chosen = sorted((x for x in found if since < int(x.id) < until), key=lambda x: -int(x.id))
    some = chosen[:count]
    meta: Json = {"result_count": len(some)}
    if len(chosen) > count:
        meta["next_token"] = _token(some[-1].id)
    return some, meta


def _token(number: str) -> str:
    return base64.b32hexencode(number.encode()).decode().rstrip("=").lower()


def _untoken(token: str, name: str) -> int:
    try:
        padded = token.upper() + "=" * (-len(token) % 8)
        return int(base64.b32hexdecode(padded))
    except ValueError:
        raise invalid(name, token, f"The `{name}` query parameter value [{token}] is not valid") from None


def _between(query: Mapping[str, str], name: str, least: int, most: int, usual: int) -> int:
    value = query.get(name, str(usual))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise invalid(
            name, value, f"The `{name}` query parameter value [{value}] is not between {least} and {most}"
        )
    return int(value)


def _id(query: Mapping[str, str], name: str, usual: int) -> int:
    value = query.get(name)
    if value is None:
        return usual
    if not value.isdecimal() or len(value) > 19:
        raise invalid(name, value, f"The `{name}` query parameter value [{value}] is not valid")
    return int(value)


def _beside(page: Page) -> Json:
    includes = page.includes()
    return {"includes": includes} if includes else {}
