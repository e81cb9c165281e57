"""Which rows of a file belong together. Pure; about 300 bytes a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from cortafuegos.inbox.importing.rows import Row


class Place(NamedTuple):
    """Where a row stands in the file, and when it was said."""

    at: datetime
    line: int
    offset: int
    length: int


class Threads:
    """Gathers rows in any order; rows that answer each other, however far apart they stand in the
    file, are one conversation, and so are those that name the same one."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._rows: dict[str, Place] = {}
        self._ours: set[str] = set()
        self.repeated = 0

    def add(self, row: Row, line: int, offset: int, length: int) -> None:
        if row.id in self._rows:
            self.repeated += 1
            return
        self._rows[row.id] = Place(row.at, line, offset, length)
        if row.ours:
            self._ours.add(row.id)
        self._find(row.id)
        if row.conversation:  # a name of a conversation is no name of a message
            self._join(row.id, f"conversation\0{row.conversation}")
        if row.parent:
            self._join(row.id, row.parent)
        for answer in row.answers:
            self._join(row.id, answer)

    def __len__(self) -> int:
        return len(self._rows)

    def conversations(self, *, only_with_ours: bool = False) -> Iterator[list[Place]]:
        """Whole conversations, the oldest first, each in the order things were said. The order
        depends on nothing but the rows, so an interrupted import finds its place again."""
        members: dict[str, list[Place]] = defaultdict(list)
        with_ours = {self._find(row_id) for row_id in self._ours}
        for row_id, place in self._rows.items():
            members[self._find(row_id)].append(place)
        wanted = [
            sorted(places) for root, places in members.items() if not only_with_ours or root in with_ours
        ]
        yield from sorted(wanted)

    def _find(self, name: str) -> str:
        parent = self._parent.setdefault(name, name)
        while parent != name:
            above = self._parent[parent]
            self._parent[name] = above  # halve the way for the next
            name, parent = parent, above
        return name

    def _join(self, one: str, other: str) -> None:
        a, b = self._find(one), self._find(other)
        if a != b:
            self._parent[max(a, b)] = min(a, b)
