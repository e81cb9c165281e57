"""A page of a queue: the rows, and where the next page begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cortafuegos.inbox.models import Case
from cortafuegos.inbox.queries import paging, search
from cortafuegos.inbox.queries.counts import SOON
from cortafuegos.inbox.queries.filters import Filter
from cortafuegos.inbox.queries.paging import Cursor, Order
from cortafuegos.inbox.queries.queues import Queue
from cortafuegos.inbox.queries.rows import load

PAGE = 30  # two screens; rendering a row costs more than finding it, and the next page comes by itself
# A filter that no index knows looks at so many rows at a time; the next "more" goes on from there.
WINDOW = 20_000
_LOOKUPS = {"=": "", ">=": "__gte", "@>": "__contains"}


@dataclass(frozen=True, slots=True)
class Page:
    cases: list[Case]
    after: Cursor | None  # where to go on; None at the end


def page(
    brand_id: int,
    agent_id: int,
    queue: Queue,
    wanted: Filter,
    now: datetime,
    after: Cursor | None = None,
    size: int = PAGE,
) -> Page:
    order = order_of(queue, wanted)
    rows = in_queue(brand_id, agent_id, queue, wanted, now)
    parts = order.after(rows, after) if after and order.fits(after) else [rows]
    ids: list[int] = []
    stopped: Cursor | None = None
    for part in parts:
        ordered = part.order_by(*order.keys())
        room = size + 1 - len(ids)
        if room <= 0:
            break
        if wanted.narrows:
            found, stopped = _through_window(ordered, wanted, order, room)
            ids += found
            if stopped and len(ids) <= size:
                break
        else:
            ids += ordered.values_list("pk", flat=True)[:room]
    cases = load(brand_id, ids[:size])
    if len(ids) > size:
        return Page(cases, order.cursor(cases[-1]) if cases else None)
    return Page(cases, stopped)


def matching(
    brand_id: int, agent_id: int, queue: Queue, wanted: Filter, now: datetime, ids: Sequence[int]
) -> list[Case]:
    """Those of the given cases that belong into this list now."""
    rows = in_queue(brand_id, agent_id, queue, wanted, now).filter(pk__in=ids)
    for field, compare, value in _narrowing(wanted):
        rows = rows.filter(**{f"{field}{_LOOKUPS[compare]}": value})
    return load(brand_id, list(rows.order_by(*order_of(queue, wanted).keys()).values_list("pk", flat=True)))


def order_of(queue: Queue, wanted: Filter) -> Order:
    state = wanted.state if queue.name == "all" else ""
    if state == "any":
        return paging.LATEST
    if state == "snoozed" or queue.order == "until":
        return paging.UNTIL
    if state == "closed" or queue.order == "closed":
        return paging.CLOSED
    if queue.order == "newest":
        return paging.NEWEST
    if queue.order == "latest":
        return paging.LATEST
    return {"latest": paging.LATEST, "priority": paging.PRIORITY}.get(wanted.sort or queue.order, paging.DUE)


def in_queue(brand_id: int, agent_id: int, queue: Queue, wanted: Filter, now: datetime) -> QuerySet[Case]:
    """The queue's own conditions, in the words of the partial indexes."""
    rows = Case.objects.filter(brand_id=brand_id)
    match queue.name:
        case "mine":
            rows = rows.filter(state="open", quiet=False, assignee_id=agent_id)
        case "unassigned":
            rows = rows.filter(state="open", quiet=False, assignee=None)
        case "approval":
            rows = rows.filter(proposed=True)
        case "failed":
            rows = rows.filter(failed=True)
        case "promises":
            rows = rows.filter(state="open", quiet=False, due_at__lt=now + SOON)
        case "snoozed":
            rows = rows.filter(state="snoozed", quiet=False)
        case "ended":
            rows = rows.filter(quiet=True, state__in=("open", "snoozed"))
        case "closed":
            rows = rows.filter(state="closed")
        case "all":
            if wanted.state == "any":
                rows = rows.exclude(state="merged")
            elif wanted.state == "closed" or wanted.q:  # who searches finds what is out of sight too
                rows = rows.filter(state=wanted.state or "open")
            else:
                rows = rows.filter(state=wanted.state or "open", quiet=False)
        case team:
            rows = rows.filter(state="open", quiet=False, team_id=int(team.removeprefix("team-")))
    if wanted.agent and queue.name != "mine":
        rows = rows.filter(assignee_id=int(wanted.agent))
    if wanted.q:
        rows = rows.filter(pk__in=search.case_ids(brand_id, wanted.q))
    return rows


def _narrowing(wanted: Filter) -> list[tuple[str, str, Any]]:
    """Column, comparison, value of every condition that no index of the queues knows."""
    given: list[tuple[str, str, Any]] = []
    for name in ("network", "language", "intent", "cause", "sentiment"):
        if getattr(wanted, name):
            given.append((name, "=", getattr(wanted, name)))
    if wanted.place:
        given.append(("public", "=", wanted.place == "public"))
    if wanted.tag:
        given.append(("tags", "@>", [wanted.tag]))
    if wanted.topic:
        given.append(("topics", "@>", [wanted.topic]))
    if wanted.urgency:
        given.append(("urgency", ">=", int(wanted.urgency)))
    if wanted.churn:
        given.append(("churn", "=", True))
    if wanted.crowd.isdecimal():
        given.append(("crowd_of", "=", int(wanted.crowd)))
    elif wanted.crowd:
        given.append(("crowd", "=", "" if wanted.crowd == "none" else wanted.crowd))
    if wanted.needs:
        given.append(("needs_reply", "=", wanted.needs == "1"))
    return given


def _through_window(
    ordered: QuerySet[Case], wanted: Filter, order: Order, room: int
) -> tuple[list[int], Cursor | None]:
    """The first ``room`` matches among the next WINDOW rows, and where the window ended when it
    held fewer. The outer LIMIT stops the inner scan as soon as it has enough."""
    narrowing = _narrowing(wanted)
    window = ordered[:WINDOW].values("id", *(field for field, _, _ in narrowing))
    sql, params = window.query.sql_with_params()
    conditions = " AND ".join(
        f"w.{field} {compare} %s" + ("::varchar[]" if compare == "@>" else "")
        for field, compare, _ in narrowing
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.id FROM ({sql}) w WHERE {conditions} LIMIT %s",  # noqa: S608  names of our own fields
            (*params, *(value for _, _, value in narrowing), room),
        )
        ids = [row[0] for row in cursor.fetchall()]
    if len(ids) == room:
        return ids, None
    last = ordered.only("id", *([order.field] if order.field != "id" else []))[WINDOW - 1 : WINDOW].first()
    return ids, order.cursor(last) if last else None
