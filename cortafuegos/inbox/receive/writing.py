"""The rows themselves: cases opened and touched, messages, deadlines, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from cortafuegos.channels.contract import Kind
from cortafuegos.inbox.receive import promises, standing, telling
from cortafuegos.inbox.receive.arrival import Arrival, NewCase
from cortafuegos.inbox.receive.summary import Said, summarise
from cortafuegos.inbox.rules import SNIPPET_LENGTH, first_words
from cortafuegos.kit.sql import rows
from cortafuegos.kit.text import storable, storable_json

_NUMBERS = """
UPDATE cortafuegos_brand SET next_case_number = next_case_number + %(count)s
 WHERE id = %(brand)s RETURNING next_case_number - %(count)s,
       coalesce((SELECT level FROM cortafuegos_posture WHERE brand_id = %(brand)s), 'calm')
"""

_CASES = """
INSERT INTO cortafuegos_case (brand_id, number, subject, state, person_id, identity_id, account_id,
       network, public, tags, language, snippet, awaits_us, proposed, failed, opened_at,
       last_message_at, first_answered_at, due_at, version, intent, cause, sentiment, urgency, churn,
       needs_reply, topics, waiting_since, unanswered, priority, look_after, quiet, home_id)
SELECT %(brand)s, number, subject, 'open', person_id, identity_id, account_id, network, public,
       '{}', language, snippet, awaits_us, false, false, opened_at, last_at, answered_at, due_at, 0,
       intent, cause, sentiment, urgency, churn, needs_reply,
       ARRAY(SELECT jsonb_array_elements_text(topics)), waiting_since, unanswered, priority,
       CASE WHEN awaits_us THEN %(now)s END, quiet, home_id
  FROM {batch} ORDER BY number
RETURNING number, id
"""

# A message known from around a thread gets its case when it turns out to be said to us. The time it
# came is the clock's, not the transaction's: its case is held by now, so "before the answer was
# written" and "after" cannot be mistaken for each other. Ids are given in the order of arrival, since some
# networks tell whole seconds and the id then says what came first; rows go in by their key (kit/sql.py).
_MESSAGES = """
INSERT INTO cortafuegos_message AS m (id, brand_id, case_id, conversation_id, account_id, identity_id,
       network, network_id, direction, public, subject, text, posted_at, received_at, in_reply_to,
       url, language, attachments, labels, ref, receipt_id, versions, edited_at, deleted_at)
SELECT id, %(brand)s, case_id, conversation_id, account_id, identity_id, network, network_id,
       direction, public, subject, text, posted_at, clock_timestamp(), in_reply_to, url, language,
       attachments, labels, ref, receipt_id, '[]', edited_at, deleted_at
  FROM (SELECT nextval(pg_get_serial_sequence('cortafuegos_message', 'id')) AS id, batch.*
          FROM {batch}) AS numbered
 ORDER BY network, network_id
ON CONFLICT (brand_id, network, network_id) DO UPDATE
   SET case_id = excluded.case_id, account_id = excluded.account_id, receipt_id = excluded.receipt_id,
       received_at = excluded.received_at
 WHERE m.case_id IS NULL AND m.deleted_at IS NULL AND excluded.case_id IS NOT NULL
   AND m.direction = 'in' AND excluded.direction = 'in'
RETURNING network, network_id, id
"""

# Only what is newer than what the case shows moves it; a message that comes late takes its place
# in the thread, and if it is theirs it still waits for us, since nobody has seen it. A case that
# slept or was closed is open again.
_TOUCH = """
UPDATE cortafuegos_case c
   SET last_message_at = greatest(c.last_message_at, t.last_at),
       snippet = CASE WHEN t.newer THEN t.snippet ELSE c.snippet END,
       identity_id = CASE WHEN t.inbound THEN t.identity_id ELSE c.identity_id END,
       account_id = CASE WHEN t.inbound THEN t.account_id ELSE c.account_id END,
       network = CASE WHEN t.inbound THEN t.network ELSE c.network END,
       public = CASE WHEN t.inbound THEN t.public ELSE c.public END,
       awaits_us = t.awaits,
       quiet = c.quiet OR t.quiet,
       due_at = least(
         CASE WHEN t.awaits AND t.answered THEN t.due_at
              WHEN t.awaits AND t.inbound THEN least(c.due_at, t.due_at)
              WHEN t.awaits OR t.awaits_us IS NULL THEN c.due_at END,
         (SELECT min(p.due_at) FROM cortafuegos_promise p
           WHERE p.case_id = c.id AND p.done_at IS NULL
             AND (t.inbound OR c.state NOT IN ('closed', 'merged')))
       ),
       first_answered_at = coalesce(c.first_answered_at, t.answered_at),
       state = CASE WHEN t.inbound AND c.state <> 'merged' THEN 'open' ELSE c.state END,
       snoozed_until = CASE WHEN t.inbound THEN NULL ELSE c.snoozed_until END,
       closed_at = CASE WHEN t.inbound THEN NULL ELSE c.closed_at END,
       version = c.version + 1
  FROM (
    SELECT batch.*, old.state AS was, batch.last_at >= old.last_message_at AS newer,
           CASE WHEN batch.awaits_us THEN true
                WHEN batch.last_at >= old.last_message_at
                THEN coalesce(batch.awaits_us, old.awaits_us)
                ELSE old.awaits_us END AS awaits,
           coalesce(batch.answered_at >= old.last_message_at, false) AS answered
      FROM {batch} JOIN cortafuegos_case old ON old.brand_id = %(brand)s AND old.id = batch.id
  ) t
 WHERE c.brand_id = %(brand)s AND c.id = t.id
