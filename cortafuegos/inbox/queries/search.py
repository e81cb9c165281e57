"""Finding cases: by number, by who wrote, by what was said. Accents and endings are optional."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from django.db import connection

from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.queries.rows import load
from cortafuegos.people.models import Identity

LATEST = 400  # messages looked at: what matches beyond them is older than anybody scrolls
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
    return _WORD.findall(q)[:12]


def tsquery(q: str) -> tuple[str, str] | None:
    """What to ask of the two halves of the index: Spanish stems, and plain words without accents
    of which the last may still be unfinished. None when there is nothing to ask."""
    asked = words(q)
    if not asked:
        return None
    plain = [fold(word) for word in asked]
    if len(plain[-1]) >= 3:
        plain[-1] += ":*"
    return " ".join(asked), " & ".join(plain)


# Constants, not parameters of the server: so the planner knows how common the words are and can
# choose between the words' index and the latest messages first.
_MESSAGES = """
SELECT id, case_id FROM cortafuegos_message
WHERE brand_id = %s AND case_id IS NOT NULL
  AND search @@ (plainto_tsquery('pg_catalog.spanish', %s) || to_tsquery('pg_catalog.simple', %s))
ORDER BY posted_at DESC LIMIT %s
"""


def _said(brand_id: int, q: str, limit: int = LATEST) -> list[tuple[int, int]]:
    """(message, case) of the latest messages that match."""
    asked = tsquery(q)
    if asked is None or all(len(word) < 2 for word in words(q)):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGES, [brand_id, *asked, limit])
        return [(row[0], row[1]) for row in cursor.fetchall()]


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
    said = [case_id for _, case_id in _said(brand_id, q)]
    return list(dict.fromkeys([*_numbered(brand_id, q), *_of_people(brand_id, q), *said]))


def search(brand_id: int, q: str, limit: int = 30) -> list[Hit]:
    """The case of that number first, then by what was said lately, then by who the person is."""
    why: dict[int, str] = dict.fromkeys(_numbered(brand_id, q), "number")
    messages: dict[int, list[int]] = {}
    for message_id, case_id in _said(brand_id, q):
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
