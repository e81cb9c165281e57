"""What the network says became of posts we hold: edited, or gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cortafuegos.channels.contract import Kind
from cortafuegos.inbox.receive import standing
from cortafuegos.inbox.receive.arrival import Arrival, Key
from cortafuegos.inbox.receive.labels import OVER, label
from cortafuegos.kit.sql import rows
from cortafuegos.kit.text import storable

# Edits may come twice and out of order: only a text that differs and is newer replaces the old
# one, which is kept. Who wrote it must be who edits it.
_EDIT = """
UPDATE cortafuegos_message m
   SET versions = m.versions || jsonb_build_array(jsonb_build_object('text', m.text, 'until', batch.at)),
       text = batch.text, edited_at = batch.at,
       labels = CASE WHEN m.direction = 'in' THEN {over} ELSE m.labels END
  FROM {batch}
 WHERE m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
   AND m.identity_id = batch.identity_id AND m.text <> batch.text AND m.deleted_at IS NULL
   AND (m.edited_at IS NULL OR m.edited_at <= batch.at)
RETURNING m.id, m.case_id, 'message.edited'
""".replace("{over}", OVER)

_DELETE = """
UPDATE cortafuegos_message m SET deleted_at = %(now)s
  FROM {batch}
 WHERE m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
   AND m.identity_id = batch.identity_id AND m.deleted_at IS NULL
RETURNING m.id, m.case_id, 'message.deleted'
"""

# What apologised and is gone apologises no more (actions/amends.py, unheard).
_UNHEARD = """
UPDATE cortafuegos_mistake SET apology_id = NULL, apologised_at = NULL
 WHERE brand_id = %(brand)s AND closed_at IS NULL AND apology_id IN (
    SELECT r.id FROM {batch} JOIN cortafuegos_reply r
      ON r.brand_id = %(brand)s AND r.message_id = batch.id
 )
"""

# The post whose edit was quicker: it was said earlier, and this is what it said then.
_ORIGINAL = """
UPDATE cortafuegos_message m
   SET versions = jsonb_build_array(jsonb_build_object('text', batch.text, 'until', m.posted_at))
                  || m.versions,
       posted_at = batch.at
  FROM {batch}
 WHERE m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
   AND m.identity_id = batch.identity_id AND m.edited_at IS NOT NULL AND batch.at < m.posted_at
"""

# The cases before their messages, as every verb does.
_HOLD = """
SELECT id FROM cortafuegos_case
 WHERE brand_id = %(brand)s AND id IN (
    SELECT m.case_id FROM {batch} JOIN cortafuegos_message m
      ON m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
 ) ORDER BY id FOR NO KEY UPDATE
"""

_EVENTS = """
INSERT INTO cortafuegos_event (brand_id, at, kind, case_id, data)
SELECT %(brand)s, %(now)s, kind, case_id, jsonb_build_object('message', message) FROM {batch}
"""


def apply(brand_id: int, later: Sequence[Arrival], now: datetime) -> set[int]:
    """Apply edits, then deletions; returns the cases concerned."""
    rows(_HOLD, _columns(later), brand=brand_id)
    label([a for a in later if a.post.kind is Kind.EDIT])
    originals = {a.key: a for a in later if a.post.kind is Kind.POST}
    _change(brand_id, _ORIGINAL, [originals[key] for key in sorted(originals)])
    edits: dict[Key, list[Arrival]] = {}
    for arrival in later:
        if arrival.post.kind is Kind.EDIT:
            edits.setdefault(arrival.key, []).append(arrival)
    done: list[tuple[int, int | None, str]] = []
    # One statement changes a row once, so a post edited twice in a batch takes two.
    for turn in range(max(map(len, edits.values()), default=0)):
        done += _change(brand_id, _EDIT, [a[turn] for _, a in sorted(edits.items()) if turn < len(a)])
    gone = {a.key: a for a in later if a.post.kind is Kind.DELETE}
    deleted = rows(_DELETE, _columns([gone[key] for key in sorted(gone)]), brand=brand_id, now=now)
    if deleted and any(arrival.ours for arrival in gone.values()):
        rows(_UNHEARD, {"id": ("bigint", [message for message, _, _ in deleted])}, brand=brand_id)
    done += deleted
    _log(brand_id, [entry for entry in done if entry[1] is not None], now)
    changed = {case for _, case, _ in done if case is not None}
    standing.refresh(brand_id, sorted(changed), now, look=True)
    return changed


def _change(brand_id: int, statement: str, edits: Sequence[Arrival]) -> list[tuple[int, int | None, str]]:
    return rows(
        statement,
        {
            **_columns(edits),
            "text": ("text", [storable(a.post.text) for a in edits]),
            "at": ("timestamptz", [a.happened_at for a in edits]),
            "labels": ("jsonb", [a.labels for a in edits]),
        },
        brand=brand_id,
    )


def _columns(arrivals: Sequence[Arrival]) -> dict[str, tuple[str, list[object]]]:
    return {
        "network": ("text", [a.post_network for a in arrivals]),
        "network_id": ("text", [a.post.network_id for a in arrivals]),
        "identity_id": ("bigint", [a.identity_id for a in arrivals]),
    }


def _log(brand_id: int, done: Sequence[tuple[int, int | None, str]], now: datetime) -> None:
    rows(
        _EVENTS,
        {
            "message": ("bigint", [message for message, _, _ in done]),
            "case_id": ("bigint", [case for _, case, _ in done]),
            "kind": ("text", [kind for _, _, kind in done]),
        },
        brand=brand_id,
        now=now,
    )
