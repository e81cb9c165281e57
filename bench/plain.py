"""The baselines: the rows that the pipeline made, written again by plain inserts and nothing else,
in batches of the same size, over the same connection, into tables of the same shape: the same
columns, the computed one too, and the same indexes, but no foreign keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Columns = list[tuple[str, str]]  # name, type
Row = tuple[Any, ...]
Writer = Callable[[str, Columns, Sequence[Row]], None]

TABLES = ("person", "identity", "conversation", "case", "message", "deadline", "event")


@dataclass(frozen=True)
class Copy:
    """An empty table like one of ours, and the rows that belong in it."""

    name: str
    columns: Columns
    rows: Sequence[Row]


def copies(brand: int, tables: Sequence[str]) -> list[Copy]:
    from django.db import connection

    made = []
    with connection.cursor() as cursor:
        for table in tables:
            name, original = f"plain_{table}", f"cortafuegos_{table}"
            cursor.execute(f"DROP TABLE IF EXISTS {name}")
            cursor.execute(f"CREATE TABLE {name} (LIKE {original} INCLUDING ALL)")
            cursor.execute(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
                [original],
            )
            columns = [(column, kind) for column, kind in cursor.fetchall() if kind != "ARRAY"]
            if table == "case":  # its tags are an array, empty in all of them
                cursor.execute(f"ALTER TABLE {name} ALTER COLUMN tags SET DEFAULT '{{}}'")
            chosen = ", ".join(f"{c}::text" if kind == "jsonb" else c for c, kind in columns)
            cursor.execute(f"SELECT {chosen} FROM {original} WHERE brand_id = %s ORDER BY id", [brand])
            made.append(Copy(name, columns, cursor.fetchall()))
    return made


def write(made: Sequence[Copy], writer: Writer, batches: int) -> None:
    """All rows in this many transactions, each with its share of every table."""
    from django.db import transaction

    for turn in range(batches):
        with transaction.atomic():
            for copy in made:
                size = -(-len(copy.rows) // batches)
                if share := copy.rows[turn * size : (turn + 1) * size]:
                    writer(copy.name, copy.columns, share)


_KINDS = {
    "bigint": "bigint",
    "integer": "int",
    "smallint": "int",
    "real": "double precision",
    "double precision": "double precision",
    "boolean": "bool",
    "timestamp with time zone": "timestamptz",
    "uuid": "uuid",
}


def unnest(table: str, columns: Columns, share: Sequence[Row]) -> None:
    """One statement a table, its columns as binary arrays: the quickest way psycopg has short of COPY."""
    from cortafuegos.kit.sql import rows

    names = ", ".join(name for name, _ in columns)
    chosen = ", ".join(f"{name}::jsonb" if kind == "jsonb" else name for name, kind in columns)
    rows(
        f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {{batch}}",
        {
            name: (_KINDS.get(kind, "text"), [row[at] for row in share])
            for at, (name, kind) in enumerate(columns)
        },
    )


def executemany(table: str, columns: Columns, share: Sequence[Row]) -> None:
    """The plainest: the driver's own way to insert many rows."""
    import psycopg
    from django.db import connection

    names = ", ".join(name for name, _ in columns)
    marks = ", ".join(["%s"] * len(columns))
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", share)
