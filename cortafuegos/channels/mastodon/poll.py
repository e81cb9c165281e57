"""What is new: mentions and edits from the notifications, page by page with no gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, SendError

from . import watch
from .deliveries import deliver, listed, names
from .roots import related, remember
from .wire import Wire, speaking, status_json, wire

PAGE = 40  # the most a server gives at once
LOOK_BACK = timedelta(days=1)
PAGES_BACK = 75  # a quarter of the requests that a server allows in five minutes
TYPES = ["mention", "update", "quote"]


def poll(account: AccountView, cursor: Json) -> Polled:
    line = wire(account)
    # Servers may sort mentions by strangers into a box of requests. A care desk is written to by strangers.
    line.session.params = {"include_filtered": "true"}
    after = cursor.get("min_id")
    if not isinstance(after, str):
        after = _day_before(line)
    with speaking(line):
        # min_id gives the page right after it, where since_id would give the newest and skip.
        line.api.notifications(min_id=after, limit=PAGE, types=TYPES)
        page = listed(line.raw())
    deliveries: list[Delivery] = []
    watched = [status for status in cursor.get("watched", []) if isinstance(status, dict)]
    for notification in reversed(page):  # oldest first
        try:
            delivery = _delivery(account, line, notification)
        except SendError:
            if not deliveries:
                raise
            # Keep what is whole, and go on from there next time.
            return Polled(deliveries, {"min_id": after, "watched": watched})
        after = str(notification["id"])
        if delivery is not None:
            deliveries.append(delivery)
            watched = watch.remember(watched, notification["status"])
    more = len(page) >= PAGE
    if not more:
        changes, watched = watch.look_again(line, str(account.config["server"]), watched)
        deliveries += changes
    return Polled(deliveries, {"min_id": after, "watched": watched}, more=more)


def _day_before(line: Wire) -> str:
    """The id of the newest notification that is older than a day; before all of them if none is. In a
    storm not all of a day can be had: the server's rate limit ends the walk."""
    begin = datetime.now(UTC) - LOOK_BACK
    oldest: str | None = None
    for _page in range(PAGES_BACK):
        with speaking(line):
            line.api.notifications(max_id=oldest, limit=PAGE, types=TYPES)
            page = listed(line.raw())
        for notification in page:
            oldest = str(notification["id"])
            if datetime.fromisoformat(notification["created_at"]) < begin:
                return oldest
        if len(page) < PAGE:
            return "0"
    return oldest or "0"


def _delivery(account: AccountView, line: Wire, notification: Json) -> Delivery | None:
    status = notification.get("status")
    if not isinstance(status, dict):
        return None  # deleted meanwhile
    event = "edit" if notification.get("type") == "update" else "post"
    extra: Json = {"notification": {"id": notification["id"], "type": notification.get("type")}}
    if notification.get("type") == "quote":
        extra["quotes_us"] = True
    return deliver(status, event, related(line, str(account.config["server"]), status), extra)


def thread(account: AccountView, status_id: str) -> list[Delivery]:
    line = wire(account)
    server = str(account.config["server"])
    with speaking(line):
        line.api.status(status_id)
        this = status_json(line.raw())
        line.api.status_context(status_id)
        context = line.raw()
        ancestors, descendants = listed(context["ancestors"]), listed(context["descendants"])
    whole = [*ancestors, this, *descendants]
    root = names(whole[0])
    by_id = {str(status["id"]): names(status) for status in whole}
    deliveries = []
    for status in whole:
        remember(server, status, root)
        parent = by_id.get(str(status.get("in_reply_to_id")))
        threads: Json = {"root": root, "parent": parent} if parent else {}
        deliveries.append(deliver(status, "post", threads))
    return deliveries
