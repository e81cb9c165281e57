"""The rows themselves: cases opened and touched, messages, deadlines, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from cortafuegos.channels.contract import Kind
from cortafuegos.inbox.receive.arrival import Arrival, NewCase
from cortafuegos.inbox.rules import SNIPPET_LENGTH, first_words
from cortafuegos.kit.hours import due_at
from cortafuegos.kit.sql import rows
from cortafuegos.kit.text import storable, storable_json

_NUMBERS = """
UPDATE cortafuegos_brand SET next_case_number = next_case_number + %(count)s
 WHERE id = %(brand)s RETURNING next_case_number - %(count)s
"""

_CASES = """
INSERT INTO cortafuegos_case (brand_id, number, subject, state, person_id, identity_id, account_id,
       network, public, tags, language, snippet, awaits_us, proposed, failed, opened_at,
       last_message_at, version)
SELECT %(brand)s, number, subject, 'open', person_id, identity_id, account_id, network, public,
       '{}', language, snippet, false, false, false, opened_at, opened_at, 0
  FROM {batch} ORDER BY number
RETURNING number, id
"""

_MESSAGES = """
INSERT INTO cortafuegos_message (brand_id, case_id, conversation_id, account_id, identity_id,
       network, network_id, direction, public, subject, text, posted_at, in_reply_to, url,
       language, attachments, labels, ref, receipt_id, versions, deleted_at)
SELECT %(brand)s, case_id, conversation_id, account_id, identity_id, network, network_id,
       direction, public, subject, text, posted_at, in_reply_to, url, language,
       attachments, labels, ref, receipt_id, '[]', deleted_at
  FROM {batch} ORDER BY network, network_id
ON CONFLICT (brand_id, network, network_id) DO NOTHING
RETURNING network, network_id, id
"""

# Only what is newer than what the case shows moves it; a message that comes late takes its place
# in the thread, and if it is theirs it still waits for us, since nobody has seen it. A case that
# slept or was closed is open again.
_TOUCH = """
UPDATE cortafuegos_case c
   SET last_message_at = greatest(c.last_message_at, batch.last_at),
       snippet = CASE WHEN batch.last_at >= c.last_message_at THEN batch.snippet ELSE c.snippet END,
       identity_id = CASE WHEN batch.inbound THEN batch.identity_id ELSE c.identity_id END,
       account_id = CASE WHEN batch.inbound THEN batch.account_id ELSE c.account_id END,
       network = CASE WHEN batch.inbound THEN batch.network ELSE c.network END,
       public = CASE WHEN batch.inbound THEN batch.public ELSE c.public END,
       awaits_us = CASE WHEN batch.awaits_us THEN true
                        WHEN batch.last_at >= c.last_message_at THEN coalesce(batch.awaits_us, c.awaits_us)
                        ELSE c.awaits_us END,
       first_answered_at = CASE WHEN batch.inbound THEN c.first_answered_at
                                ELSE coalesce(c.first_answered_at, batch.last_at) END,
       state = CASE WHEN batch.inbound AND c.state <> 'merged' THEN 'open' ELSE c.state END,
       snoozed_until = CASE WHEN batch.inbound THEN NULL ELSE c.snoozed_until END,
       closed_at = CASE WHEN batch.inbound THEN NULL ELSE c.closed_at END,
       version = c.version + 1
  FROM {batch}, cortafuegos_case old
 WHERE c.brand_id = %(brand)s AND c.id = batch.id AND old.id = c.id
RETURNING c.id, old.state, c.first_answered_at IS NOT NULL, c.awaits_us
"""

_DEADLINES = """
INSERT INTO cortafuegos_deadline (brand_id, case_id, kind, due_at, state, created_at)
SELECT %(brand)s, case_id, kind, due_at, 'open', %(now)s FROM {batch}
ON CONFLICT (case_id, kind) WHERE done_at IS NULL DO NOTHING
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

_DUE = """
UPDATE cortafuegos_case c
   SET due_at = CASE WHEN batch.due_at IS NOT NULL THEN least(c.due_at, batch.due_at) END
  FROM {batch} WHERE c.brand_id = %(brand)s AND c.id = batch.id
"""

_EVENTS = """
INSERT INTO cortafuegos_event (brand_id, at, kind, case_id, data, correlation)
SELECT %(brand)s, %(now)s, kind, case_id, data, correlation FROM {batch} ORDER BY n
"""


def open_cases(brand_id: int, opened: Sequence[NewCase], arrivals: Sequence[Arrival]) -> None:
    """Write the new cases with their numbers."""
    if not opened:
        return
    first: dict[int, Arrival] = {}
    for arrival in arrivals:
        if isinstance(arrival.case, NewCase):
            first.setdefault(id(arrival.case), arrival)
    (number,) = rows(_NUMBERS, brand=brand_id, count=len(opened))[0]
    for offset, case in enumerate(opened):
        case.number = number + offset
    starts = [first[id(case)] for case in opened]
    found = rows(
        _CASES,
        {
            "number": ("int", [case.number for case in opened]),
            "subject": ("text", [case.subject for case in opened]),
            "person_id": ("bigint", [case.person_id for case in opened]),
            "identity_id": ("bigint", [a.identity_id for a in starts]),
            "account_id": ("bigint", [a.account.id for a in starts]),
            "network": ("text", [a.post_network for a in starts]),
            "public": ("bool", [a.post.public for a in starts]),
            "language": ("text", [_language(a) for a in starts]),
            "snippet": ("text", [_snippet(a) for a in starts]),
            "opened_at": ("timestamptz", [case.opened_at for case in opened]),
        },
        brand=brand_id,
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
            "deleted_at": ("timestamptz", [now if p.kind is Kind.DELETE else None for p in posts]),
        },
        brand=brand_id,
    )
    ids = {(network, network_id): id for network, network_id, id in found}
    for arrival in arrivals:
        arrival.message_id = ids.get(arrival.key, 0)


