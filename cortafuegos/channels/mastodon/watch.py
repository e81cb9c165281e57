"""Posts that were edited or deleted after they reached us.

The server notifies of neither (only of edits to what we boosted), so the newest posts of the last day are
asked for again, a handful at each poll. What is remembered of each lies in the poll's cursor.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from cortafuegos.channels.contract import Delivery, Json, SendError

from .deliveries import deliver, listed
from .roots import related
from .wire import Gone, Wire, speaking

WATCHED = 60  # posts
FOR = timedelta(days=1)
AT_ONCE = 20  # the most a server gives of what is asked for by id


def remember(watched: list[Json], status: Json) -> list[Json]:
    writer = status.get("account") or {}
    kept = {name: status.get(name) for name in ("id", "uri", "url", "created_at", "edited_at", "visibility")}
    kept["account"] = {name: writer.get(name) for name in ("id", "uri", "url", "acct", "username")}
    others = [other for other in watched if other.get("id") != kept["id"]]
    return [*others, kept][-WATCHED:]


def look_again(line: Wire, server: str, watched: list[Json]) -> tuple[list[Delivery], list[Json]]:
    """What changed among the ones whose turn it is, and the list with those at its end."""
    since = datetime.now(UTC) - FOR
    fresh = [status for status in watched if _age(status) >= since]
    turn, rest = fresh[:AT_ONCE], fresh[AT_ONCE:]
    if not turn:
        return [], rest
    try:
        with speaking(line):
            line.api.statuses([str(status["id"]) for status in turn])
            found = {str(status["id"]): status for status in listed(line.raw())}
    except SendError:  # servers before 4.3 cannot be asked so; another time, perhaps
        return [], [*rest, *turn]
    deliveries, kept = [], []
    for status in turn:
        now = found.get(str(status["id"]))
        if now is None and _gone(line, str(status["id"])):
            deliveries.append(deliver(status, "delete", {}))
            continue
        if now is not None and now.get("edited_at") not in (None, status.get("edited_at")):
            with suppress(SendError):  # then it is noticed again at its next turn
                deliveries.append(deliver(now, "edit", related(line, server, now)))
                status = {**status, "edited_at": now["edited_at"]}
        kept.append(status)
    return deliveries, [*rest, *kept]


def _gone(line: Wire, status_id: str) -> bool:
    """Missing from a list may mean much; missing on its own means that it is gone for us."""
    with suppress(SendError):
        try:
            with speaking(line):
                line.api.status(status_id)
        except Gone:
            return True
    return False


def _age(status: Json) -> datetime:
    try:
        return datetime.fromisoformat(str(status["created_at"])).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime.min.replace(tzinfo=UTC)
