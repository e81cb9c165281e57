"""Where a post belongs: its conversation, and the case it joins or opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cortafuegos.inbox.receive.arrival import Arrival, Key, NewCase
from cortafuegos.inbox.rules import (
    REOPEN_WITHIN,
    SUBJECT_LENGTH,
    Candidate,
    choose_case,
    first_words,
)
from cortafuegos.kit.sql import rows
from cortafuegos.kit.text import storable

_CONVERSATIONS = """
INSERT INTO cortafuegos_conversation AS c (brand_id, account_id, network, key, public, last_at)
SELECT %(brand)s, account_id, network, key, public, last_at FROM {batch} ORDER BY network, key
ON CONFLICT (brand_id, network, key) DO UPDATE SET last_at = greatest(c.last_at, excluded.last_at)
RETURNING network, key, id
"""

# A person's cases that may still be joined; of one that was merged, the case it became.
_THEIRS = """WITH RECURSIVE theirs AS (
  SELECT person_id, id, state, merged_into_id
    FROM cortafuegos_case
   WHERE brand_id = %(brand)s AND person_id = ANY(%(persons)s)
     AND (state <> 'closed' OR closed_at > %(since)s)
 UNION
  SELECT t.person_id, c.id, c.state, c.merged_into_id
    FROM theirs t JOIN cortafuegos_case c ON c.brand_id = %(brand)s AND c.id = t.merged_into_id
)
"""

# Agents close, merge and answer meanwhile: from here to the commit these cases are ours. Always by
# rising id, as every verb does.
_HOLD = """{theirs}
SELECT id FROM cortafuegos_case
 WHERE brand_id = %(brand)s AND id IN (
    SELECT id FROM theirs
   UNION ALL
    SELECT m.case_id FROM unnest(%(networks)s::text[], %(parents)s::text[]) AS p(network, network_id)
      JOIN cortafuegos_message m
        ON m.brand_id = %(brand)s AND m.network = p.network AND m.network_id = p.network_id
   UNION ALL
    SELECT case_id FROM cortafuegos_message
     WHERE brand_id = %(brand)s AND conversation_id = ANY(%(exchanges)s)
 ) ORDER BY id FOR NO KEY UPDATE
""".replace("{theirs}", _THEIRS)

_CANDIDATES = """{theirs}
SELECT t.person_id, c.id, c.state, c.last_message_at, c.closed_at,
       coalesce(array_agg(DISTINCT m.conversation_id) FILTER (WHERE m.id IS NOT NULL), '{}'), c.quiet
  FROM theirs t JOIN cortafuegos_case c ON c.brand_id = %(brand)s AND c.id = t.id
  LEFT JOIN cortafuegos_message m
    ON m.case_id = c.id AND m.conversation_id = ANY(%(conversations)s)
 WHERE c.state <> 'merged' AND (c.state <> 'closed' OR c.closed_at > %(since)s)
 GROUP BY t.person_id, c.id
""".replace("{theirs}", _THEIRS)

_PARENTS = """
SELECT m.network, m.network_id, m.case_id
  FROM {batch} JOIN cortafuegos_message m
    ON m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
 WHERE m.case_id IS NOT NULL
"""

_EXCHANGES = """
SELECT DISTINCT ON (conversation_id) conversation_id, case_id
  FROM cortafuegos_message
 WHERE brand_id = %(brand)s AND conversation_id = ANY(%(exchanges)s) AND case_id IS NOT NULL
 ORDER BY conversation_id, posted_at DESC, id DESC
"""


_EXCHANGE_OF = """
SELECT m.network, m.network_id, c.key
  FROM {batch} JOIN cortafuegos_message m
    ON m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
  JOIN cortafuegos_conversation c ON c.id = m.conversation_id