RETURNING c.id, t.was, c.first_answered_at IS NOT NULL, c.awaits_us, t.answered
"""

# One promise at a time: what is owed already stays owed, by the earlier of the two times.
_DEADLINES = """
INSERT INTO cortafuegos_deadline AS d (brand_id, case_id, kind, due_at, state, created_at)
SELECT %(brand)s, case_id, coalesce(owed.kind, batch.kind), batch.due_at, 'open', %(now)s
  FROM {batch} LEFT JOIN LATERAL (
    SELECT o.kind FROM cortafuegos_deadline o
     WHERE o.case_id = batch.case_id AND o.done_at IS NULL AND o.kind <> 'snooze' LIMIT 1
  ) owed ON true
ON CONFLICT (case_id, kind) WHERE done_at IS NULL
DO UPDATE SET due_at = excluded.due_at WHERE excluded.due_at < d.due_at
"""

_END_DEADLINES = """
UPDATE cortafuegos_deadline d
   SET state = CASE WHEN d.kind = 'snooze' THEN 'cancelled'
                    WHEN d.due_at < batch.at THEN 'missed' ELSE 'met' END,
       done_at = batch.at
  FROM {batch}
 WHERE d.brand_id = %(brand)s AND d.case_id = batch.case_id AND d.done_at IS NULL
   AND (d.kind = 'snooze') = batch.snooze
