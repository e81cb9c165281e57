"""Writes down what became of messages of ours, a batch at a time.

A status is kept whether or not its message is known: WhatsApp tells of a message before its answer to
us has been read. Of two the further one holds, so that order and repetition do not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from cortafuegos.channels.capabilities import Status, Step
from cortafuegos.channels.models import Account
from cortafuegos.inbox.receive.arrival import Front, Key
from cortafuegos.inbox.receive.pipeline import identifier
from cortafuegos.kit import clock
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.sql import Columns, rows
from cortafuegos.kit.text import storable

LOOK_BACK = timedelta(days=30)  # "all until then" says nothing new of what is older

_KEEP = """
INSERT INTO cortafuegos_deliverystatus AS s (brand_id, network, network_id, step, at, reason, key)
SELECT %(brand)s, network, network_id, step, at, reason, key FROM {batch} ORDER BY network, network_id
ON CONFLICT (brand_id, network, network_id) DO UPDATE
   SET step = excluded.step, at = excluded.at, reason = excluded.reason, key = coalesce(s.key, excluded.key)
 WHERE s.step < excluded.step OR (s.key IS NULL AND excluded.key IS NOT NULL AND s.step = excluded.step)
RETURNING network, network_id
"""

_UNTIL = """
SELECT batch.n, m.network_id
  FROM {batch} JOIN cortafuegos_conversation c
    ON c.brand_id = %(brand)s AND c.network = batch.network AND c.key = batch.conversation
  JOIN cortafuegos_message m
    ON m.brand_id = %(brand)s AND m.conversation_id = c.id AND m.direction = 'out' AND NOT c.public
   AND m.posted_at BETWEEN batch.since AND batch.at
"""

_CASES = """
SELECT DISTINCT m.case_id
  FROM {batch} JOIN cortafuegos_message m
    ON m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
 WHERE m.case_id IS NOT NULL
"""

_KNOWN = """
SELECT count(*) FROM {batch} JOIN cortafuegos_message m
  ON m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
"""

# What a person or a program has to do about: an answer that we took for sent and that failed, and one
# of unknown fate whose key came back.
_TURNED = """
SELECT r.id
  FROM {batch} JOIN cortafuegos_deliverystatus s
    ON s.brand_id = %(brand)s AND s.network = batch.network AND s.network_id = batch.network_id
  JOIN cortafuegos_message m
    ON m.brand_id = s.brand_id AND m.network = s.network AND m.network_id = s.network_id
  JOIN cortafuegos_reply r
    ON r.brand_id = s.brand_id AND r.message_id = m.id
   AND ((r.state = 'sent' AND s.step = 2) OR (r.state = 'failed' AND s.step > 2))
UNION
SELECT r.id
  FROM {batch} JOIN cortafuegos_deliverystatus s
    ON s.brand_id = %(brand)s AND s.network = batch.network AND s.network_id = batch.network_id
  JOIN cortafuegos_reply r
    ON r.brand_id = s.brand_id AND r.key = s.key AND r.message_id IS NULL
   AND r.state IN ('unknown', 'failed')
 WHERE NOT EXISTS (
    SELECT 1 FROM cortafuegos_message m
     WHERE m.brand_id = s.brand_id AND m.network = s.network AND m.network_id = s.network_id
 )
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A status, and the account that was told."""

    account: Front
    status: Status


@dataclass(frozen=True, slots=True)
class Followed:
    kept: int  # statuses that told something new
    strangers: int  # of them, those of messages that we do not know (yet)


def follow(told: Sequence[Told], now: datetime) -> Followed:
    """Keep what is new, and have somebody look after the replies whose fate it turns (in a job of its
    own, born in this transaction: it holds cases, and here statuses are held)."""
    brands: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        brands[one.account.brand_id].append(one)
    kept = [_follow(brand, brands[brand], now) for brand in sorted(brands)]
    return Followed(sum(k.kept for k in kept), sum(k.strangers for k in kept))


def sent(account: Account, network_id: str, key: str, now: datetime) -> None:
    """Our own word that the network has it, in the transaction that settles the reply. Whoever writes
    another status of the same message at this moment is waited for, so that none goes unseen."""
    name = account.network, identifier(network_id)
    _keep(account.brand_id, {name: Status(Step.SENT, now, network_id, key=key)}, now)
    _look_after(account.brand_id, _names([name]))


def _follow(brand_id: int, told: Sequence[Told], now: datetime) -> Followed:
    further: dict[Key, Status] = {}
    for one in [*told, *_until(brand_id, told)]:
        status = replace(one.status, network_id=identifier(one.status.network_id))
        key = one.account.network, status.network_id
        if status.network_id and (key not in further or further[key].step < status.step):
            further[key] = status
    new = _keep(brand_id, further, now)
    if not new:
        return Followed(0, 0)
    names = _names(new)
    known = rows(_CASES, names, brand=brand_id)
    nudge(brand_id, sorted(case for (case,) in known))
    _look_after(brand_id, names)
    return Followed(len(new), len(new) - _known(brand_id, names))


def _keep(brand_id: int, statuses: dict[Key, Status], now: datetime) -> list[Key]:
    """Write what goes further than what is there; returns what was written."""
    names = sorted(statuses)
    found = [statuses[name] for name in names]
    columns: Columns = {
        **_names(names),
        "step": ("int", [int(s.step) for s in found]),
        "at": ("timestamptz", [min(clock.aware(s.at), now) for s in found]),
        "reason": ("text", [storable(s.reason) for s in found]),
        "key": ("uuid", [_uuid(s.key) for s in found]),
    }
    return [(network, network_id) for network, network_id in rows(_KEEP, columns, brand=brand_id)]


def _until(brand_id: int, told: Sequence[Told]) -> list[Told]:
    """The messages that "all until then" means, as far as we know them."""
    whole = [one for one in told if one.status.conversation and not one.status.network_id]
    columns: Columns = {
        "network": ("text", [one.account.network for one in whole]),
        "conversation": ("text", [identifier(one.status.conversation) for one in whole]),
        "since": ("timestamptz", [one.status.at - LOOK_BACK for one in whole]),
        "at": ("timestamptz", [one.status.at for one in whole]),
    }
    return [
        Told(whole[n - 1].account, replace(whole[n - 1].status, network_id=network_id))
        for n, network_id in rows(_UNTIL, columns, brand=brand_id)
    ]


def _known(brand_id: int, names: Columns) -> int:
    ((count,),) = rows(_KNOWN, names, brand=brand_id)
    return int(count)


def _names(names: Sequence[Key]) -> Columns:
    return {
        "network": ("text", [network for network, _ in names]),
        "network_id": ("text", [network_id for _, network_id in names]),
    }


def _look_after(brand_id: int, names: Columns) -> None:
    from cortafuegos.inbox.jobs import turn  # jobs import this module

    for (reply_id,) in rows(_TURNED, names, brand=brand_id):
        turn.defer(brand_id=brand_id, reply_id=reply_id)


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
