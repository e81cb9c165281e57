"""The encoder's second look at what waits, the most pressing first; and places moving up with time.

Which cases want a look stands on their rows (``look_after``). A claim puts that moment off, so that
a worker that dies is followed by another, and what arrives meanwhile sets it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from cortafuegos.inbox.labels.rules import Reach, Standing, ranked
from cortafuegos.inbox.models import Posture
from cortafuegos.inbox.receive import standing, threads
from cortafuegos.inbox.receive.labels import OVER
from cortafuegos.kit import clock, log
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.sql import rows

AT_ONCE = 16  # cases: a second or two of one core, so that what turns urgent need not wait long
LEASE = timedelta(minutes=3)
SETTLED = timedelta(hours=17)  # after so long, waiting longer adds nothing to a priority
LATELY = timedelta(minutes=10)  # a few rounds: until then a new posture concerns all that waits
EVER = datetime.min.replace(tzinfo=UTC)
MOST_RANKED = 20_000
STEP = 10  # tenths of a point that are worth writing

_CLAIM = """
UPDATE cortafuegos_case c SET look_after = %(lease)s
  FROM (SELECT id FROM cortafuegos_case
         WHERE state = 'open' AND awaits_us AND look_after <= %(now)s
         ORDER BY priority DESC, id LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED) due
 WHERE c.id = due.id RETURNING c.brand_id, c.id
"""

# Those that only the first layer has read, and at most so many of a case.
_UNREAD = """
SELECT m.case_id, m.id, m.text, coalesce(nullif(m.language, ''), a.language)
  FROM {batch} CROSS JOIN LATERAL (
    SELECT * FROM cortafuegos_message o
     WHERE o.brand_id = %(brand)s AND o.case_id = batch.id AND o.direction = 'in' AND o.deleted_at IS NULL
     ORDER BY o.posted_at DESC, o.id DESC LIMIT %(most)s
  ) m JOIN cortafuegos_account a ON a.brand_id = %(brand)s AND a.id = m.account_id
 WHERE m.labels ->> 'layer' IS DISTINCT FROM 'refined'
"""

_HOLD = """
SELECT c.id FROM cortafuegos_case c JOIN {batch} ON c.id = batch.id
 WHERE c.brand_id = %(brand)s ORDER BY c.id FOR NO KEY UPDATE OF c
"""

# Not over words that were edited while the encoder read them.
_WRITE = """
UPDATE cortafuegos_message m SET labels = {over}
  FROM {batch} WHERE m.brand_id = %(brand)s AND m.id = batch.id AND m.text = batch.text
""".replace("{over}", OVER)

_LOOKED = """
UPDATE cortafuegos_case c SET look_after = NULL
  FROM {batch} WHERE c.brand_id = %(brand)s AND c.id = batch.id AND c.look_after = %(lease)s
"""

_WAITING = """
SELECT c.id, c.urgency, c.needs_reply, c.churn, c.waiting_since, c.unanswered, c.public,
       c.last_message_at, c.priority, coalesce(i.followers, 0), i.verified,
       coalesce((SELECT level FROM cortafuegos_posture WHERE brand_id = %(brand)s), 'calm')
  FROM cortafuegos_case c JOIN cortafuegos_identity i ON i.brand_id = %(brand)s AND i.id = c.identity_id
 WHERE c.brand_id = %(brand)s AND c.state = 'open' AND NOT c.quiet AND c.awaits_us
   AND c.waiting_since > %(since)s
 ORDER BY c.waiting_since DESC LIMIT %(most)s
"""

_MOVE = """
UPDATE cortafuegos_case c SET priority = batch.priority
  FROM {batch} WHERE c.brand_id = %(brand)s AND c.id = batch.id AND c.priority = batch.was
"""


@dataclass(frozen=True, slots=True)
class Unread:
    """A message to be read, and by whose own measure."""

    case_id: int
    id: int
    text: str
    language: str


Reader = Callable[[int, Sequence[Unread]], Sequence[Mapping[str, Any]]]
"""Labels of messages of a brand, in their order, as they are to be stored."""


def look(now: datetime, read: Reader, most: int = AT_ONCE) -> int:
    """Read the most pressing cases again; returns how many. Holds no lock while reading."""
    lease = now + LEASE
    by_brand: dict[int, list[int]] = defaultdict(list)
    for brand_id, case_id in rows(_CLAIM, lease=lease, now=now, most=most):
        by_brand[brand_id].append(case_id)
    for brand_id, cases in by_brand.items():
        unread = [Unread(*row) for row in _unread(brand_id, cases)]
        labels = threads.settled(brand_id, unread, read(brand_id, unread)) if unread else []
        _write(brand_id, cases, unread, labels, lease)
    return sum(map(len, by_brand.values()))


def _unread(brand_id: int, cases: Sequence[int]) -> list[Any]:
    return rows(_UNREAD, {"id": ("bigint", cases)}, brand=brand_id, most=threads.READ_AT_ONCE)


@transaction.atomic
def _write(
    brand_id: int,
    cases: Sequence[int],
    read: Sequence[Unread],
    labels: Sequence[Mapping[str, Any]],
    lease: datetime,
) -> None:
    held = {"id": ("bigint", sorted(cases))}
    rows(_HOLD, held, brand=brand_id)
    rows(
        _WRITE,
        {
            "id": ("bigint", [one.id for one in read]),
            "text": ("text", [one.text for one in read]),
            "labels": ("jsonb", list(labels)),
        },
        brand=brand_id,
    )
    rows(_LOOKED, held, brand=brand_id, lease=lease)
    changed = standing.refresh(brand_id, cases, clock.now())
    if changed:
        nudge(brand_id, sorted(changed))
    log.get(__name__).info("labels.refined", brand=brand_id, cases=len(cases), messages=len(read))


def rank_again(brand_id: int, now: datetime) -> int:
    """Move up what waits; returns how many cases moved. What has waited long stays where it is, unless
    the desk is calmer or more alarmed than it was."""
    turned = Posture.objects.filter(brand_id=brand_id, since__gt=now - LATELY).exists()
    since = EVER if turned else now - SETTLED
    moved: list[tuple[int, int, int]] = []
    for row in rows(_WAITING, brand=brand_id, since=since, most=MOST_RANKED):
        id, urgency, needs_reply, churn, waits, unanswered, public, last_at, was, heard, known, posture = row
        case = Standing(
            urgency=urgency,
            needs_reply=needs_reply,
            churn=churn,
            waiting_since=waits,
            unanswered=unanswered,
        )
        told = ranked(case, Reach(heard, known, public), last_at, now, posture)
        score = standing.stored(told.score)
        if abs(score - was) >= STEP:
            moved.append((id, was, score))
    moved.sort()
    rows(
        _MOVE,
        {
            "id": ("bigint", [id for id, _, _ in moved]),
            "was": ("int", [was for _, was, _ in moved]),
            "priority": ("int", [score for _, _, score in moved]),
        },
        brand=brand_id,
    )
    return len(moved)
