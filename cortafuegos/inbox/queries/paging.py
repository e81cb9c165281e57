"""Keyset pages: each begins after the last row of the one before, so none is skipped or doubled
and the thousandth page costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from cortafuegos.inbox.models import Case

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Order:
    field: str  # a time, a whole number, or "id"
    descending: bool = False
    nulls: bool = False  # may be empty; empty ones come last
    number: bool = False  # not a time

    def keys(self) -> list[OrderBy]:
        id_key = F("id").desc() if self.descending else F("id").asc()
        if self.field == "id":
            return [id_key]
        key = F(self.field)
        nulls_last = True if self.nulls else None
        return [
            key.desc(nulls_last=nulls_last) if self.descending else key.asc(nulls_last=nulls_last),
            id_key,
        ]

    def cursor(self, case: Case) -> Cursor:
        value = None if self.field == "id" else getattr(case, self.field)
        return Cursor(value, case.pk)

    def fits(self, cursor: Cursor) -> bool:
        """A cursor of another order says nothing of this one."""
        if self.field == "id" or cursor.at is None:
            return self.field == "id" or self.nulls
        return isinstance(cursor.at, int) == self.number

    def after(self, rows: QuerySet[Case], cursor: Cursor) -> list[QuerySet[Case]]:
        """The rows behind the cursor, as one or two queries to be read in turn. Two where times may
        be empty: an OR over both would make the planner walk the index from its beginning."""
        compare = "lt" if self.descending else "gt"
        later_id = Q(**{f"id__{compare}": cursor.id})
        if self.field == "id":
            return [rows.filter(later_id)]
        empty = rows.filter(**{f"{self.field}__isnull": True})
        if cursor.at is None:
            return [empty.filter(later_id)]
        timed = rows.filter(
            Q(**{f"{self.field}__{compare}e": cursor.at})
            & (Q(**{f"{self.field}__{compare}": cursor.at}) | later_id)
        )
        return [timed, empty] if self.nulls else [timed]


@dataclass(frozen=True, slots=True)
class Cursor:
    at: datetime | int | None
    id: int

    def __str__(self) -> str:
        if self.at is None:
            return f"n-{self.id}"
        if isinstance(self.at, int):
            return f"p{self.at}-{self.id}"
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.id}"


def parse(text: str) -> Cursor | None:
    """None for anything that is not a cursor: the list then begins at its beginning."""
    at, _, case_id = text.partition("-")
    if not (case_id.isascii() and case_id.isdecimal() and len(case_id) < 19):
        return None
    if at == "n":
        return Cursor(None, int(case_id))
    digits = at.removeprefix("p")
    if not (digits.isascii() and digits.isdecimal()):
        return None
    if at.startswith("p"):
        return Cursor(int(digits), int(case_id)) if len(digits) < 9 else None
    if len(at) >= 18:
        return None
    return Cursor(_EPOCH + timedelta(microseconds=int(at)), int(case_id))


DUE = Order("due_at", nulls=True)
UNTIL = Order("snoozed_until")
CLOSED = Order("closed_at", descending=True)
LATEST = Order("last_message_at", descending=True)
PRIORITY = Order("priority", descending=True, number=True)
NEWEST = Order("id", descending=True)
