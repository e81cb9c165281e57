"""Makes the million: ``bench/world/*.sql`` run in order on a migrated database, indexes afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

BRANDS = ("Cóndor", "Marea", "Olivo")
NETWORKS = ("mastodon", "bluesky", "mail", "webhook")  # in the order the statements count on
AGENTS, TEAMS, CHUNKS, SESSIONS = 40, 6, 20, 2
# Nothing here is worth keeping if the machine falls over: it is made again.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "8GB",
    "maintenance_work_mem": "768MB",
    "work_mem": "128MB",
    "autovacuum": "off",
}
_FILES = Path(__file__).parent / "world"
_TABLES = ("person", "identity", "conversation", "case", "message", "event", "deadline")


def make(url: str, cases: int) -> None:
    _people()
    settings = {"cases": str(cases), "persons": str(cases * 3 // 10), "ends": datetime.now(UTC).isoformat()}
    with psycopg.connect(url, autocommit=True) as link, _without_indexes(link):
        for name in ("1_words", "2_people", "3_cases"):
            _run(link, name, settings)
        edges = [cases * n // CHUNKS for n in range(CHUNKS + 1)]
        with ThreadPoolExecutor(SESSIONS) as sessions:
            list(sessions.map(lambda n: _chunk(url, settings, edges[n], edges[n + 1]), range(CHUNKS)))
        _step(link, "CREATE INDEX by_case ON cortafuegos_message (case_id)")
        _run(link, "5_viral", settings)
        _step(link, "DROP INDEX by_case")
    with psycopg.connect(url, autocommit=True) as link:
        for table in _TABLES:
            name = f"cortafuegos_{table}"
            link.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
            )
        _step(link, "VACUUM (FREEZE, ANALYZE)")
        _step(link, "CHECKPOINT")


def _people() -> None:
    """The few rows that everything else hangs on."""
    from cortafuegos.channels.models import Account
    from cortafuegos.kit import crypto
    from cortafuegos.team.actions import create_brand
    from cortafuegos.team.models import Agent, Team, User

    for name in BRANDS:
        owner = User.objects.create_user(f"owner@{name.lower()}.invalid", name="Olga Owner")
        brand = create_brand(name=name, owner=owner)
        for network in NETWORKS:
            Account.objects.create(
                brand=brand,
                network=network,
                network_id=f"{network}:{brand.slug}",
                handle=brand.slug,
                name=name,
                sealed=crypto.seal({}),
            )
        for n in range(1, AGENTS):
            user = User.objects.create_user(f"agent{n}@{brand.slug}.invalid", name=f"Agente {n}")
            Agent.objects.create(brand=brand, user=user, role="agent")
        for n in range(TEAMS):
            team = Team.objects.create(brand=brand, name=f"Equipo {n + 1}")
            team.members.set(Agent.objects.filter(brand=brand)[n::TEAMS])


@contextmanager
def _without_indexes(link: psycopg.Connection[Any]) -> Iterator[None]:
    names = [f"cortafuegos_{table}" for table in _TABLES]
    constraints = link.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('u', 'f')",
        [names],
    ).fetchall()
    for table, name, _ in constraints:
        link.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    indexes = link.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary",
        [names],
    ).fetchall()
    for name, _ in indexes:
        link.execute(f"DROP INDEX {name}")
    yield
    for _, definition in indexes:
        _step(link, definition)
    for table, name, definition in sorted(constraints, key=lambda c: "FOREIGN" in c[2]):
        _step(link, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _chunk(url: str, settings: dict[str, str], above: int, upto: int) -> None:
    with psycopg.connect(url, autocommit=True) as link:
        _run(link, "4_messages", {**settings, "from": str(above), "to": str(upto)})


def _run(link: psycopg.Connection[Any], name: str, settings: dict[str, str]) -> None:
    for setting, value in settings.items():
        link.execute("SELECT set_config(%s, %s, false)", [f"bench.{setting}", value])
    upto = f" to case {settings['to']}" if "to" in settings else ""
    _step(link, (_FILES / f"{name}.sql").read_text(), f"{name}{upto}")  # several statements at once


def _step(link: psycopg.Connection[Any], statement: str, name: str = "") -> None:
    started = time.monotonic()
    link.execute(statement)
    if (took := time.monotonic() - started) > 5:
        print(f"  {took:5.0f} s  {name or statement[:90]}", flush=True)


def sizes(link: psycopg.Connection[Any]) -> Sequence[tuple[str, int, str]]:
    return link.execute(
        "SELECT relname, reltuples::bigint, pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class"
        " WHERE relname = ANY(%s) ORDER BY pg_total_relation_size(oid) DESC",
        [[f"cortafuegos_{table}" for table in _TABLES]],
    ).fetchall()
