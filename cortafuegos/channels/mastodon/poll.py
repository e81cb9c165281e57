"""What is new: mentions and edits from the notifications, page by page with no gap."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, SendError

from .wire import Gone, Wire, speaking, status_json, wire

PAGE = 40  # the most a server gives at once
LOOK_BACK = timedelta(days=1)
TYPES = ["mention", "update", "quote"]
REMEMBERED = 5_000

# A status's parent and root never change, so what was looked up once is known for good. Only a
# saving of requests: a process that starts anew asks again. Keyed by server and local id.
_known: OrderedDict[tuple[str, str], tuple[Json, Json]] = OrderedDict()  # → (itself, its root)


def poll(account: AccountView, cursor: Json) -> Polled:
    line = wire(account)
    after = cursor.get("min_id")
    if not isinstance(after, str):
        after = _day_before(line)
    with speaking(line):
        # min_id gives the page right after it, where since_id would give the newest and skip.
        line.api.notifications(min_id=after, limit=PAGE, types=TYPES)
        page = _list(line.raw())
    deliveries: list[Delivery] = []
    for notification in reversed(page):  # oldest first
        try:
            delivery = _delivery(account, line, notification)
        except SendError:
            if not deliveries:
                raise
            return Polled(deliveries, {**cursor, "min_id": after})  # keep what is whole; go on next time
        after = str(notification["id"])
        if delivery is not None:
            deliveries.append(delivery)
    return Polled(deliveries, {**cursor, "min_id": after}, more=len(page) >= PAGE)


def _day_before(line: Wire) -> str:
    """The id of the newest notification that is older than a day; before all of them if none is."""
    begin = datetime.now(UTC) - LOOK_BACK
    oldest: str | None = None
    while True:
        with speaking(line):
            line.api.notifications(max_id=oldest, limit=PAGE, types=TYPES)
            page = _list(line.raw())
        for notification in page:
            oldest = str(notification["id"])
            if datetime.fromisoformat(notification["created_at"]) < begin:
                return oldest
        if len(page) < PAGE:
            return "0"


def _delivery(account: AccountView, line: Wire, notification: Json) -> Delivery | None:
    status = notification.get("status")
    if not isinstance(status, dict):
        return None  # deleted meanwhile
    event = "edit" if notification.get("type") == "update" else "post"
    extra: Json = {"notification": {"id": notification["id"], "type": notification.get("type")}}
    if notification.get("type") == "quote":
        extra["quotes_us"] = True
    return deliver(status, event, related(line, str(account.config["server"]), status), extra)


def related(line: Wire, server: str, status: Json) -> Json:
    """The root and the parent of a reply: ids and URIs that the status itself does not carry."""
    parent_id = status.get("in_reply_to_id")
    if not isinstance(parent_id, str):
        remember(server, status, _names(status))
        return {}
    known = _known.get((server, parent_id))
    if known is None:
        try:
            with speaking(line):
                line.api.status_context(str(status["id"]))
                ancestors = _list(line.raw()["ancestors"])
        except Gone:
            return {}
        if not ancestors:
            return {}  # the parent is not shown to us: the status stands as its own root
        root = _names(ancestors[0])
        for ancestor in ancestors:
            remember(server, ancestor, root)
        known = _known.get((server, parent_id)) or (_names(ancestors[-1]), root)
    parent, root = known
    remember(server, status, root)
    return {"root": root, "parent": parent}


def remember(server: str, status: Json, root: Json) -> None:
    _known[(server, str(status["id"]))] = (_names(status), root)
    while len(_known) > REMEMBERED:
        _known.popitem(last=False)


def forget() -> None:
    _known.clear()


def deliver(status: Json, event: str, threads: Json, extra: Json | None = None) -> Delivery:
    """The same status in the same state has the same key, however it came to us."""
    key = f"{status.get('uri') or status.get('url')}#{event}"
    if event == "edit":
        key += f":{status.get('edited_at')}"
    body = {"event": event, "status": status, **threads, **(extra or {})}
    return Delivery(key=key, body=json.dumps(body, ensure_ascii=True).encode())


def thread(account: AccountView, status_id: str) -> list[Delivery]:
    line = wire(account)
    server = str(account.config["server"])
    with speaking(line):
        line.api.status(status_id)
        this = status_json(line.raw())
        line.api.status_context(status_id)
        context = line.raw()
        ancestors, descendants = _list(context["ancestors"]), _list(context["descendants"])
    whole = [*ancestors, this, *descendants]
    root = _names(whole[0])
    by_id = {str(status["id"]): _names(status) for status in whole}
    deliveries = []
    for status in whole:
        remember(server, status, root)
        parent = by_id.get(str(status.get("in_reply_to_id")))
        threads: Json = {"root": root, "parent": parent} if parent else {}
        deliveries.append(deliver(status, "post", threads))
    return deliveries


def _names(status: Json) -> Json:
    return {"id": str(status["id"]), "uri": str(status.get("uri") or status.get("url") or "")}


def _list(value: Any) -> list[Json]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return [item for item in _dicts(value) if item.get("id")]


def _dicts(items: Iterable[Any]) -> Iterable[Json]:
    return (item for item in items if isinstance(item, dict))
