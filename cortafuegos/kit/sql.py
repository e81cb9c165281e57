"""Set-wise SQL: one statement for a whole batch, its columns sent as binary arrays.

    rows(
        "INSERT INTO tag (brand_id, name) SELECT %(brand)s, name FROM {batch}"
        " ON CONFLICT DO NOTHING RETURNING id",
        {"name": ("text", names)},
        brand=brand.pk,
    )

``{batch}`` stands for ``unnest(...) WITH ORDINALITY AS batch(<columns>, n)``: ``n`` counts from 1 in
the order given. Statements carry no values of their own; a literal per cent sign is written twice.

Two writers whose batches meet in a different order deadlock: sort by the unique key first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any, Final

import msgspec
import psycopg
from django.db import connections
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

Columns = Mapping[str, tuple[str, Sequence[Any]]]
"""Column name to (PostgreSQL type, values); None is NULL. Types: the keys of ``_TYPES``."""

# PostgreSQL's binary form of an array: a head (dimensions, has nulls, type of the elements, length,
# lower bound), then each element with its length. psycopg's own dumper guesses the type from the
# first element and cannot for a column of nulls; here the type is told, so every batch gives the
# same statement.
_HEAD: Final = Struct("!5i").pack
_LENGTH: Final = Struct("!i").pack
_NULL: Final = _LENGTH(-1)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

_int4 = Struct("!ii").pack
_int8 = Struct("!iq").pack
_float8 = Struct("!id").pack
_TRUE, _FALSE = b"\0\0\0\x01\x01", b"\0\0\0\x01\0"


def _sized(raw: bytes) -> bytes:
    return _LENGTH(len(raw)) + raw


_TYPES: Final[dict[str, tuple[int, Callable[[Any], bytes]]]] = {
    "bool": (16, lambda v: _TRUE if v else _FALSE),
    "bytea": (17, lambda v: _sized(bytes(v))),
    "bigint": (20, lambda v: _int8(8, v)),
    "int": (23, lambda v: _int4(4, v)),
    "text": (25, lambda v: _sized(v.encode())),
    "double precision": (701, lambda v: _float8(8, v)),
    # A naive moment cannot be subtracted from an aware one: TypeError, as it should be.
    "timestamptz": (1184, lambda v: _int8(8, (v - _EPOCH) // _MICROSECOND)),
    "uuid": (2950, lambda v: _sized(v.bytes)),
    "jsonb": (3802, lambda v: _sized(b"\x01" + msgspec.json.encode(v))),
}


class Array:
    """A column, ready for the wire."""

    __slots__ = ("raw",)

    def __init__(self, type_name: str, values: Sequence[Any]) -> None:
        oid, encode = _TYPES[type_name]
        parts = [_NULL if value is None else encode(value) for value in values]
        self.raw = _HEAD(1, None in values, oid, len(values), 1) + b"".join(parts)


class _ArrayDumper(Dumper):
    format = Format.BINARY
    oid = 0  # the cast in the statement says which

    def dump(self, obj: Array) -> Buffer | None:
        return obj.raw


def bind(statement: str, columns: Columns, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The statement with its ``{batch}``, and its parameters."""
    lengths = {len(column) for _, column in columns.values()}
    if len(lengths) > 1:
        raise ValueError(f"columns of different lengths: {', '.join(columns)}")
    if columns:
        arrays = ", ".join(f"%({name})b::{kind}[]" for name, (kind, _) in columns.items())
        batch = f"unnest({arrays}) WITH ORDINALITY AS batch({', '.join(columns)}, n)"
        statement = statement.replace("{batch}", batch)
    arguments = {name: Array(kind, column) for name, (kind, column) in columns.items()}
    return statement, {**arguments, **values}


def adapt(cursor: psycopg.Cursor[Any] | psycopg.AsyncCursor[Any]) -> None:
    """Let a cursor send :class:`Array`."""
    cursor.adapters.register_dumper(Array, _ArrayDumper)


def rows(
    statement: str, columns: Columns | None = None, /, using: str = "default", **values: Any
) -> list[tuple[Any, ...]]:
    """Run a statement on Django's connection, inside its transaction if there is one. An empty
    batch runs nothing. What it returns comes back as tuples: jsonb as Python values, bytea as bytes."""
    columns = columns or {}
    if columns and not len(next(iter(columns.values()))[1]):
        return []
    bound, parameters = bind(statement, columns, values)
    connection = connections[using]
    connection.ensure_connection()
    started = time.monotonic()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        adapt(cursor)
        cursor.execute(bound, parameters, binary=True)
        found = cursor.fetchall() if cursor.description else []
    if connection.queries_logged:  # what counts statements counts these too
        spent = f"{time.monotonic() - started:.3f}"
        connection.queries_log.append({"sql": bound, "time": spent})
    return found
