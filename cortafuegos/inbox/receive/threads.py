"""Short messages, read in the light of what was said before in their case (``triage.thread``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from cortafuegos.channels.contract import Kind
from cortafuegos.inbox.receive.arrival import Arrival
from cortafuegos.inbox.rules import Candidate
from cortafuegos.kit.sql import rows
from cortafuegos.triage import thread
from cortafuegos.triage.values import Turn

READ_AT_ONCE = 8  # of a case's messages, those that the second look reads at most (``actions/looking``)

# The latest of a case, by its index (standing.py says why the brand is compared so); what a long message
# says beyond this tells no more about it.
_SAID = """
SELECT m.case_id, m.id, m.posted_at, m.direction = 'out', left(m.text, 600), m.labels - 'reasons'
  FROM {batch} JOIN cortafuegos_case c ON c.brand_id = %(brand)s AND c.id = batch.id
 CROSS JOIN LATERAL (
    SELECT * FROM cortafuegos_message o
     WHERE o.brand_id IS NOT DISTINCT FROM c.brand_id AND o.case_id = c.id AND o.deleted_at IS NULL
     ORDER BY o.posted_at DESC, o.id DESC LIMIT %(most)s
  ) m
 ORDER BY m.case_id, m.posted_at, m.id
"""


class Unread(Protocol):
    @property
    def case_id(self) -> int: ...
    @property
    def id(self) -> int: ...
    @property
    def text(self) -> str: ...


def settle(brand_id: int, arrivals: Sequence[Arrival]) -> None:
    """Change the labels of arrivals that say nothing without their thread. All have their case, and are in
    the order in which they were said. One statement, whatever their number; none where nobody is brief."""
    said = [a for a in arrivals if a.case is not None and a.post.kind is not Kind.DELETE]
    brief = {id(a) for a in said if not a.ours and thread.leans(a.post.text)}
    if not brief:
        return
    known = [a.case.id for a in said if id(a) in brief and isinstance(a.case, Candidate)]
    before: dict[int, list[tuple[datetime, Turn]]] = defaultdict(list)
    for case_id, _, at, ours, text, labels in _said(brand_id, known, thread.MOST):
        before[case_id].append((at, Turn(text, ours, labels)))
    for arrival in said:
        key = arrival.case.id if isinstance(arrival.case, Candidate) else id(arrival.case)
        at = arrival.post.posted_at
        if id(arrival) in brief:
            earlier = [turn for then, turn in sorted(before[key], key=_when) if then <= at]
            arrival.labels |= thread.settled(arrival.post.text, arrival.labels, earlier)
        before[key].append((at, Turn(arrival.post.text, arrival.ours, arrival.labels)))


def settled(
    brand_id: int, read: Sequence[Unread], labels: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The labels that messages already in their cases were just given, in their threads' light."""
    found = {one.id: own for one, own in zip(read, labels, strict=True)}
    brief = {one.id for one in read if thread.leans(one.text)}
    cases = [one.case_id for one in read if one.id in brief]
    before: dict[int, list[Turn]] = defaultdict(list)
    for case_id, id, _, ours, text, stored in _said(brand_id, cases, READ_AT_ONCE + thread.MOST):
        own = found.get(id, stored)
        if id in brief:
            own = found[id] = {**own, **thread.settled(text, own, before[case_id])}
        before[case_id].append(Turn(text, ours, own))
    return [found[one.id] for one in read]


def _said(brand_id: int, cases: Sequence[int], most: int) -> list[Any]:
    if not cases:
        return []
    return rows(_SAID, {"id": ("bigint", sorted(set(cases)))}, brand=brand_id, most=most)


def _when(said: tuple[datetime, Turn]) -> datetime:
    return said[0]
