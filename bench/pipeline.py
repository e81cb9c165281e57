"""Receipt to stored case, one worker, batches of 500, beside plain inserts of the same rows.

The pipeline begins with receipts on disk and ends with messages, persons, conversations, cases,
deadlines and events on disk and the receipts done. The baselines write the rows it has made, and
nothing else, in batches of 500 with the same driver and durability, into tables with the same
indexes: the messages alone, and every row of every table.
"""

from __future__ import annotations

import json
import random
import statistics
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.place import installation, spread

POSTS, BATCH, RUNS = 10_000, 500, 5
TABLES = ("person", "identity", "conversation", "case", "message", "deadline", "event")
WORDS = (
    "mi pedido no llega desde el lunes nadie contesta al teléfono me podéis ayudar por favor gracias"
    " factura tienda reembolso paquete roto cambio talla dirección entrega mañana devolución cargo doble"
).split()


def run() -> None:
    with installation():
        pipeline, alone, all_rows, many = [], [], [], []
        for number in range(RUNS):
            brand = _receipts(number)
            pipeline.append(_timed(_pipeline))
            alone.append(_plain(brand, ("message",), _unnest))
            many.append(_plain(brand, ("message",), _executemany))
            all_rows.append(_plain(brand, TABLES, _unnest))
        print(f"{POSTS:,} posts of {POSTS // 3:,} people, batches of {BATCH}, {RUNS} runs, posts a second:")
        print(f"  receipts to cases, one worker              {spread(pipeline)}")
        for label, rate in (
            ("plain insert, executemany, messages alone ", many),
            ("plain insert, binary unnest, messages alone", alone),
            ("plain insert, binary unnest, all its rows  ", all_rows),
        ):
            ratio = statistics.median(p / r for p, r in zip(pipeline, rate, strict=True))
            print(f"  {label} {spread(rate)}   pipeline is at {ratio:.0%}")


def _receipts(number: int) -> int:
    """A brand with receipts waiting, as the sandbox network would have delivered them."""
    from django.db import transaction

    from cortafuegos.channels.contract import Delivery
    from cortafuegos.channels.models import Account
    from cortafuegos.channels.receipts import postgres
    from cortafuegos.kit import clock, crypto
    from cortafuegos.team.actions import create_brand
    from cortafuegos.team.models import User

    chance = random.Random(number)  # noqa: S311
    owner = User.objects.create_user(f"owner{number}@bench.invalid", name="Owner")
    brand = create_brand(name=f"Bench {number}", owner=owner)
    account = Account.objects.create(
        brand=brand,
        network="webhook",
        network_id=f"bench-{number}",
        handle="bench",
        name="Bench",
        sealed=crypto.seal({"secret": "bench"}),
    )
    deliveries = [Delivery(f"{number}-{i}", _body(number, i, chance)) for i in range(POSTS)]
    now = clock.now()
    for start in range(0, POSTS, BATCH):
        with transaction.atomic():
            postgres.store_polled(
                account.pk, brand.pk, deliveries[start : start + BATCH], {}, now=now, next_poll_at=now
            )
    return brand.pk


def _body(run: int, i: int, chance: random.Random) -> bytes:
    person = chance.randrange(POSTS // 3)
    at = datetime.now(UTC) - timedelta(seconds=POSTS - i)
    return json.dumps(
        {
            "id": f"{run}-{i}",
            "conversation": f"{run}-{i if chance.random() < 0.5 else person}",
            "author": {"id": f"p{person}", "name": f"Persona {person}", "handle": f"persona{person}"},
            "text": "@bench " + " ".join(chance.choices(WORDS, k=35)),
            "posted_at": at.isoformat(),
            "public": chance.random() < 0.8,
            "language": "es",
            "url": f"https://bench.invalid/{uuid.uuid4()}",
        }
    ).encode()


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return POSTS / (time.perf_counter() - started)


def _pipeline() -> None:
    from cortafuegos.inbox import intake

    while intake.take(BATCH).receipts:
        pass


Writer = Callable[[str, list[tuple[str, str]], list[tuple[Any, ...]]], None]


def _plain(brand: int, tables: tuple[str, ...], write: Writer) -> float:
    """Write again, into empty tables of the same shape, what the pipeline wrote for a brand."""
    from django.db import connection, transaction

    copies: list[tuple[str, list[tuple[str, str]], list[tuple[Any, ...]]]] = []
    with connection.cursor() as cursor:
        for table in tables:
            copy, original = f"plain_{table}", f"cortafuegos_{table}"
            cursor.execute(f"DROP TABLE IF EXISTS {copy}")
            cursor.execute(f"CREATE TABLE {copy} (LIKE {original} INCLUDING ALL)")
            cursor.execute(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
                [original],
            )
            columns = [(name, kind) for name, kind in cursor.fetchall() if kind != "ARRAY"]
            names = ", ".join(f"{n}::text" if k == "jsonb" else n for n, k in columns)
            cursor.execute(f"SELECT {names} FROM {original} WHERE brand_id = %s ORDER BY id", [brand])
            copies.append((copy, columns, cursor.fetchall()))
            if table == "case":  # tags is an array, empty in all of them
                cursor.execute(f"ALTER TABLE {copy} ALTER COLUMN tags SET DEFAULT '{{}}'")
    started = time.perf_counter()
    turns = max(len(rows) for _, _, rows in copies) // BATCH + 1
    for turn in range(turns):
        with transaction.atomic():
            for copy, columns, rows in copies:
                if batch := rows[turn * BATCH : (turn + 1) * BATCH]:
                    write(copy, columns, batch)
    return POSTS / (time.perf_counter() - started)


_KINDS = {
    "bigint": "bigint",
    "integer": "int",
    "boolean": "bool",
    "timestamp with time zone": "timestamptz",
    "uuid": "uuid",
}


def _unnest(table: str, columns: list[tuple[str, str]], batch: list[tuple[Any, ...]]) -> None:
    from cortafuegos.kit.sql import rows

    names = ", ".join(name for name, _ in columns)
    chosen = ", ".join(f"{n}::jsonb" if k == "jsonb" else n for n, k in columns)
    rows(
        f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {{batch}}",
        {
            name: (_KINDS.get(kind, "text"), [row[at] for row in batch])
            for at, (name, kind) in enumerate(columns)
        },
    )


def _executemany(table: str, columns: list[tuple[str, str]], batch: list[tuple[Any, ...]]) -> None:
    import psycopg
    from django.db import connection

    names = ", ".join(name for name, _ in columns)
    marks = ", ".join(["%s"] * len(columns))
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", batch)
