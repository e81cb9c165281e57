"""A conversation of the past as cases: one for each customer in it, and a new one after a long
silence. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cortafuegos.inbox.importing.rows import Row
from cortafuegos.inbox.rules import REOPEN_WITHIN, SNIPPET_LENGTH, SUBJECT_LENGTH, first_words

_MENTION = re.compile(r"^\s*\.?@([\w.-]+)")
_MENTIONS = re.compile(r"^(?:\s*\.?@[\w.-]+[:,]?)+\s*")


@dataclass(slots=True)
class Group:
    """The rows of one case, in order. ``customer`` is the author id of its person."""

    customer: str
    rows: list[Row] = field(default_factory=list)

    @property
    def shown(self) -> Row:
        """The last of theirs; the last of ours where none of theirs is in the file."""
        return next((row for row in reversed(self.rows) if not row.ours), self.rows[-1])

    @property
    def subject(self) -> str:
        first = next((row for row in self.rows if not row.ours), self.rows[0])
        words = first.subject or _MENTIONS.sub("", first.text) or first.text
        return first_words(words, SUBJECT_LENGTH) or f"@{self.customer}"[:SUBJECT_LENGTH]

    @property
    def snippet(self) -> str:
        return first_words(self.rows[-1].text, SNIPPET_LENGTH)

    @property
    def first_answered_at(self) -> datetime | None:
        asked = next((row.at for row in self.rows if not row.ours), None)
        return next((row.at for row in self.rows if row.ours and (asked is None or row.at >= asked)), None)


def group(rows: Sequence[Row]) -> list[Group]:
    """Rows of one conversation, in order. What nobody can be found for (a message of ours to
    nobody known) is in no group."""
    owners = _owners(rows)
    by_owner: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if owner := owners.get(row.id):
            by_owner[owner].append(row)
    groups: list[Group] = []
    for owner, theirs in by_owner.items():
        current: Group | None = None
        for row in theirs:
            if current is None or row.at - current.rows[-1].at > REOPEN_WITHIN:
                current = Group(owner)
                groups.append(current)
            current.rows.append(row)
    return groups


def _owners(rows: Sequence[Row]) -> dict[str, str]:
    """Whose case each row belongs to. A message of ours belongs to whom it answers, says the file;
    else to whom it begins by addressing; else to who spoke last before it."""
    by_id = {row.id: row for row in rows}
    customers = {row.author for row in rows if not row.ours}
    handles = {row.handle.lower(): row.author for row in rows if not row.ours}
    owners: dict[str, str] = {}
    last = ""
    for row in rows:
        if not row.ours:
            owners[row.id] = last = row.author
            continue
        owner = row.customer or _answered(row, by_id)
        if not owner and (mention := _MENTION.match(row.text)):
            name = mention[1].rstrip(".")
            owner = handles.get(name.lower(), "" if customers else name)
        owner = owner or last or (next(iter(customers)) if len(customers) == 1 else "")
        if owner:
            owners[row.id] = owner
    return owners


def _answered(row: Row, by_id: dict[str, Row]) -> str:
    """The customer up the thread, through as many messages of ours as there are."""
    seen = {row.id}
    while row.parent in by_id and row.parent not in seen:
        row = by_id[row.parent]
        seen.add(row.id)
        if not row.ours:
            return row.author
        if row.customer:
            return row.customer
    return ""
