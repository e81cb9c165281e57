"""Everything of a brand as JSON lines, as it was at one moment, in little memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import msgspec
import psycopg
from django.db import connection, transaction

from cortafuegos.inbox.importing.json_lines import EXPORT
from cortafuegos.inbox.importing.tables import Table, tables
from cortafuegos.kit import clock
from cortafuegos.kit.sql import rows
from cortafuegos.team.models import Brand

VERSION = 1
_AT_ONCE = 2_000

_BRAND = """
SELECT 'brand' AS type, slug, name, language, time_zone, next_case_number, created_at
FROM cortafuegos_brand WHERE id = %(brand)s
"""
_AGENTS = """
SELECT 'agent' AS type, a.id, a.role, a.signature, a.active, a.created_at,
       u.email, u.name, u.language, u.time_zone, u.theme, u.after_send
FROM cortafuegos_agent a JOIN cortafuegos_user u ON u.id = a.user_id
WHERE a.brand_id = %(brand)s ORDER BY a.id
"""
_TEAMS = """
SELECT 'team' AS type, t.id, t.name,
       ARRAY(SELECT agent_id FROM cortafuegos_team_members m WHERE m.team_id = t.id ORDER BY 1) AS members
FROM cortafuegos_team t WHERE t.brand_id = %(brand)s ORDER BY t.id
"""


def export(brand: Brand, target: IO[bytes]) -> dict[str, int]:
    """Write the brand to ``target``; returns how many rows of each sort. A person's row of users
    goes without its password, an account's without its credentials."""
    with _one_moment():
        ranges = {table.type: _range(table, brand.pk) for table in tables()}
        head = {"type": EXPORT, "version": VERSION, "at": clock.now().isoformat(), "ids": ranges}
        target.write(msgspec.json.encode(head) + b"\n")
        counts: dict[str, int] = {}
        for name, statement in _statements():
            for line in _lines(statement, brand.pk):
                target.write(line.encode() + b"\n")
                counts[name] = counts.get(name, 0) + 1
    return counts


def _statements() -> Iterator[tuple[str, str]]:
    yield "brand", _BRAND
    yield "agent", _AGENTS
    yield "team", _TEAMS
    for table in tables():
        columns = ", ".join(column.name for column in table.columns)
        yield (
            table.type,
            f"SELECT '{table.type}' AS type, {columns} FROM {table.db}"  # noqa: S608 - our own names
            " WHERE brand_id = %(brand)s ORDER BY id",
        )


def _range(table: Table, brand_id: int) -> list[int]:
    """The least and the greatest id, so that whoever restores can keep room for all between."""
    statement = f"SELECT min(id), max(id) FROM {table.db} WHERE brand_id = %(brand)s"  # noqa: S608
    least, greatest = rows(statement, brand=brand_id)[0]
    return [least, greatest] if least is not None else []


@contextmanager
def _one_moment() -> Iterator[None]:
    """All statements inside see the same state of the database; nothing waits for us."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _lines(statement: str, brand_id: int) -> Iterator[str]:
    wrapped = f"SELECT row_to_json(line)::text FROM ({statement}) AS line"  # noqa: S608 - our own
    raw: psycopg.Connection[Any] = connection.connection
    with psycopg.ServerCursor(raw, "cortafuegos_export") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(wrapped, {"brand": brand_id})
        for (line,) in cursor:
            yield line
