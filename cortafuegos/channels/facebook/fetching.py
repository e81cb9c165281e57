"""What the page is asked for: the back-fill round, and the thread around a post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, Target
from cortafuegos.channels.meta import envelope, rounds
from cortafuegos.channels.meta.account import graph_of, own_id
from cortafuegos.channels.meta.envelope import time_of
from cortafuegos.channels.meta.errors import Gone
from cortafuegos.channels.meta.graph import Graph, after_of, listed
from cortafuegos.channels.meta.rounds import Done, Task, fetched, newest, onwards

POSTS_OF = timedelta(days=30)  # comments on older posts come by webhook alone
COMMENT = "id,message,from,created_time,parent,permalink_url,attachment,is_hidden"
POST = "id,from,message,story,created_time,updated_time,permalink_url,full_picture"
REVIEW = "created_time,reviewer,review_text,recommendation_type,has_rating,has_review,rating,open_graph_story"
FIRST: tuple[Task, ...] = (("conversations", "", ""), ("feed", "", ""), ("ratings", "", ""))
THREAD_PAGES = 3


def poll(account: AccountView, cursor: Json) -> Polled:
    def step(graph: Graph, task: Task, since: datetime) -> Done:
        match task[0]:
            case "conversations":
                return rounds.conversations(account, graph, task, since, "messenger")
            case "messages":
                return rounds.messages(account, graph, task, since)
            case "feed":
                return _feed(account, graph, task, since)
            case "ratings":
                return _ratings(account, graph, task, since)
            case _:
                return _comments(account, graph, task, since)

    return rounds.poll(account, cursor, FIRST, step)


def _feed(account: AccountView, graph: Graph, task: Task, since: datetime) -> Done:
    said = graph.get(f"{own_id(account)}/feed", fields=POST, limit=100, **onwards(task))
    posts = listed(said)
    found = [fetched(account, "post", post) for post in reversed(posts) if time_of(post) >= since]
    moved = [post for post in posts if time_of(post, "updated_time") >= since]
    more: list[Task] = [("comments", str(post.get("id")), "") for post in moved]
    after = after_of(said)
    if after and posts and time_of(posts[-1]) >= since - POSTS_OF:
        more.append(("feed", "", after))
    return found, more


def _comments(account: AccountView, graph: Graph, task: Task, since: datetime) -> Done:
    said = _asked_comments(graph, task)
    fresh, more = newest(said, task, since)
    return [fetched(account, "comment", {**one, "root": task[1]}) for one in reversed(fresh)], more


def _asked_comments(graph: Graph, task: Task) -> Json:
    return graph.get(
        f"{task[1]}/comments",
        fields=COMMENT,
        filter="stream",
        order="reverse_chronological",
        limit=100,
        **onwards(task),
    )


def _ratings(account: AccountView, graph: Graph, task: Task, since: datetime) -> Done:
    said = graph.get(f"{own_id(account)}/ratings", fields=REVIEW, limit=50, **onwards(task))
    fresh, more = newest(said, task, since)
    return [fetched(account, "review", review) for review in reversed(fresh)], more


def thread(account: AccountView, target: Target) -> Sequence[Delivery]:
    """The post and its newest comments. Of a mention elsewhere, the words that its push left out."""
    post = str(target.ref.get("post") or target.ref.get("id") or "")
    if not target.public or not post:
        return []
    graph = graph_of(account)
    try:
        if target.ref.get("kind") == "mention":
            return [_mentioned(account, graph, str(target.ref["id"]), post)]
        found = [fetched(account, "context", graph.get(post, fields=POST))] if _is_post(target) else []
        task: Task = ("comments", post, "")
        comments: list[Json] = []
        for _page in range(THREAD_PAGES):
            said = _asked_comments(graph, task)
            comments += listed(said)
            task = ("comments", post, after_of(said))
            if not task[2]:
                break
    except Gone:
        return []
    return found + [fetched(account, "context", {**one, "root": post}) for one in reversed(comments)]


def _is_post(target: Target) -> bool:
    """A review's story is no post that can be asked for."""
    return target.root_ref.get("kind") != "review" and target.ref.get("kind") != "review"


def _mentioned(account: AccountView, graph: Graph, own: str, post: str) -> Delivery:
    said = graph.get(own, fields=COMMENT if own != post else POST)
    item = {**said, "root": post} if own != post else said
    return envelope.polled("page", own_id(account), "mention", item, datetime.now(UTC))
