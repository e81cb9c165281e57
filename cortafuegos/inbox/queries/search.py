"""Finding cases: by number, by who wrote, by what was said. Accents and endings are optional."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.queries.rows import load
from cortafuegos.people.models import Identity

LATEST = 400  # messages looked at: what matches beyond them is older than anybody scrolls
ENOUGH = 120  # cases for a list, which shows only those of them that belong there
PEOPLE = 50
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"#?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Hit:
    """A case and why it was found: its number, its person, or these messages."""

    case: Case
    why: str  # number, person, words
    messages: list[Message] = field(default_factory=list)


def fold(text: str) -> str:
    """Lower case without accents, one character for one, as the index has it."""
    return "".join(unicodedata.normalize("NFKD", c)[:1] for c in text.lower())


def words(q: str) -> list[str]:
    return _WORD.findall(q[:200])[:12]


def forms(word: str) -> str:
    """The word or its plural or singular. The stems know most of them, but not of words whose accent
    moves or was left out."""
    found = [word]
    if len(word) > 2 and word.isalpha():
        found += [f"{word}s", f"{word}es", *(word.removesuffix(end) for end in ("s", "es"))]
    return "(" + " | ".join(dict.fromkeys(found)) + ")"


def asked_for(q: str) -> dict[str, str] | None:
    """What to ask of the two halves of the index: Spanish stems, and plain words without accents;
    ``begun`` takes the last of these for unfinished. None when there is nothing to ask."""
    asked = words(q)
    if all(len(word) < 2 for word in asked):
        return None
    *plain, last = (forms(fold(word)) for word in asked)
    unfinished = [f"{fold(asked[-1])}:*"] if len(asked[-1]) >= 3 else []
    return {
        "words": " ".join(asked),
        "plain": " & ".join([*plain, last]),
        "begun": " & ".join([*plain, *(unfinished or [last])]),
    }


# Words of any frequency must cost the same, and neither index alone can do that: the words' index
# does not know what is late, and the latest messages hold few of a rare word. So first the latest
# messages are looked through one by one, which finds what is common; and what is less common is then
# asked of the words' index, within spans of time that are words of it too (see cortafuegos_search):
# each some times longer than the one before, until there are enough. No question reads more than a
# few thousand rows. Unfinished words are found among the latest only: the index would have to read
# every message with any word that begins so.
WALK = 4_000
SPANS = (("w", 604_800, 2), ("m", 2_419_200, 6))  # letter, seconds, how many: 1 to 2 weeks, 20 to 24

_WALK = """
SELECT id, case_id, posted_at FROM (
  SELECT id, case_id, posted_at, search FROM cortafuegos_message
   WHERE brand_id = %(brand)s ORDER BY posted_at DESC LIMIT %(walk)s
) latest
 WHERE case_id IS NOT NULL
   AND search @@ (plainto_tsquery('pg_catalog.spanish', %(words)s)
                  || to_tsquery('pg_catalog.simple', %(begun)s))
 LIMIT %(limit)s
