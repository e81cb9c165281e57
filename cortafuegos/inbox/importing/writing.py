"""Whole conversations of the past, written set-wise: closed cases, no deadlines, no alarms.

A message we have already stays as it is, and what the file has besides joins its case.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from cortafuegos.channels.contract import Author, Post
from cortafuegos.inbox.importing.grouping import Group, group
from cortafuegos.inbox.importing.rows import Row
from cortafuegos.inbox.receive import authors, placing, standing, writing
from cortafuegos.inbox.receive.arrival import Arrival, Front
from cortafuegos.inbox.receive.labels import label
from cortafuegos.inbox.receive.pipeline import identifier, tidy
from cortafuegos.inbox.rules import Candidate
from cortafuegos.kit.sql import rows as run
from cortafuegos.kit.text import storable

_EXISTING = """
SELECT m.network_id, coalesce(c.merged_into_id, m.case_id), v.key
  FROM {batch} JOIN cortafuegos_message m
    ON m.brand_id = %(brand)s AND m.network = %(network)s AND m.network_id = batch.network_id
  JOIN cortafuegos_conversation v ON v.id = m.conversation_id
  LEFT JOIN cortafuegos_case c ON c.id = m.case_id
"""

_NUMBERS = """
UPDATE cortafuegos_brand SET next_case_number = next_case_number + %(count)s
 WHERE id = %(brand)s RETURNING next_case_number - %(count)s
"""

_CASES = """
INSERT INTO cortafuegos_case (brand_id, number, subject, state, person_id, identity_id, account_id,
       network, public, tags, language, snippet, awaits_us, proposed, failed, opened_at,
       last_message_at, first_answered_at, closed_at, version, home_id)
SELECT %(brand)s, number, subject, 'closed', person_id, identity_id, %(account)s, %(network)s, public,
       '{}', language, snippet, false, false, false, opened_at, last_at, answered_at, last_at, 0,
       home_id
  FROM {batch} ORDER BY number
RETURNING number, id
"""

_WIDEN = """
UPDATE cortafuegos_case c
   SET opened_at = least(c.opened_at, batch.opened_at),
       last_message_at = greatest(c.last_message_at, batch.last_at),
       first_answered_at = least(c.first_answered_at, batch.answered_at),
       version = c.version + 1
  FROM {batch} WHERE c.brand_id = %(brand)s AND c.id = batch.id
"""

_EVENTS = """
INSERT INTO cortafuegos_event (brand_id, at, kind, case_id, data, correlation)
SELECT %(brand)s, %(now)s, 'case.imported', case_id, data, %(correlation)s FROM {batch} ORDER BY n
"""


class Written(NamedTuple):
    messages: int
    cases: int


@dataclass(slots=True)
class _Planned:
    """A case to be, or one to be joined."""

    group: Group
    person: Arrival  # stands for whose case it is
    arrivals: list[Arrival]
    case_id: int = 0


def write(
    front: Front, conversations: Sequence[Sequence[Row]], now: datetime, correlation: uuid.UUID
) -> Written:
    """In the caller's transaction. Rows come whole conversations at a time, each in order."""
    known = _existing(front, conversations)
    planned: list[_Planned] = []
    loose: list[Arrival] = []
    for rows in conversations:
        key = next(
            (known[row_id][1] for row in rows if (row_id := identifier(row.id)) in known), _key(rows[0])
        )
        grouped = group(rows)
        for one in grouped:
            planned += _plan(front, one, key, known, now)
        placed = {id(row) for one in grouped for row in one.rows}
        loose += [_arrival(front, row, key, now) for row in rows if id(row) not in placed]
    loose = [arrival for arrival in loose if arrival.post.network_id not in known]
    arrivals = [arrival for plan in planned for arrival in plan.arrivals] + loose
    if not arrivals:
        return Written(0, 0)
    authors.resolve(front.brand_id, [*arrivals, *(plan.person for plan in planned)], history=True)
    placing.converse(front.brand_id, arrivals)
    opened, joined = [p for p in planned if not p.case_id], [p for p in planned if p.case_id]
    _open(front, opened)
    _widen(front.brand_id, joined)
    for plan in planned:
        for arrival in plan.arrivals:
            arrival.case = Candidate(plan.case_id, "closed", plan.group.rows[-1].at, None, frozenset())
    label(arrivals)
    writing.write_messages(front.brand_id, arrivals, now)
    standing.refresh(front.brand_id, [plan.case_id for plan in planned], now)
    _tell(front.brand_id, planned, now, correlation)
    return Written(sum(1 for arrival in arrivals if arrival.message_id), len(opened))


