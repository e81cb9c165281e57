"""The log of arrivals as a table.

The edge writes it from coroutines (``store``), everything else on Django's connection. All write
by account and key, so that two writers meet their rows in the same order.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg.errors import DeadlockDetected, SerializationFailure

from cortafuegos.channels.contract import Delivery, Json
from cortafuegos.channels.receipts.contract import Arrival, Claimed, stored_headers, stored_key
from cortafuegos.kit import sql
from cortafuegos.kit.text import storable, storable_json

CHANNEL = "receipts"  # NOTIFY: a worker that sleeps wakes up
ATTEMPTS = 5

# Numbered as they came, which is the order they are read in, and written by account and key.
_INSERT = """
WITH numbered AS MATERIALIZED (
  SELECT arrived.*, nextval(pg_get_serial_sequence('cortafuegos_receipt', 'id')) AS id
    FROM (SELECT * FROM {batch} ORDER BY n) AS arrived
), stored AS (
  INSERT INTO cortafuegos_receipt
    (id, brand_id, account_id, key, body, headers, correlation, state, reason, attempts, received_at)
  SELECT id, brand_id, account_id, key, body, headers, correlation, 'new', '', 0, received_at
  FROM numbered ORDER BY account_id, key, id
  ON CONFLICT (account_id, key) DO NOTHING
  RETURNING id
)
SELECT count(*), pg_notify(%(channel)s, '') FROM stored
"""


def _columns(arrivals: Sequence[Arrival]) -> dict[str, tuple[str, list[Any]]]:
    return {
        "account_id": ("bigint", [a.account_id for a in arrivals]),
        "key": ("text", [stored_key(a.delivery.key) for a in arrivals]),
        "brand_id": ("bigint", [a.brand_id for a in arrivals]),
        "body": ("bytea", [a.delivery.body for a in arrivals]),
        "headers": ("jsonb", [stored_headers(a.delivery.headers) for a in arrivals]),
        "correlation": ("uuid", [a.correlation for a in arrivals]),
        "received_at": ("timestamptz", [a.received_at for a in arrivals]),
    }


async def store(link: psycopg.AsyncConnection[Any], arrivals: Sequence[Arrival]) -> int:
    """Keep a batch in one statement, which commits by itself: the connection is in autocommit.
    Returns how many were new. Safe to repeat when nobody knows whether it was committed."""
    if not arrivals:
        return 0
    bound, parameters = sql.bind(_INSERT, _columns(arrivals), {"channel": CHANNEL})
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with link.cursor() as cursor:
                sql.adapt(cursor)
                await cursor.execute(bound, parameters, prepare=True)
                row = await cursor.fetchone()
                return int(row[0]) if row else 0
        except (DeadlockDetected, SerializationFailure):
            if attempt == ATTEMPTS:
                raise
            await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311
    raise AssertionError("unreachable")


def store_polled(
    account_id: int,
    brand_id: int,
    deliveries: Sequence[Delivery],
    cursor: Json,
    *,
    now: datetime,
    next_poll_at: datetime,
) -> int:
    """A cursor that moved on without its deliveries would lose them, the other way round only
    brings them again: both are written in one transaction."""
    arrivals = [Arrival(brand_id, account_id, d, uuid.uuid4(), now) for d in deliveries]
    with transaction.atomic():
        found = sql.rows(_INSERT, _columns(arrivals), channel=CHANNEL) if arrivals else [(0, None)]
        sql.rows(
            "UPDATE cortafuegos_account SET cursor = cursor_, next_poll_at = %(next_poll_at)s,"
            " last_ok_at = %(now)s, poll_failures = 0,"
            " last_event_at = CASE WHEN %(any)s THEN %(now)s ELSE last_event_at END"
            " FROM {batch} WHERE id = account_id",
            {"account_id": ("bigint", [account_id]), "cursor_": ("jsonb", [storable_json(cursor)])},
            next_poll_at=next_poll_at,
            now=now,
            any=bool(deliveries),
        )
    return int(found[0][0])


def claim(limit: int) -> list[Claimed]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("receipts are claimed inside a transaction")
    found = sql.rows(
        "SELECT id, brand_id, account_id, key, body, headers, correlation, received_at, attempts"
        " FROM cortafuegos_receipt WHERE state = 'new' ORDER BY id LIMIT %(limit)s"
        " FOR UPDATE SKIP LOCKED",
        limit=limit,
    )
    return [
        Claimed(id_, brand, account, Delivery(key, body, headers), correlation, received_at, attempts)
        for id_, brand, account, key, body, headers, correlation, received_at, attempts in found
    ]


def done(ids: Sequence[int], now: datetime) -> None:
    sql.rows(
        "UPDATE cortafuegos_receipt r SET state = 'done', reason = '', done_at = %(now)s"
        " FROM {batch} WHERE r.id = batch.id",
        {"id": ("bigint", sorted(ids))},
        now=now,
    )


def quarantine(receipt_id: int, reason: str) -> None:
    sql.rows(
        "UPDATE cortafuegos_receipt SET state = 'quarantined', reason = %(reason)s,"
        " attempts = attempts + 1 WHERE id = %(id)s",
        reason=storable(reason, 2000),
        id=receipt_id,
    )


def replay(ids: Sequence[int]) -> int:
    found = sql.rows(
        "WITH again AS (UPDATE cortafuegos_receipt r SET state = 'new', reason = '' FROM {batch}"
        " WHERE r.id = batch.id AND r.state = 'quarantined' RETURNING r.id)"
        " SELECT count(*), pg_notify(%(channel)s, '') FROM again",
        {"id": ("bigint", sorted(ids))},
        channel=CHANNEL,
    )
    return int(found[0][0]) if found else 0