"""

# Materialized, so that the planner does not walk back through time after all, hoping for a hit soon.
_SPAN = """
WITH hit AS MATERIALIZED (
  SELECT id, case_id, posted_at FROM cortafuegos_message
   WHERE search @@ ((plainto_tsquery('pg_catalog.spanish', %(words)s)
                     || to_tsquery('pg_catalog.simple', %(plain)s)) && %(span)s::tsquery)
     AND brand_id = %(brand)s AND case_id IS NOT NULL
)
SELECT id, case_id, posted_at FROM hit ORDER BY posted_at DESC LIMIT %(limit)s
"""

_NEWEST = "SELECT posted_at FROM cortafuegos_message WHERE brand_id = %s ORDER BY posted_at DESC LIMIT 1"


def _said(brand_id: int, q: str, enough: int, limit: int = LATEST) -> list[tuple[int, int]]:
    """(message, case) of the latest messages that match: no further back than for ``enough`` cases."""
    asked = asked_for(q)
    if asked is None:
        return []
    values: dict[str, Any] = {**asked, "brand": brand_id, "limit": limit, "walk": WALK}
    with connection.cursor() as cursor:
        cursor.execute(_WALK, values)
        found = cursor.fetchall()
        if _cases(found) < enough:
            for span in _spans(cursor, brand_id):
                cursor.execute(_SPAN, {**values, "span": span})
                within = cursor.fetchall()
                if _cases(within) >= enough:
                    break
            found = sorted({*found, *within}, key=lambda row: row[2], reverse=True)[:limit]
    return [(message_id, case_id) for message_id, case_id, _ in found]


def _cases(found: Iterable[tuple[Any, ...]]) -> int:
    return len({case_id for _, case_id, _ in found})


def _spans(cursor: CursorWrapper, brand_id: int) -> Iterator[str]:
    """The brand's time back from its newest message, as conditions on the index; all of it last."""
    cursor.execute(_NEWEST, [brand_id])
    for (newest,) in cursor.fetchall():
        for letter, seconds, many in SPANS:
            last = int(newest.timestamp()) // seconds
            yield " | ".join(f"'§{brand_id}{letter}{last - back}'" for back in range(many))
    yield f"'§{brand_id}'"


_PEOPLE = """
SELECT id FROM cortafuegos_identity
WHERE brand_id = %s AND (upper(handle) LIKE %s OR upper(name) LIKE %s) LIMIT %s
"""


def people(brand_id: int, q: str, limit: int = PEOPLE) -> list[Identity]:
    """Who has these letters in the handle or the name; three at least, or the index cannot help."""
    wanted = q.strip().removeprefix("@").upper()
    if len(wanted) < 3:
        return []
    like = "%" + re.sub(r"([\\%_])", r"\\\1", wanted) + "%"
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [brand_id, like, like, limit])
        ids = [row[0] for row in cursor.fetchall()]
    return list(Identity.objects.filter(brand_id=brand_id, pk__in=ids).select_related("person"))


def _of_people(brand_id: int, q: str) -> list[int]:
    found = {identity.person_id for identity in people(brand_id, q)}
    rows = Case.objects.filter(brand_id=brand_id, person_id__in=found).exclude(state="merged")
    return list(rows.order_by("-last_message_at").values_list("pk", flat=True)[:LATEST])


def _numbered(brand_id: int, q: str) -> list[int]:
    match = _NUMBER.fullmatch(q.strip())
    if not match:
        return []
    return list(Case.objects.filter(brand_id=brand_id, number=int(match[1])).values_list("pk", flat=True))


def case_ids(brand_id: int, q: str) -> list[int]:
    """For the text filter of a list: the cases that match, at most some hundreds, latest first."""
    said = [case_id for _, case_id in _said(brand_id, q, ENOUGH)]
    return list(dict.fromkeys([*_numbered(brand_id, q), *_of_people(brand_id, q), *said]))


def search(brand_id: int, q: str, limit: int = 30) -> list[Hit]:
    """The case of that number first, then by what was said lately, then by who the person is."""
    why: dict[int, str] = dict.fromkeys(_numbered(brand_id, q), "number")
    messages: dict[int, list[int]] = {}
    for message_id, case_id in _said(brand_id, q, limit, min(LATEST, 8 * limit)):
        why.setdefault(case_id, "words")
        messages.setdefault(case_id, []).append(message_id)
    for case_id in _of_people(brand_id, q):
        why.setdefault(case_id, "person")
    shown = sorted(why, key=lambda pk: why[pk] != "number")[:limit]
    wanted = [pk for case_id in shown for pk in messages.get(case_id, [])[:3]]
    texts = Message.objects.filter(brand_id=brand_id).select_related("identity")
    loaded = texts.only(
        "id", "text", "posted_at", "public", "direction", "identity__name", "identity__handle"
    )
    by_id = loaded.in_bulk(wanted)
    return [
        Hit(case, why[case.pk], [by_id[pk] for pk in messages.get(case.pk, [])[:3] if pk in by_id])
        for case in load(brand_id, shown)
    ]
