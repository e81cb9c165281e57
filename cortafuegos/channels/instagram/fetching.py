"""What the account is asked for: the back-fill round, the thread around a comment, a mention's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, Target
from cortafuegos.channels.meta import envelope, rounds
from cortafuegos.channels.meta.account import graph_of, own_id
from cortafuegos.channels.meta.envelope import time_of
from cortafuegos.channels.meta.errors import Gone
from cortafuegos.channels.meta.graph import Graph, after_of, listed
from cortafuegos.channels.meta.rounds import Done, Task, fetched, newest, onwards

MEDIA = 50  # the newest, whose comments are watched; on older ones they come by webhook alone
_ANSWER = "id,text,timestamp,username,from,hidden"
COMMENT = f"{_ANSWER},replies.limit(50){{{_ANSWER}}}"
MEDIUM = "id,caption,timestamp,username,permalink,media_url,media_type"
FIRST: tuple[Task, ...] = (("conversations", "", ""), ("media", "", ""), ("tags", "", ""))
THREAD_PAGES = 3


def poll(account: AccountView, cursor: Json) -> Polled:
    # Instagram does not say which media were commented on lately, but how often: a number that
    # moved means that there is something to fetch.
    counts = dict(cursor.get("counts") or {})

    def step(graph: Graph, task: Task, since: datetime) -> Done:
        match task[0]:
            case "conversations":
                return rounds.conversations(account, graph, task, since, "instagram")
            case "messages":
                return rounds.messages(account, graph, task, since)
            case "media":
                return _media(account, graph, counts)
            case "tags":
                return _tags(account, graph, task, since)
            case _:
                return _comments(account, graph, task, since)

    polled = rounds.poll(account, cursor, FIRST, step)
    return replace(polled, cursor={**polled.cursor, "counts": counts})


def _media(account: AccountView, graph: Graph, counts: Json) -> Done:
    said = graph.get(f"{own_id(account)}/media", fields="id,timestamp,comments_count", limit=MEDIA)
    now = {str(medium.get("id")): medium.get("comments_count") for medium in listed(said)}
    moved = [own for own, count in now.items() if count and count != counts.get(own)]
    counts.clear()
    counts.update(now)
    return [], [("comments", own, "") for own in moved]


def _comments(account: AccountView, graph: Graph, task: Task, since: datetime) -> Done:
    """One page of comments. New answers hang under old comments: the whole list is walked."""
    said = graph.get(f"{task[1]}/comments", fields=COMMENT, limit=50, **onwards(task))
    found = [fetched(account, "comment", one) for one in flat(said, task[1], since)]
    after = after_of(said)
    return found, [("comments", task[1], after)] if after else []


def flat(said: Json, media: str, since: datetime) -> list[Json]:
    """Comments and the answers below them that are new, the oldest first."""
    found: list[Json] = []
    for comment in reversed(listed(said)):  # the newest first; of one second, what Instagram lists later
        top = {name: value for name, value in comment.items() if name != "replies"}
        below = [{**reply, "parent_id": comment.get("id")} for reply in listed(comment.get("replies") or {})]
        found += [{**one, "root": media} for one in (top, *below) if time_of(one, "timestamp") >= since]
    return sorted(found, key=lambda one: time_of(one, "timestamp"))


def _tags(account: AccountView, graph: Graph, task: Task, since: datetime) -> Done:
    said = graph.get(f"{own_id(account)}/tags", fields=MEDIUM, limit=25, **onwards(task))
    fresh, more = newest(said, task, since, "timestamp")
    return [fetched(account, "tag", medium) for medium in reversed(fresh)], more


def thread(account: AccountView, target: Target) -> Sequence[Delivery]:
    media = str(target.ref.get("media") or "")
    if not target.public or not media:
        return []
    graph = graph_of(account)
    try:
        if target.ref.get("kind") == "mention":
            return mentioned(account, graph, str(target.ref["id"]), media)
        found = [fetched(account, "context", graph.get(media, fields=MEDIUM))]
        pages = graph.pages(f"{media}/comments", THREAD_PAGES, fields=COMMENT, limit=50)
        comments = [one for page in pages for one in flat({"data": page}, media, envelope.moment(0))]
    except Gone:
        return []
    return found + [fetched(account, "context", one) for one in comments]


def mentioned(account: AccountView, graph: Graph, own: str, media: str) -> list[Delivery]:
    """The words of a mention. Instagram gives them to the one who was mentioned, by id only."""
    if own == media:
        name, ask = "mentioned_media", f"mentioned_media.media_id({media}){{{MEDIUM}}}"
    else:
        name = "mentioned_comment"
        ask = f"mentioned_comment.comment_id({own}){{id,text,timestamp,username}}"
    said = graph.get(own_id(account), fields=ask).get(name)
    if not isinstance(said, dict):
        return []
    item = {**said, "id": own, "root": media}
    return [envelope.polled("instagram", own_id(account), "mention", item, datetime.now(UTC))]
