"""Reading a list that gives the newest first, without a gap, one page at a time.

A sweep goes from the newest post down to the last one known. Where it stands lies in the cursor, by
post numbers, which do not run out as page tokens do; only when it has arrived is its top the new "last
one known". A process that dies in the middle, or a wave higher than a page, loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from cortafuegos.channels.contract import Json

from .rules import PAGE
from .values import children, id_at, number_id

EMPTY_PAGES = 5

Fetch = Callable[[dict[str, str]], Json]


@dataclass(frozen=True, slots=True)
class Place:
    """since: everything up to this number is known. top: the newest number seen in the sweep under
    way. below: that sweep goes on under this number; empty when none is under way. seen: its posts."""

    since: str = ""
    top: str = ""
    below: str = ""
    seen: int = 0

    @property
    def under_way(self) -> bool:
        return bool(self.below)

    @classmethod
    def of(cls, cursor: Json, begin: datetime) -> Place:
        """From a cursor; the first time, what was said since ``begin``."""
        since = number_id(cursor.get("since")) or str(id_at(begin))
        seen = cursor.get("seen")
        top, below = number_id(cursor.get("top")), number_id(cursor.get("below"))
        return cls(since, top, below, seen if isinstance(seen, int) else 0)

    def cursor(self) -> Json:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Page:
    posts: list[Json]  # the oldest first
    includes: Json
    place: Place


def turn(place: Place, fetch: Fetch, *, reach: int = 0, beyond: Fetch | None = None) -> Page:
    """The next page. ``reach``: where the list ends though there is more; ``beyond`` reads on from there."""
    far = beyond is not None and place.seen >= reach > 0
    go_on = beyond if far and beyond is not None else fetch
    params = {"since_id": place.since, "max_results": str(PAGE)}
    if place.below:
        params["until_id"] = place.below
    said = go_on(params)
    posts = _above(place.since, said)
    for _empty in range(EMPTY_PAGES):  # pages of which nothing may be shown, in the middle of a list
        if posts or not _token(said):
            break
        said = go_on({**params, "pagination_token": _token(said)})
        posts = _above(place.since, said)
    seen = place.seen + len(posts)
    top = place.top or (str(posts[-1]["id"]) if posts else "")
    ended_at_reach = beyond is not None and not far and seen >= reach > 0
    if posts and (_token(said) or ended_at_reach):
        return Page(posts, _includes(said), Place(place.since, top, str(posts[0]["id"]), seen))
    return Page(posts, _includes(said), Place(max(place.since, top or "0", key=int)))


def _above(since: str, said: Json) -> list[Json]:
    posts = [post for post in children(said, "data") if number_id(post.get("id"))]
    return sorted((p for p in posts if int(p["id"]) > int(since)), key=lambda p: int(p["id"]))


def _token(said: Json) -> str:
    meta = said.get("meta")
    token = meta.get("next_token") if isinstance(meta, dict) else None
    return token if isinstance(token, str) else ""


def _includes(said: Json) -> Json:
    found = said.get("includes")
    return found if isinstance(found, dict) else {}


def beside(post: Json, includes: Json) -> Json:
    """Of what a page brought along, what concerns this post."""
    people = {number_id(post.get("author_id")), number_id(post.get("sender_id"))}
    attached = post.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, dict) else None
    keys = [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
    named = {number_id(one.get("id")) for one in children(post, "referenced_posts", "referenced_tweets")}
    found = {
        "users": [one for one in children(includes, "users") if number_id(one.get("id")) in people],
        "media": [one for one in children(includes, "media") if one.get("media_key") in keys],
        "posts": [one for one in children(includes, "posts", "tweets") if number_id(one.get("id")) in named],
    }
    return {name: values for name, values in found.items() if values}