def touch_cases(brand_id: int, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Bring the cases, their deadlines and the event log up to what was said."""
    said: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        if arrival.case_id is not None and arrival.message_id:
            said[arrival.case_id].append(arrival)
    ids = sorted(said)
    last = {id: max(said[id], key=lambda a: a.post.posted_at) for id in ids}
    theirs = {id: [a for a in said[id] if not a.ours and a.post.addressed] for id in ids}
    shown = {id: max(theirs[id], key=lambda a: a.post.posted_at, default=last[id]) for id in ids}
    due = {id: _due(min(theirs[id], key=lambda a: a.post.posted_at)) for id in ids if theirs[id]}
    touched = rows(
        _TOUCH,
        {
            "id": ("bigint", ids),
            "last_at": ("timestamptz", [last[id].post.posted_at for id in ids]),
            "snippet": ("text", [_snippet(last[id]) for id in ids]),
            "inbound": ("bool", [bool(theirs[id]) for id in ids]),
            "awaits_us": ("bool", [_awaits(said[id]) for id in ids]),
            "identity_id": ("bigint", [shown[id].identity_id for id in ids]),
            "account_id": ("bigint", [shown[id].account.id for id in ids]),
            "network": ("text", [shown[id].post_network for id in ids]),
            "public": ("bool", [shown[id].post.public for id in ids]),
        },
        brand=brand_id,
    )
    before = {id: state for id, state, _, _ in touched}
    waiting = [(id, answered) for id, _, answered, awaits in touched if awaits and id in due]
    rows(
        _DEADLINES,
        {
            "case_id": ("bigint", [id for id, _ in waiting]),
            "kind": ("text", ["answer" if answered else "first_answer" for _, answered in waiting]),
            "due_at": ("timestamptz", [due[id] for id, _ in waiting]),
        },
        brand=brand_id,
        now=now,
    )
    answered = [id for id, _, _, awaits in touched if not awaits and _awaits(said[id]) is False]
    woken = [id for id in ids if before.get(id) == "snoozed" and theirs[id]]
    _end_deadlines(brand_id, answered, woken, last)
    _show_due(brand_id, {id: due[id] for id, _ in waiting} | dict.fromkeys(answered))
    _write_events(brand_id, arrivals, before, now)


def _end_deadlines(
    brand_id: int, answered: Sequence[int], woken: Sequence[int], last: dict[int, Arrival]
) -> None:
    rows(
        _END_DEADLINES,
        {
            "case_id": ("bigint", [*answered, *woken]),
            "at": ("timestamptz", [last[id].post.posted_at for id in [*answered, *woken]]),
            "snooze": ("bool", [False] * len(answered) + [True] * len(woken)),
        },
        brand=brand_id,
    )


def _show_due(brand_id: int, due: Mapping[int, datetime | None]) -> None:
    """The copy of the earliest promise on the case; None where it was kept."""
    ids = sorted(due)
    rows(
        _DUE,
        {"id": ("bigint", ids), "due_at": ("timestamptz", [due[id] for id in ids])},
        brand=brand_id,
    )


def _write_events(brand_id: int, arrivals: Sequence[Arrival], before: dict[int, str], now: datetime) -> None:
    events: list[tuple[str, int | None, dict[str, object], object]] = []
    announced: set[int] = set()
    for a in arrivals:
        if not a.message_id:
            continue
        if a.case_id is not None and a.case_id not in announced and a.case_id in before:
            announced.add(a.case_id)
            if isinstance(a.case, NewCase):
                events.append(("case.opened", a.case_id, {"account": a.account.id}, a.correlation))
            elif before[a.case_id] == "closed" and not a.ours:
                events.append(("case.reopened", a.case_id, {"message": a.message_id}, a.correlation))
            elif before[a.case_id] == "snoozed" and not a.ours:
                events.append(("case.woken", a.case_id, {"message": a.message_id}, a.correlation))
        if a.case_id is not None:
            kind = "message.sent_elsewhere" if a.ours else "message.received"
            facts = {
                "message": a.message_id,
                "account": a.account.id,
                "public": a.post.public,
                "posted_at": a.post.posted_at.isoformat(),
            }
            events.append((kind, a.case_id, facts, a.correlation))
    rows(
        _EVENTS,
        {
            "kind": ("text", [e[0] for e in events]),
            "case_id": ("bigint", [e[1] for e in events]),
            "data": ("jsonb", [e[2] for e in events]),
            "correlation": ("uuid", [e[3] for e in events]),
        },
        brand=brand_id,
        now=now,
    )


def _awaits(said: Sequence[Arrival]) -> bool | None:
    """Whose is the last word? None when nothing here was said to us or by us."""
    spoken = [a for a in said if a.ours or a.post.addressed]
    return not max(spoken, key=lambda a: a.post.posted_at).ours if spoken else None


def _due(arrival: Arrival) -> datetime:
    account = arrival.account
    return due_at(
        arrival.post.posted_at,
        account.first_answer_minutes,
        account.opening_hours,
        ZoneInfo(account.time_zone),
    )


def _language(arrival: Arrival) -> str:
    return storable(arrival.post.language or str(arrival.labels.get("language", "")), 8)


def _snippet(arrival: Arrival) -> str:
    return first_words(storable(arrival.post.text or arrival.post.subject), SNIPPET_LENGTH)
