"""Who wrote: identities found, made or brought up to date, and their persons locked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cortafuegos.inbox.receive.arrival import Arrival, Key
from cortafuegos.kit.sql import rows
from cortafuegos.kit.text import storable

_KNOWN = """
SELECT i.network, i.network_id, i.id, i.person_id, i.handle, i.name, i.avatar, i.followers, i.verified
  FROM {batch} JOIN cortafuegos_identity i
    ON i.brand_id = %(brand)s AND i.network = batch.network AND i.network_id = batch.network_id
"""

# A person for each identity not seen before, in one statement. The identity goes first: where
# another worker was quicker it makes nothing, and then no person is made either. The network
# decides who two posts are by; that two identities are one person is for people to say.
_MAKE = """
WITH incoming AS (
  SELECT nextval(pg_get_serial_sequence('cortafuegos_person', 'id')) AS person_id, batch.*
    FROM {batch}
), made AS (
  INSERT INTO cortafuegos_identity (brand_id, person_id, network, network_id, handle, name, url,
         avatar, bio, place, followers, verified, seen_at)
  SELECT %(brand)s, person_id, network, network_id, handle, name, url, avatar, bio, place,
         followers, verified, now()
    FROM incoming ORDER BY network, network_id
  ON CONFLICT (brand_id, network, network_id) DO NOTHING
  RETURNING network, network_id, id, person_id
), person AS (
  INSERT INTO cortafuegos_person (id, brand_id, name, place, time_zone, note, created_at)
  SELECT person_id, %(brand)s, left(coalesce(nullif(name, ''), handle), 200), place, '', '', now()
    FROM incoming WHERE person_id IN (SELECT person_id FROM made)
)
SELECT network, network_id, id, person_id FROM made
"""

_LOCK = """
SELECT id, ended_at IS NOT NULL, joined FROM cortafuegos_person
 WHERE brand_id = %(brand)s AND id IN (SELECT id FROM {batch})
 ORDER BY id FOR NO KEY UPDATE
"""

_WHOSE = """
SELECT i.network, i.network_id, i.person_id, i.home_id
  FROM {batch} JOIN cortafuegos_identity i
    ON i.brand_id = %(brand)s AND i.network = batch.network AND i.network_id = batch.network_id
"""

_CHANGE = """
UPDATE cortafuegos_identity i
   SET handle = batch.handle, name = batch.name, avatar = batch.avatar,
       url = coalesce(nullif(batch.url, ''), i.url),
       followers = coalesce(batch.followers, i.followers), verified = batch.verified, seen_at = now()
  FROM {batch}
 WHERE i.brand_id = %(brand)s AND i.id = batch.id
"""


def resolve(brand_id: int, arrivals: Sequence[Arrival], *, history: bool = False) -> None:
    """Give every arrival its identity and person, and hold the persons until the commit, so that
    two messages of one person at once are handled one after the other (law 3). ``history``: what
    an old file says of people changes nobody who is known."""
    latest = {arrival.author: arrival for arrival in arrivals}  # the newest profile wins
    keys = sorted(latest)
    known = _find(brand_id, keys)
    missing = [key for key in keys if key not in known]
    if missing:
        made = _make(brand_id, [latest[key] for key in missing])
        if len(made) < len(missing):  # another worker was first; its commit made us wait
            made |= _find(brand_id, [key for key in missing if key not in made])
        known |= made
    ended, homes = _hold(brand_id, known)
    seen_before = [] if history else [key for key in keys if len(known[key]) > 2]
    _bring_up_to_date(brand_id, [(known[key], latest[key]) for key in seen_before])
    for arrival in arrivals:
        arrival.identity_id, arrival.person_id = known[arrival.author][:2]
        arrival.ended = ended[arrival.person_id]
        arrival.home_id = homes.get(arrival.author)


def _hold(brand_id: int, known: dict[Key, tuple[Any, ...]]) -> tuple[dict[int, bool], dict[Key, int | None]]:
    """Hold the persons of these identities; returns with whom the relation is ended, and whose an
    identity was before it was joined with others. Somebody may have joined or separated persons between
    our reading and our holding: whose identity it is, is read again where that was ever done (and then
    it stays, since who joins holds the person too). Nobody else pays for it."""
    ended: dict[int, bool] = {}
    homes: dict[Key, int | None] = {}
    while persons := sorted({row[1] for row in known.values()} - set(ended)):
        joined = set()
        for id, is_ended, was_joined in rows(_LOCK, {"id": ("bigint", persons)}, brand=brand_id):
            ended[id] = is_ended
            if was_joined:
                joined.add(id)
        again = [key for key in sorted(known) if known[key][1] in joined] if joined else []
        for network, network_id, person, home in rows(_WHOSE, _key_columns(again), brand=brand_id):
            key = (network, network_id)
            known[key] = (known[key][0], person, *known[key][2:])
            homes[key] = home
    return ended, homes


def _find(brand_id: int, keys: Sequence[Key]) -> dict[Key, tuple[Any, ...]]:
    found = rows(_KNOWN, _key_columns(keys), brand=brand_id)
    return {(row[0], row[1]): row[2:] for row in found}


def _key_columns(keys: Sequence[Key]) -> dict[str, tuple[str, list[str]]]:
    return {
        "network": ("text", [key[0] for key in keys]),
        "network_id": ("text", [key[1] for key in keys]),
    }


def _make(brand_id: int, arrivals: Sequence[Arrival]) -> dict[Key, tuple[Any, ...]]:
    authors = [arrival.post.author for arrival in arrivals]
    made = rows(
        _MAKE,
        {
            **_key_columns([arrival.author for arrival in arrivals]),
            "handle": ("text", [storable(a.handle, 300) for a in authors]),
            "name": ("text", [storable(a.name, 300) for a in authors]),
            "url": ("text", [storable(a.url) for a in authors]),
            "avatar": ("text", [storable(a.avatar) for a in authors]),
            "bio": ("text", [storable(a.bio) for a in authors]),
            "place": ("text", [storable(a.place, 200) for a in authors]),
            "followers": ("int", [_count(a.followers) for a in authors]),
            "verified": ("bool", [a.verified for a in authors]),
        },
        brand=brand_id,
    )
    return {(row[0], row[1]): row[2:] for row in made}


def _count(followers: int | None) -> int | None:
    return None if followers is None else max(0, min(followers, 2**31 - 1))


def _bring_up_to_date(brand_id: int, pairs: Sequence[tuple[tuple[Any, ...], Arrival]]) -> None:
    changed = []
    for (identity_id, _person, *was), arrival in pairs:
        a = arrival.post.author
        followers = _count(a.followers)
        now = [storable(a.handle, 300), storable(a.name, 300), storable(a.avatar), followers, a.verified]
        # Some deliveries of a network carry no profile, only an id: what was known of it stays.
        now[:3] = [told or known for told, known in zip(now[:3], was[:3], strict=True)]
        if not a.name and a.handle and a.network_id.endswith(a.handle):
            now[0] = was[0]
        if followers is None:
            was[3] = None
        if now != was:
            changed.append((identity_id, storable(a.url), *now))
    rows(
        _CHANGE,
        {
            "id": ("bigint", [row[0] for row in changed]),
            "url": ("text", [row[1] for row in changed]),
            "handle": ("text", [row[2] for row in changed]),
            "name": ("text", [row[3] for row in changed]),
            "avatar": ("text", [row[4] for row in changed]),
            "followers": ("int", [row[5] for row in changed]),
            "verified": ("bool", [row[6] for row in changed]),
        },
        brand=brand_id,
    )
