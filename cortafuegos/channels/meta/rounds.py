"""Back-fill by polling, so that an outage of the webhooks leaves no gap.

A round asks for everything since the last one, in small tasks kept in the cursor: a poll does some
of them and the next goes on, so that a storm neither holds a worker for ever nor loses its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, SendError

from . import envelope
from .account import graph_of, own_id, page_of
from .envelope import moment, time_of
from .errors import Gone
from .graph import Graph, after_of, listed

LOOK_BACK = timedelta(days=1)
OVERLAP = timedelta(minutes=10)  # clocks differ, and Meta's lists lag behind; the same comes once only
CALLS = 10  # in one poll

Task = tuple[str, str, str]  # what, of which object, after which cursor
Done = tuple[list[Delivery], list[Task]]
Step = Callable[[Graph, Task, datetime], Done]


def poll(
    account: AccountView, cursor: Json, first: Sequence[Task], step: Step, graph: Graph | None = None
) -> Polled:
    """``step`` does one task with one call, and may name others to be done. ``graph``: where not the
    page's own is asked."""
    now = datetime.now(UTC)
    since = _time(cursor.get("since")) or now - LOOK_BACK
    until = _time(cursor.get("until"))
    todo = [(str(a), str(b), str(c)) for a, b, c in cursor.get("todo") or ()]
    if until is None or not todo:
        until, todo = now, list(first)
    graph = graph or graph_of(account)
    deliveries: list[Delivery] = []
    for _call in range(CALLS):
        if not todo:
            break
        try:
            found, more = step(graph, todo[0], since)
        except Gone:  # deleted meanwhile: nothing to be had there
            found, more = [], []
        except SendError:
            if not deliveries:
                raise
            break  # keep what is whole, and go on from there next time
        deliveries += found
        todo = todo[1:] + more
        if graph.rest:
            break
    if todo:
        kept = {"since": since.isoformat(), "until": until.isoformat(), "todo": [list(task) for task in todo]}
        return Polled(deliveries, kept, more=not graph.rest, rest=graph.rest)
    return Polled(deliveries, {"since": (until - OVERLAP).isoformat()}, rest=graph.rest)


def _time(told: object) -> datetime | None:
    return moment(told) if isinstance(told, str) else None


def newest(
    said: Json, task: Task, since: datetime, name: str = "created_time"
) -> tuple[list[Json], list[Task]]:
    """Of a list that begins with the newest: what is new, and the next page when all of it was."""
    items = listed(said)
    fresh = [item for item in items if time_of(item, name) >= since]
    after = after_of(said)
    more: list[Task] = [(task[0], task[1], after)] if after and len(fresh) == len(items) else []
    return fresh, more


_MESSAGES = (
    "id,created_time,from,to,message,attachments{id,mime_type,name,size,image_data,video_data,file_url}"
)
FEW = 20


def conversations(account: AccountView, graph: Graph, task: Task, since: datetime, platform: str) -> Done:
    """The exchanges that moved, newest first, each with its last messages."""
    said = graph.get(
        f"{page_of(account)}/conversations",
        platform=platform,
        fields=f"id,updated_time,messages.limit({FEW}){{{_MESSAGES}}}",
        limit=25,
        **onwards(task),
    )
    moved, more = newest(said, task, since, "updated_time")
    found: list[Delivery] = []
    for exchange in moved:
        inner: Task = ("messages", str(exchange.get("id")), "")
        fresh, rest = newest(exchange.get("messages") or {}, inner, since)
        found += [_message(account, message) for message in reversed(fresh)]
        more += rest
    return found, more


def messages(account: AccountView, graph: Graph, task: Task, since: datetime) -> Done:
    said = graph.get(f"{task[1]}/messages", fields=_MESSAGES, limit=50, **onwards(task))
    fresh, more = newest(said, task, since)
    return [_message(account, message) for message in reversed(fresh)], more


def _message(account: AccountView, message: Json) -> Delivery:
    return fetched(account, "message", message)


def fetched(account: AccountView, what: str, item: Json) -> Delivery:
    at = time_of(item, "timestamp" if "timestamp" in item else "created_time")
    return envelope.polled(envelope.object_of(account), own_id(account), what, item, at)


def onwards(task: Task) -> Json:
    return {"after": task[2]} if task[2] else {}
