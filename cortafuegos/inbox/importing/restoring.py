"""An export of ours, back into a brand: all of it or nothing.

Ids are moved, not looked up: for each table a block of the sequence is set aside that is as wide
as the file's ids, and every id is shifted into it. What a file refers to is checked to lie within
its own ids, so that no file can point at rows of another brand.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from django.db import DatabaseError, connection, transaction

from cortafuegos.inbox.importing import logged
from cortafuegos.inbox.importing.json_lines import EXPORT, kind
from cortafuegos.inbox.importing.members import Members
from cortafuegos.inbox.importing.source import Source, Unusable
from cortafuegos.inbox.importing.tables import Column, Table, tables
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.sql import rows
from cortafuegos.kit.text import storable, storable_json
from cortafuegos.team.models import Brand

VERSION = 1
BATCH = 500
# Ids that others may take while we set ours aside; it takes microseconds.
_MARGIN = 10_000
_SECONDS = re.compile(r"\.(\d+)")
Line = dict[str, Any]

_OCCUPIED = """
SELECT 1 FROM cortafuegos_identity WHERE brand_id = %(brand)s
UNION ALL SELECT 1 FROM cortafuegos_account WHERE brand_id = %(brand)s
UNION ALL SELECT 1 FROM cortafuegos_case WHERE brand_id = %(brand)s LIMIT 1
"""


def is_export(source: Source) -> bool:
    first = next(source.lines(), None)
    return first is not None and kind(first.raw) == EXPORT


@transaction.atomic
def restore(source: Source, brand: Brand, passed: Callable[[int], object]) -> dict[str, int]:
    """``passed`` is told how many bytes were read since it was last told. Returns how many rows of
    each sort there are. Raises Unusable, and then nothing was changed."""
    Brand.objects.select_for_update().get(pk=brand.pk)
    if rows(_OCCUPIED, brand=brand.pk):
        raise Unusable(
            f"{brand.slug} has accounts, people or cases already; an export goes into a brand that has"
            " none. Nothing was changed."
        )
    counts = _Restoring(source, brand).run(passed)
    try:
        connection.check_constraints()
    except DatabaseError:
        raise Unusable("The file refers to something that it does not hold. Nothing was changed.") from None
    return counts


class _Restoring:
    def __init__(self, source: Source, brand: Brand) -> None:
        self.source, self.brand = source, brand
        self.members = Members(brand)
        self.tables = {table.type: table for table in tables()}
        self.counts: dict[str, int] = {}
        self.line = 0

    def run(self, passed: Callable[[int], object]) -> dict[str, int]:
        batch: list[Line] = []
        for line, size in self._read():
            if batch and (line["type"] != batch[0]["type"] or len(batch) == BATCH):
                self._write(batch)
                batch = []
            batch.append(line)
            passed(size)
        if batch:
            self._write(batch)
        nudge(self.brand.pk, kind="account")
        return self.counts

    def _read(self) -> Iterator[tuple[Line, int]]:
        for record in self.source.lines():
            self.line = record.line
            try:
                line = msgspec.json.decode(record.raw)
                kind = line["type"]
            except (msgspec.DecodeError, KeyError, TypeError, RecursionError):
                raise self._broken("is not a line of an export") from None
            if record.line == 1:
                self._begin(line)
            elif kind in self.tables or kind in ("brand", "agent", "team"):
                yield line, record.length
            else:
                raise self._broken("holds something this version does not know")

    def _begin(self, head: Line) -> None:
        if head.get("version") != VERSION:
            raise self._broken("was written by another version of Cortafuegos")
        self.ranges: dict[str, tuple[int, int]] = {}
        self.shift: dict[str, int] = {}
        for name, table in self.tables.items():
            try:
                least, greatest = head["ids"].get(name) or (0, 0)
                valid = 0 <= least <= greatest < 2**62
            except (KeyError, AttributeError, TypeError, ValueError):
                valid = False
            if not valid:
                raise self._broken("does not say which ids the file holds")
            self.ranges[name] = (least, greatest)
            self.shift[name] = _set_aside(table, greatest - least + 1) - least

    def _write(self, batch: list[Line]) -> None:
        kind = batch[0]["type"]
        try:
            if kind == "brand":
                self.members.brand_is(batch[-1])
            elif kind == "agent":
                self.members.agents(batch)
            elif kind == "team":
                self.members.teams(batch)
            else:
                self._insert(self.tables[kind], [self._adapted(line) for line in batch])
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            raise self._broken("or one shortly before it holds a value that does not fit") from None
        except DatabaseError as error:
            raise self._broken(f"or one shortly before it was refused: {type(error).__name__}") from None
        self.counts[kind] = self.counts.get(kind, 0) + len(batch)

    def _adapted(self, line: Line) -> Line:
        """What must not be as it was: nothing of the past may leave twice, and accounts whose
        credentials did not travel cannot speak."""
        if line["type"] == "reply" and line["state"] in ("queued", "sending"):
            state = "cancelled" if line["state"] == "queued" else "unknown"
            return {**line, "state": state, "lease_until": None}
        if line["type"] == "intervention" and line["state"] in ("waiting", "working"):
            return {**line, "state": "failed", "lease_until": None}
        if line["type"] in ("event", "relationstep") and isinstance(line.get("data"), dict):
            kind = str(line["kind"]) if line["type"] == "event" else line["type"]
            return {**line, "data": logged.moved(kind, line["data"], self._moved, self._agent)}
        if line["type"] == "account" and line["state"] != "paused":
            return {**line, "state": "refused", "state_reason": ""}
        return line

    def _insert(self, table: Table, lines: list[Line]) -> None:
        columns = {c.name: (c.kind, [self._value(c, table, line) for line in lines]) for c in table.columns}
        if table.type == "account":
            columns["public_id"] = ("uuid", [uuid.uuid4() for _ in lines])
        if "key" in columns and columns["key"][0] == "uuid":
            columns["key"] = ("uuid", _free_keys(table, columns["key"][1]))
        names = ", ".join(columns)
        values = ", ".join(
            f"ARRAY(SELECT jsonb_array_elements_text({c.name}))" if c.array else c.name for c in table.columns
        )
        extra = ", public_id, ''::bytea" if table.type == "account" else ""
        sealed = ", sealed" if table.type == "account" else ""
        rows(
            f"INSERT INTO {table.db} (brand_id, {names}{sealed})"  # noqa: S608 - our own names
            f" SELECT %(brand)s, {values}{extra} FROM {{batch}} ORDER BY n",
            columns,
            brand=self.brand.pk,
        )

    def _value(self, column: Column, table: Table, line: Line) -> Any:
        value = line.get(column.name, column.default)
        if value is None:
            if not column.null:
                raise ValueError
            return None
        if column.name == "id":
            return self._moved(table.type, value)
        if column.refers_to in ("Agent", "Team"):
            return self.members.find(column.refers_to, value)
        if column.refers_to:
            return self._moved(column.refers_to.lower(), value)
        return _converted(column, value)

    def _agent(self, given: Any) -> int:
        return self.members.find("Agent", given)

    def _moved(self, kind: str, value: Any) -> int:
        least, greatest = self.ranges[kind]
        if not isinstance(value, int) or not least <= value <= greatest:
            raise ValueError
        return value + self.shift[kind]

    def _broken(self, what: str) -> Unusable:
        return Unusable(f"Line {self.line} {what}. Nothing was changed.")


def _converted(column: Column, value: Any) -> Any:
    if column.kind == "text":
        return storable(value, column.limit)
    if column.kind == "jsonb":
        return storable_json(value)
    if column.kind == "timestamptz":
        moment = datetime.fromisoformat(_SECONDS.sub(lambda m: f".{m[1]:0<6}", value))
        if moment.tzinfo is None:
            raise ValueError
        return moment
    if column.kind == "uuid":
        return uuid.UUID(value)
    wanted = {"bool": bool, "double precision": float}.get(column.kind, int)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise TypeError
    if column.kind == "int" and not -(2**31) <= value < 2**31:
        raise ValueError
    return value


def _free_keys(table: Table, keys: list[uuid.UUID]) -> list[uuid.UUID]:
    """The key of a reply, or of what waits to become one, is how a network knows a second attempt. It
    stays, unless the brand it came from lives here too."""
    taken = {
        key
        for (key,) in rows(
            f"SELECT r.key FROM {table.db} r JOIN {{batch}} ON r.key = batch.key",  # noqa: S608 - our own names
            {"key": ("uuid", keys)},
        )
    }
    return [uuid.uuid4() if key in taken else key for key in keys]


def _set_aside(table: Table, width: int) -> int:
    """The first of ``width`` ids that nobody else will get, whatever becomes of this transaction."""
    sequence = f"pg_get_serial_sequence('{table.db}', 'id')"
    statement = f"SELECT setval({sequence}, nextval({sequence}) + %(margin)s + %(width)s)"
    (last,) = rows(statement, margin=_MARGIN, width=width)[0]
    return int(last) - width + 1