"""


def open_cases(brand_id: int, opened: Sequence[NewCase], arrivals: Sequence[Arrival], at: datetime) -> None:
    """Write the new cases with their numbers, as they are after all of the batch was said."""
    if not opened:
        return
    said = summarise([a for a in arrivals if isinstance(a.case, NewCase)])
    number, posture = rows(_NUMBERS, brand=brand_id, count=len(opened))[0]
    for offset, case in enumerate(opened):
        case.number = number + offset
    now = [said[-id(case)] for case in opened]
    found = rows(
        _CASES,
        {
            "number": ("int", [case.number for case in opened]),
            "subject": ("text", [case.subject for case in opened]),
            "person_id": ("bigint", [case.person_id for case in opened]),
            "home_id": ("bigint", [case.home_id for case in opened]),
            "identity_id": ("bigint", [s.shown.identity_id for s in now]),
            "account_id": ("bigint", [s.shown.account.id for s in now]),
            "network": ("text", [s.shown.post_network for s in now]),
            "public": ("bool", [s.shown.post.public for s in now]),
            "language": ("text", [_language(s.shown) for s in now]),
            "snippet": ("text", [_snippet(s.last) for s in now]),
            "awaits_us": ("bool", [bool(s.awaits_us) for s in now]),
            "opened_at": ("timestamptz", [case.opened_at for case in opened]),
            "last_at": ("timestamptz", [s.last.post.posted_at for s in now]),
            "answered_at": ("timestamptz", [s.answered_at for s in now]),
            "due_at": ("timestamptz", [s.due_at if s.awaits_us else None for s in now]),
            "quiet": ("bool", [s.quiet for s in now]),
            **standing.columns([s.standing for s in now], [s.pressing(at, posture) for s in now]),
        },
        brand=brand_id,
        now=at,
    )
    ids = dict(found)
    for case in opened:
        case.id = ids[case.number]


def write_messages(brand_id: int, arrivals: Sequence[Arrival], now: datetime) -> None:
    posts = [arrival.post for arrival in arrivals]
    found = rows(
        _MESSAGES,
        {
            "case_id": ("bigint", [a.case_id for a in arrivals]),
            "conversation_id": ("bigint", [a.conversation_id for a in arrivals]),
            "account_id": ("bigint", [a.account.id for a in arrivals]),
            "identity_id": ("bigint", [a.identity_id for a in arrivals]),
            "network": ("text", [a.post_network for a in arrivals]),
            "network_id": ("text", [p.network_id for p in posts]),
            "direction": ("text", ["out" if a.ours else "in" for a in arrivals]),
            "public": ("bool", [p.public for p in posts]),
            "subject": ("text", [storable(p.subject, 500) for p in posts]),
            "text": ("text", [storable(p.text) for p in posts]),
            "posted_at": ("timestamptz", [p.posted_at for p in posts]),
            "in_reply_to": ("text", [p.in_reply_to for p in posts]),
            "url": ("text", [storable(p.url) for p in posts]),
            "language": ("text", [_language(a) for a in arrivals]),
            "attachments": ("jsonb", [storable_json([asdict(x) for x in p.attachments]) for p in posts]),
            "labels": ("jsonb", [a.labels for a in arrivals]),
            "ref": ("jsonb", [storable_json(p.ref) for p in posts]),
            "receipt_id": ("bigint", [a.receipt_id for a in arrivals]),
            "edited_at": ("timestamptz", [a.happened_at if a.edited else None for a in arrivals]),
            "deleted_at": ("timestamptz", [now if p.kind is Kind.DELETE else None for p in posts]),
        },
        brand=brand_id,
    )
    ids = {(network, network_id): id for network, network_id, id in found}
    for arrival in arrivals:
        arrival.message_id = ids.get(arrival.key, 0)


def touch_cases(brand_id: int, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Bring the cases that were there, all deadlines and the event log up to what was said."""
    arrived = [a for a in arrivals if a.message_id]
    new = summarise([a for a in arrived if isinstance(a.case, NewCase)])
    said = summarise([a for a in arrived if a.case is not None and a.case.id not in new])
    promises.answered(brand_id, {id: s.answered_at for id, s in sorted(said.items()) if s.answered_at}, now)
    touched = _touch(brand_id, said)
    answered = [row.id for row in touched if row.answered or not (row.awaits or said[row.id].awaits_us)]
    woken = [row.id for row in touched if row.was == "snoozed" and said[row.id].inbound]
    _end_deadlines(brand_id, answered, woken, said)
    standing.refresh(brand_id, [row.id for row in touched], now, look=True)
    waiting = [(id, "first_answer", s.due_at) for id, s in sorted(new.items()) if s.due_at and s.awaits_us]
    waiting += [
        (row.id, "answer" if row.ever_answered else "first_answer", due)
        for row in touched
        if row.awaits and (due := said[row.id].due_at)
    ]
    rows(
        _DEADLINES,
        {
            "case_id": ("bigint", [id for id, _, _ in waiting]),
            "kind": ("text", [kind for _, kind, _ in waiting]),
            "due_at": ("timestamptz", [due for _, _, due in waiting]),
        },
        brand=brand_id,
        now=now,
    )
    before = {row.id: row.was for row in touched}
    telling.tell(brand_id, arrivals, before | dict.fromkeys(new, "new"), now)


class Touched(NamedTuple):
    id: int
    was: str  # the state it was in
    ever_answered: bool
    awaits: bool
    answered: bool  # what was owed before this batch has been answered in it


def _touch(brand_id: int, said: Mapping[int, Said]) -> list[Touched]:
    ids = sorted(said)
    now = [said[id] for id in ids]
    found = rows(
        _TOUCH,
        {
            "id": ("bigint", ids),
            "last_at": ("timestamptz", [s.last.post.posted_at for s in now]),
            "snippet": ("text", [_snippet(s.last) for s in now]),
            "inbound": ("bool", [s.inbound for s in now]),
            "awaits_us": ("bool", [s.awaits_us for s in now]),
            "identity_id": ("bigint", [s.shown.identity_id for s in now]),
            "account_id": ("bigint", [s.shown.account.id for s in now]),
            "network": ("text", [s.shown.post_network for s in now]),
            "public": ("bool", [s.shown.post.public for s in now]),
            "answered_at": ("timestamptz", [s.answered_at for s in now]),
            "due_at": ("timestamptz", [s.due_at for s in now]),
            "quiet": ("bool", [s.quiet for s in now]),
        },
        brand=brand_id,
    )
    return [Touched(*row) for row in found]


def _end_deadlines(
    brand_id: int, answered: Sequence[int], woken: Sequence[int], said: Mapping[int, Said]
) -> None:
    ended = [*answered, *woken]
    rows(
        _END_DEADLINES,
        {
            "case_id": ("bigint", ended),
            "at": ("timestamptz", [said[id].answered_at or said[id].last.post.posted_at for id in ended]),
            "snooze": ("bool", [False] * len(answered) + [True] * len(woken)),
        },
        brand=brand_id,
    )


def _language(arrival: Arrival) -> str:
    return storable(arrival.post.language or str(arrival.labels.get("language", "")), 8)


def _snippet(arrival: Arrival) -> str:
    return first_words(storable(arrival.post.text or arrival.post.subject), SNIPPET_LENGTH)
