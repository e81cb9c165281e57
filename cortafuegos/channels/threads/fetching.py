"""What the account is asked for: mentions, answers below our posts, and the thread around a post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, SendError, Target
from cortafuegos.channels.meta import rounds
from cortafuegos.channels.meta.envelope import time_of
from cortafuegos.channels.meta.errors import this_alone
from cortafuegos.channels.meta.graph import Graph, listed
from cortafuegos.channels.meta.rounds import Done, Task, onwards

from . import reader
from .wire import line, own

PART = "media_type,media_url,gif_url,alt_text"
FIELDS = (
    f"id,username,text,timestamp,permalink,{PART},children{{{PART}}},root_post,replied_to,"
    "is_verified,profile_picture_url"
)
FIRST: tuple[Task, ...] = (("mentions", "", ""), ("posts", "", ""))
PAGE = 50
POSTS = 25  # the newest of ours, whose answers are watched; under older ones they come by webhook
THREAD_PAGES = 3


def poll(account: AccountView, cursor: Json) -> Polled:
    def step(graph: Graph, task: Task, since: datetime) -> Done:
        match task[0]:
            case "mentions":
                return _newest(graph, f"{own(account)}/mentions", task, since)
            case "posts":
                return _posts(account, graph)
            case _:
                return _newest(graph, f"{task[1]}/conversation", task, since, reverse="true")

    return rounds.poll(account, cursor, FIRST, step, line(account))


def _posts(account: AccountView, graph: Graph) -> Done:
    said = graph.get(f"{own(account)}/threads", fields="id,has_replies", limit=POSTS)
    told = [str(post.get("id")) for post in listed(said) if post.get("has_replies") is True]
    return [], [("conversation", post, "") for post in told]


def _newest(graph: Graph, path: str, task: Task, since: datetime, **how: str) -> Done:
    """One page of a list that begins with the newest, and the next when all of it was new. These
    lists have cursors but, unlike other lists of Meta's, no ``next``: a full page is the sign."""
    said = graph.get(path, fields=FIELDS, limit=PAGE, **how, **onwards(task))
    items = listed(said)
    fresh = [item for item in items if time_of(item, "timestamp") >= since]
    after = _after(said) if len(items) == len(fresh) and len(items) >= PAGE else ""
    return [reader.polled(item) for item in reversed(fresh)], [(*task[:2], after)] if after else []


def _after(said: Json) -> str:
    paging = said.get("paging")
    cursors = paging.get("cursors") if isinstance(paging, dict) else None
    return str(cursors.get("after") or "") if isinstance(cursors, dict) else ""


def thread(account: AccountView, target: Target) -> Sequence[Delivery]:
    """What stands below a post Threads shows only to whose post it is; elsewhere there is the post."""
    root = str(target.ref.get("root") or "")
    if not root:
        return []
    graph, found, after = line(account), list[Json](), ""
    try:
        with this_alone():
            found.append(graph.get(root, fields=FIELDS))
            for _page in range(THREAD_PAGES):
                more = {"after": after} if after else {}
                said = graph.get(f"{root}/conversation", fields=FIELDS, limit=PAGE, reverse="false", **more)
                found += listed(said)
                after = _after(said) if len(listed(said)) >= PAGE else ""
                if not after:
                    break
    except SendError as error:
        if not error.permanent:
            raise
    return [reader.polled(item, "context") for item in found]
