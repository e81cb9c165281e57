"""Cases whose customers say the same, or pile on one post, marked as one crowd. A mark only: every
case keeps its place, its clock and its answer, and nothing is deleted or hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.sql import rows
from cortafuegos.triage.grouping import Group, Heard, groups

MOST = 5_000  # the latest so many cases are compared: a second of one core
SINCE = timedelta(hours=24)
WEIGHT = ("bots", "spam", "pile_on", "duplicate")  # of two kinds the earlier tells more

_HEARD = """
SELECT c.id, c.identity_id, m.text, m.posted_at, m.in_reply_to, c.crowd, c.crowd_of, c.crowd_size
  FROM (SELECT * FROM cortafuegos_case
         WHERE brand_id = %(brand)s AND last_message_at > %(since)s
         ORDER BY last_message_at DESC, id DESC LIMIT %(most)s) c
 CROSS JOIN LATERAL (
    SELECT o.text, o.posted_at, o.in_reply_to FROM cortafuegos_message o
     WHERE o.brand_id IS NOT DISTINCT FROM c.brand_id AND o.case_id = c.id AND o.direction = 'in'
       AND o.deleted_at IS NULL
     ORDER BY o.posted_at DESC, o.id DESC LIMIT 1
  ) m
 WHERE c.state = 'open'
"""

_MARK = """
UPDATE cortafuegos_case c
   SET crowd = batch.crowd, crowd_of = nullif(batch.crowd_of, 0), crowd_size = batch.crowd_size
  FROM {batch} WHERE c.brand_id = %(brand)s AND c.id = batch.id
"""


class Crowd(NamedTuple):
    """``of``: the first case of the crowd, which names it; 0 in none."""

    kind: str = ""
    of: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    heard: Heard
    marked: Crowd


def mark(brand_id: int, now: datetime) -> int:
    """Compare what was said lately, again; returns how many cases changed."""
    known = [
        Known(Heard(str(id), str(author), text, at, reply_to), Crowd(kind, of or 0, size))
        for id, author, text, at, reply_to, kind, of, size in rows(
            _HEARD, brand=brand_id, since=now - SINCE, most=MOST
        )
    ]
    found = crowds(groups([one.heard for one in known]))
    changed = sorted(
        (int(one.heard.id), told) for one in known if (told := found.get(one.heard.id, Crowd())) != one.marked
    )
    rows(
        _MARK,
        {
            "id": ("bigint", [id for id, _ in changed]),
            "crowd": ("text", [told.kind for _, told in changed]),
            "crowd_of": ("bigint", [told.of for _, told in changed]),
            "crowd_size": ("int", [told.size for _, told in changed]),
        },
        brand=brand_id,
    )
    if changed:
        nudge(brand_id, [id for id, _ in changed])
    return len(changed)


def crowds(found: Iterable[Group]) -> Mapping[str, Crowd]:
    """The crowd of each member; one that is in several belongs to the kind that tells most."""
    of: dict[str, Crowd] = {}
    ordered: Sequence[Group] = sorted(found, key=lambda group: WEIGHT.index(group.kind))
    for group in ordered:
        told = Crowd(group.kind, int(group.members[0]), len(group.members))
        for member in group.members:
            of.setdefault(member, told)
    return of
