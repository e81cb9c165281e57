"""The steps in their order. Each takes the whole batch; the number of statements does not grow
with it. The caller owns the transaction, and tries again when PostgreSQL reports a deadlock."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cortafuegos.channels.contract import Kind, Post
from cortafuegos.inbox.receive import authors, changes, placing, threads, writing
from cortafuegos.inbox.receive.arrival import Arrival, Key
from cortafuegos.inbox.receive.labels import label
from cortafuegos.kit import clock
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.sql import rows
from cortafuegos.kit.text import storable

_LONGEST_ID = 500

# aside: so far it was only seen around a thread. edited: its edit came, perhaps before itself.
_EXISTING = """
SELECT m.network, m.network_id,
       CASE WHEN m.deleted_at IS NOT NULL THEN ''
            WHEN m.case_id IS NULL AND m.direction = 'in' THEN 'aside'
            WHEN m.edited_at IS NOT NULL THEN 'edited' ELSE '' END
  FROM {batch} JOIN cortafuegos_message m
    ON m.brand_id = %(brand)s AND m.network = batch.network AND m.network_id = batch.network_id
"""

_OURS = """
SELECT network, network_id FROM cortafuegos_account WHERE brand_id = %(brand)s
"""


@dataclass(frozen=True, slots=True)
class Received:
    messages: int  # new ones; what was known already counts nothing
    cases: int  # opened


def receive(arrivals: Iterable[Arrival], now: datetime) -> Received:
    """Store what arrived, as messages in conversations and cases, with clocks and events.

    Idempotent: a post known already changes nothing, whichever account or worker brings it, in
    whatever order. Edits and deletions may come before what they edit or delete.
    """
    brands: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        arrival.post = tidy(arrival.post, now)
        brands[arrival.account.brand_id].append(arrival)
    outcomes = [_receive(brand, brands[brand], now) for brand in sorted(brands)]
    return Received(sum(o.messages for o in outcomes), sum(o.cases for o in outcomes))


def _receive(brand_id: int, arrivals: Sequence[Arrival], now: datetime) -> Received:
    arrivals = sorted(arrivals, key=lambda a: a.happened_at)
    ours = {(network, network_id) for network, network_id in rows(_OURS, brand=brand_id)}
    for arrival in arrivals:
        arrival.ours = arrival.author in ours
    authors.resolve(brand_id, arrivals)  # holds the persons: from here on nobody else adds theirs
    fresh, later = _split(arrivals, _existing(brand_id, arrivals))
    opened = []
    if fresh:
        placing.rejoin(brand_id, fresh)
        placing.converse(brand_id, fresh)
        label(fresh)
        opened = placing.place(brand_id, _said(fresh), now)  # holds the cases
        threads.settle(brand_id, fresh)
        writing.open_cases(brand_id, opened, fresh, now)
        writing.write_messages(brand_id, fresh, now)
        writing.touch_cases(brand_id, fresh, now)
    changed = changes.apply(brand_id, later, now)
    cases = {a.case_id for a in fresh if a.case_id is not None} | changed
    if cases:
        nudge(brand_id, sorted(cases))
    return Received(sum(1 for a in fresh if a.message_id and not a.known), len(opened))


def _existing(brand_id: int, arrivals: Sequence[Arrival]) -> dict[Key, str]:
    keys = sorted({arrival.key for arrival in arrivals})
    found = rows(
        _EXISTING,
        {
            "network": ("text", [key[0] for key in keys]),
            "network_id": ("text", [key[1] for key in keys]),
        },
        brand=brand_id,
    )
    return {(network, network_id): state for network, network_id, state in found}


def _split(arrivals: Sequence[Arrival], existing: dict[Key, str]) -> tuple[list[Arrival], list[Arrival]]:
    """What is new, one of each; and the edits and deletions of what is there by now.

    What was known only from around a thread is new once it is said to us. An edit of something
    we never saw is taken for the post itself, until that comes. A deletion of it leaves a
    tombstone without words, so that the post, when it comes late, is not shown.
    """
    fresh: dict[Key, Arrival] = {}
    later: list[Arrival] = []
    for arrival in arrivals:
        state = existing.get(arrival.key, "")
        original = arrival.post.kind is Kind.POST
        if state == "aside" and original and arrival.post.addressed and not arrival.ours:
            arrival.known = True
            fresh.setdefault(arrival.key, arrival)
        elif arrival.key in existing or arrival.key in fresh:
            if not original or state == "edited":
                later.append(arrival)
            elif arrival.post.addressed and arrival.key in fresh:
                _prefer_addressed(fresh, arrival)
        else:
            fresh[arrival.key] = arrival
    return list(fresh.values()), later


def _prefer_addressed(fresh: dict[Key, Arrival], arrival: Arrival) -> None:
    """The same post came twice in one batch, as thread context and as said to us: the latter."""
    if not fresh[arrival.key].post.addressed and fresh[arrival.key].post.kind is Kind.POST:
        fresh[arrival.key] = arrival


def _said(fresh: Sequence[Arrival]) -> list[Arrival]:
    return [a for a in fresh if a.post.kind is not Kind.DELETE]


def tidy(post: Post, now: datetime) -> Post:
    """The post with identifiers that fit and compare, said no later than now whatever the
    network's clock says; a post that needs nothing is given back."""
    network_id, conversation = identifier(post.network_id), identifier(post.conversation)
    in_reply_to, author = identifier(post.in_reply_to), identifier(post.author.network_id)
    posted_at = min(clock.aware(post.posted_at), now)
    edited_at = min(clock.aware(post.edited_at), now) if post.edited_at else None
    text = "" if post.kind is Kind.DELETE else storable(post.text)
    same = (
        network_id == post.network_id
        and conversation == post.conversation
        and in_reply_to == post.in_reply_to
        and author == post.author.network_id
        and text == post.text
        and posted_at is post.posted_at
        and edited_at is post.edited_at
    )
    if same:
        return post
    return dataclasses.replace(
        post,
        network_id=network_id,
        conversation=conversation,
        in_reply_to=in_reply_to,
        author=dataclasses.replace(post.author, network_id=author),
        text=text,
        posted_at=posted_at,
        edited_at=edited_at,
    )


def identifier(name: str) -> str:
    """An identifier as it can be stored; an endless one keeps its beginning and a hash of all."""
    name = storable(name)
    if len(name) <= _LONGEST_ID:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"{name[: _LONGEST_ID - 65]}#{digest}"
