"""The part of X's search language that matters here: words, @name, from:, to:, conversation_id:,
is:retweet, url:"...", a minus before any of them, and OR within brackets."""

from __future__ import annotations

import re
from collections.abc import Callable

from .problems import invalid
from .world import Post, World

Test = Callable[[Post], bool]
_PART = re.compile(r'\(|\)|-?[a-z_]+:"[^"]*"|"[^"]*"|[^\s()]+')
LONGEST = 512


def compiled(world: World, query: str) -> Test:
    if not query or len(query) > LONGEST:
        raise invalid("query", query, "query must be between 1 and 512 characters")
    parts = _PART.findall(query)
    test, rest = _all(world, parts, query)
    if rest:
        raise invalid("query", query, "Reference to invalid operator")
    return test


def _all(world: World, parts: list[str], query: str) -> tuple[Test, list[str]]:
    """Alternatives of what must all be true, until a bracket closes."""
    either: list[list[Test]] = [[]]
    while parts and parts[0] != ")":
        part, parts = parts[0], parts[1:]
        if part == "OR":
            either.append([])
        elif part == "(":
            inner, parts = _all(world, parts, query)
            if not parts:
                raise invalid("query", query, "missing closing bracket")
            parts = parts[1:]
            either[-1].append(inner)
        else:
            either[-1].append(_one(world, part, query))
    return (lambda post: any(all(test(post) for test in tests) for tests in either)), parts


def _one(world: World, part: str, query: str) -> Test:
    if part.startswith("-") and len(part) > 1:
        inner = _one(world, part[1:], query)
        return lambda post: not inner(post)
    name, colon, value = part.partition(":")
    value = value.strip('"').lower()
    if part.startswith("@"):
        return lambda post: part[1:].lower() in [world.users[one].username.lower() for one in post.mentions]
    if not colon:
        return lambda post: name.strip('"').lower() in post.text.lower()
    match name:
        case "from":
            return lambda post: post.author.username.lower() == value
        case "to":
            return lambda post: _answered(world, post) == value
        case "conversation_id":
            return lambda post: post.root == value
        case "is" if value == "retweet":
            return lambda post: bool(post.repost)
        case "url":
            return lambda post: value in _quoted_address(world, post) or value in post.text.lower()
    raise invalid("query", query, f"Reference to invalid operator '{name}'")


def _answered(world: World, post: Post) -> str:
    parent = world.posts.get(post.reply_to)
    return parent.author.username.lower() if parent else ""


def _quoted_address(world: World, post: Post) -> str:
    quoted = world.posts.get(post.quote)
    return f"x.com/{quoted.author.username.lower()}/status/{quoted.id}" if quoted else ""
