"""Direct messages by polling: the newest first, page by page down to the last one known. X numbers its
pages with tokens only, so a sweep that was interrupted begins again at the top; keys make that harmless."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cortafuegos.channels.contract import AccountView, Delivery, Json

from . import reader, vocabulary
from .sweep import beside
from .values import children, id_at, number_id
from .wire import WrongParameter

FIRST_PAGE, NEXT_PAGES = 20, 100  # a quiet account is not charged for a hundred messages it knows


@dataclass(frozen=True, slots=True)
class Page:
    deliveries: list[Delivery]
    cursor: Json
    more: bool
    charged: int
    rest: float


def turn(account: AccountView, cursor: Json, begin: datetime, today: str) -> Page:
    """``today``: the date in UTC. X charges for a message once a day, however often it is read."""
    since = int(number_id(cursor.get("since")) or id_at(begin))
    top, token = int(number_id(cursor.get("top")) or since), cursor.get("token")
    token = token if isinstance(token, str) else ""
    params = {"max_results": str(NEXT_PAGES if token else FIRST_PAGE)}
    try:
        answer = vocabulary.ask_messages(
            account, "/2/dm_events", {**params, **({"pagination_token": token} if token else {})}
        )
    except WrongParameter:
        if not token:
            raise
        again = {"since": str(since), "day": cursor.get("day")}
        return Page([], again, True, 0, 0.0)  # the token has run out
    events = [one for one in children(answer.body, "data") if number_id(one.get("id"))]
    fresh = sorted((one for one in events if int(one["id"]) > since), key=lambda one: int(one["id"]))
    includes = answer.body.get("includes")
    includes = includes if isinstance(includes, dict) else {}
    deliveries = [reader.deliver_message(event, beside(event, includes)) for event in fresh]
    top = max([top, *(int(one["id"]) for one in fresh)])
    meta = answer.body.get("meta")
    following = meta.get("next_token") if isinstance(meta, dict) else None
    # An event we know ends the sweep: all below it is known as well.
    more = bool(fresh) and len(fresh) == len(events) and isinstance(following, str)
    kept = {"since": str(since), "top": str(top), "token": following} if more else {"since": str(top)}
    charged = len(fresh) if cursor.get("day") == today else len(events)
    return Page(deliveries, {**kept, "day": today}, more, charged, answer.rest)