"""


def rejoin(brand_id: int, arrivals: Sequence[Arrival]) -> None:
    """Some mail programs name only the message they answer, not the one that began the exchange:
    where we hold that message, its exchange is meant."""
    guessed = [a for a in arrivals if not a.post.public and a.post.conversation == a.post.in_reply_to]
    if not guessed:
        return
    keys = sorted({a.thread for a in guessed})
    found = rows(
        _EXCHANGE_OF,
        {
            "network": ("text", [key[0] for key in keys]),
            "network_id": ("text", [key[1] for key in keys]),
        },
        brand=brand_id,
    )
    exchanges = {(network, network_id): key for network, network_id, key in found}
    exchanges |= {a.key: a.post.conversation for a in arrivals if a.post.conversation != a.post.in_reply_to}
    for arrival in guessed:  # in the order they were said, so that an answer to an answer follows
        known = exchanges.get(arrival.thread, arrival.post.conversation)
        exchanges[arrival.key] = known
        if known != arrival.post.conversation:
            arrival.post = replace(arrival.post, conversation=known)


def converse(brand_id: int, arrivals: Sequence[Arrival]) -> None:
    """Give every arrival its conversation."""
    threads: dict[Key, Arrival] = {}
    newest: dict[Key, datetime] = {}
    for arrival in arrivals:
        threads.setdefault(arrival.thread, arrival)
        at = arrival.post.posted_at
        newest[arrival.thread] = max(newest.get(arrival.thread, at), at)
    keys = sorted(threads)
    found = rows(
        _CONVERSATIONS,
        {
            "account_id": ("bigint", [threads[key].account.id for key in keys]),
            "network": ("text", [key[0] for key in keys]),
            "key": ("text", [key[1] for key in keys]),
            "public": ("bool", [threads[key].post.public for key in keys]),
            "last_at": ("timestamptz", [newest[key] for key in keys]),
        },
        brand=brand_id,
    )
    ids = {(network, key): id for network, key, id in found}
    for arrival in arrivals:
        arrival.conversation_id = ids[arrival.thread]


def place(brand_id: int, arrivals: Sequence[Arrival], now: datetime) -> list[NewCase]:
    """Decide, in the order things were said, which case each arrival joins; returns the cases to
    be opened. What was said to somebody else joins a case only in a conversation it has already."""
    ours = [a for a in arrivals if a.ours]
    _hold(brand_id, arrivals, ours, now)
    candidates = _candidates(brand_id, arrivals, now)
    parents, exchanges = _parents(brand_id, ours), _exchanges(brand_id, ours)
    opened: list[NewCase] = []
    for arrival in arrivals:
        if arrival.ours:
            _follow(arrival, parents, exchanges, arrivals)
            continue
        theirs = candidates[arrival.person_id]
        chosen = choose_case([case for case, _ in theirs], arrival.conversation_id, arrival.post.posted_at)
        if not arrival.post.addressed:
            if chosen is not None and arrival.conversation_id in chosen.conversations:
                arrival.case = _behind(theirs, chosen)
            continue
        if chosen is None:
            new = NewCase(
                subject=_subject(arrival),
                opened_at=arrival.post.posted_at,
                person_id=arrival.person_id,
                home_id=arrival.home_id,
            )
            opened.append(new)
            chosen = Candidate(-len(opened), "open", arrival.post.posted_at, None, frozenset())
            theirs.append((chosen, new))
        arrival.case = _behind(theirs, chosen)
        _remember(theirs, chosen, arrival)
    return opened


Known = list[tuple[Candidate, NewCase | Candidate]]


def _behind(theirs: Known, chosen: Candidate) -> NewCase | Candidate:
    return next(case for candidate, case in theirs if candidate.id == chosen.id)


def _remember(theirs: Known, chosen: Candidate, arrival: Arrival) -> None:
    """The case is open now, has this conversation, and was spoken in at this time."""
    at = next(i for i, (candidate, _) in enumerate(theirs) if candidate.id == chosen.id)
    updated = Candidate(
        chosen.id,
        "open",
        max(chosen.last_message_at, arrival.post.posted_at),
        None,
        chosen.conversations | {arrival.conversation_id},
    )
    theirs[at] = (updated, theirs[at][1])


def _subject(arrival: Arrival) -> str:
    words = storable(arrival.post.subject or arrival.post.text)
    return first_words(words, SUBJECT_LENGTH) or f"@{storable(arrival.post.author.handle, 60)}"


def _persons(arrivals: Sequence[Arrival]) -> list[int]:
    return sorted({a.person_id for a in arrivals if not a.ours})


def _private(ours: Sequence[Arrival]) -> list[int]:
    return sorted({a.conversation_id for a in ours if not a.post.public})


def _answered(ours: Sequence[Arrival]) -> list[Key]:
    return sorted({(a.post_network, a.post.in_reply_to) for a in ours if a.post.in_reply_to})


def _hold(brand_id: int, arrivals: Sequence[Arrival], ours: Sequence[Arrival], now: datetime) -> None:
    parents = _answered(ours)
    rows(
        _HOLD,
        brand=brand_id,
        persons=_persons(arrivals),
        since=now - REOPEN_WITHIN,
        networks=[key[0] for key in parents],
        parents=[key[1] for key in parents],
        exchanges=_private(ours),
    )


def _candidates(brand_id: int, arrivals: Sequence[Arrival], now: datetime) -> dict[int, Known]:
    found: dict[int, Known] = defaultdict(list)
    for person, id, state, last_at, closed_at, conversations, quiet in rows(
        _CANDIDATES,
        brand=brand_id,
        persons=_persons(arrivals),
        conversations=sorted({a.conversation_id for a in arrivals}),
        since=now - REOPEN_WITHIN,
    ):
        candidate = Candidate(id, state, last_at, closed_at, frozenset(conversations), quiet)
        found[person].append((candidate, candidate))
    return found


def _parents(brand_id: int, ours: Sequence[Arrival]) -> dict[Key, int]:
    keys = _answered(ours)
    found = rows(
        _PARENTS,
        {
            "network": ("text", [key[0] for key in keys]),
            "network_id": ("text", [key[1] for key in keys]),
        },
        brand=brand_id,
    )
    return {(network, network_id): case for network, network_id, case in found}


def _exchanges(brand_id: int, ours: Sequence[Arrival]) -> dict[int, int]:
    private = _private(ours)
    return dict(rows(_EXCHANGES, brand=brand_id, exchanges=private)) if private else {}


def _follow(
    arrival: Arrival, parents: dict[Key, int], exchanges: dict[int, int], arrivals: Sequence[Arrival]
) -> None:
    """What we said elsewhere (from the network's own app) belongs to the case it answers: that of
    its parent, or of its private exchange."""
    post = arrival.post
    parent = (arrival.post_network, post.in_reply_to)
    before = [a for a in arrivals if a.case is not None and a.post.posted_at <= post.posted_at]
    for other in reversed(before):
        if other.key == parent or (not post.public and other.conversation_id == arrival.conversation_id):
            arrival.case = other.case
            return
    known = parents.get(parent) or (None if post.public else exchanges.get(arrival.conversation_id))
    if known:
        arrival.case = Candidate(known, "open", post.posted_at, None, frozenset())