def _existing(front: Front, conversations: Sequence[Sequence[Row]]) -> dict[str, tuple[int | None, str]]:
    """By network id: its case (none for what was only seen around a thread) and its thread's key."""
    ids = sorted({identifier(row.id) for rows in conversations for row in rows})
    found = run(_EXISTING, {"network_id": ("text", ids)}, brand=front.brand_id, network=front.network)
    return {network_id: (case_id, key) for network_id, case_id, key in found}


def _plan(
    front: Front, one: Group, key: str, known: dict[str, tuple[int | None, str]], now: datetime
) -> list[_Planned]:
    cases = [known[row_id][0] for row in one.rows if (row_id := identifier(row.id)) in known]
    fresh = [row for row in one.rows if not known.get(identifier(row.id), (None,))[0]]
    if not fresh:
        return []
    arrivals = [_arrival(front, row, key, now) for row in fresh]
    theirs = next((row for row in reversed(one.rows) if row.author == one.customer), None)
    person = _arrival(front, theirs or _stand_in(one), key, now)
    return [_Planned(one, person, arrivals, next((case for case in cases if case), 0))]


def _stand_in(one: Group) -> Row:
    """A customer of whom the file has the name and none of their words."""
    return Row(one.customer, one.customer, one.rows[0].at, "", ours=False, handle=one.customer)


def _key(row: Row) -> str:
    return row.conversation or row.parent or row.id


def _arrival(front: Front, row: Row, key: str, now: datetime) -> Arrival:
    author = Author(
        network_id=row.author, handle=row.handle, name=row.name, verified=row.verified, place=row.place
    )
    post = Post(
        network_id=row.id,
        author=author,
        text=row.text,
        posted_at=row.at,
        public=row.public,
        conversation=key,
        in_reply_to=row.parent,
        url=row.url,
        language=row.language,
        subject=row.subject,
    )
    return Arrival(front, tidy(post, now), ours=row.ours)


def _open(front: Front, opened: Sequence[_Planned]) -> None:
    if not opened:
        return
    (number,) = run(_NUMBERS, brand=front.brand_id, count=len(opened))[0]
    groups = [plan.group for plan in opened]
    found = run(
        _CASES,
        {
            "number": ("int", [number + n for n in range(len(opened))]),
            "subject": ("text", [storable(g.subject) for g in groups]),
            "person_id": ("bigint", [plan.person.person_id for plan in opened]),
            "home_id": ("bigint", [plan.person.home_id for plan in opened]),
            "identity_id": ("bigint", [plan.person.identity_id for plan in opened]),
            "public": ("bool", [g.shown.public for g in groups]),
            "language": ("text", [storable(g.shown.language or front.language, 8) for g in groups]),
            "snippet": ("text", [storable(g.snippet) for g in groups]),
            "opened_at": ("timestamptz", [g.rows[0].at for g in groups]),
            "last_at": ("timestamptz", [g.rows[-1].at for g in groups]),
            "answered_at": ("timestamptz", [g.first_answered_at for g in groups]),
        },
        brand=front.brand_id,
        account=front.id,
        network=front.network,
    )
    ids = dict(found)
    for offset, plan in enumerate(opened):
        plan.case_id = ids[number + offset]


def _widen(brand_id: int, joined: Sequence[_Planned]) -> None:
    joined = sorted(joined, key=lambda plan: plan.case_id)
    run(
        _WIDEN,
        {
            "id": ("bigint", [plan.case_id for plan in joined]),
            "opened_at": ("timestamptz", [plan.group.rows[0].at for plan in joined]),
            "last_at": ("timestamptz", [plan.group.rows[-1].at for plan in joined]),
            "answered_at": ("timestamptz", [plan.group.first_answered_at for plan in joined]),
        },
        brand=brand_id,
    )


def _tell(brand_id: int, planned: Sequence[_Planned], now: datetime, correlation: uuid.UUID) -> None:
    written = [(plan, sum(1 for a in plan.arrivals if a.message_id)) for plan in planned]
    run(
        _EVENTS,
        {
            "case_id": ("bigint", [plan.case_id for plan, _ in written]),
            "data": ("jsonb", [{"messages": count} for _, count in written]),
        },
        brand=brand_id,
        now=now,
        correlation=correlation,
    )
