"""A throw-away installation to measure in, and how to measure."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def installation(keep: Path | None = None, settings: Mapping[str, str] | None = None) -> Iterator[Path]:
    """A home with a migrated database, as durable as everybody's, and Django set up on it."""
    home = keep or Path(tempfile.mkdtemp(prefix="cortafuegos-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        CORTAFUEGOS_HOME=str(home),
        CORTAFUEGOS_SECRET="only for the bench",
        CORTAFUEGOS_LOG_LEVEL="WARNING",
        DJANGO_SETTINGS_MODULE="cortafuegos.settings",
    )
    from cortafuegos.kit.postgres import EmbeddedPostgres

    server = EmbeddedPostgres(home / "postgres", settings=settings)
    os.environ["DATABASE_URL"] = server.start()
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        yield home
    finally:
        from django.db import connections

        connections.close_all()
        server.stop()
        if keep is None:
            shutil.rmtree(home, ignore_errors=True)


def webhook_account(name: object) -> Any:
    """A brand of its own with one account of the webhook channel, whose secret is SECRET."""
    from cortafuegos.channels.models import Account
    from cortafuegos.kit import crypto
    from cortafuegos.team.actions import create_brand
    from cortafuegos.team.models import User

    owner = User.objects.create_user(f"owner-{name}@bench.invalid", name="Owner")
    return Account.objects.create(
        brand=create_brand(name=f"Bench {name}", owner=owner),
        network="webhook",
        network_id=f"webhook:bench-{name}",
        handle="bench",
        name="Bench",
        sealed=crypto.seal({"secret": SECRET}),
    )


@dataclass(frozen=True)
class Served:
    address: str
    pid: int


@contextlib.contextmanager
def serving(command: Sequence[str]) -> Iterator[Served]:
    """A server in a process of its own, ``{port}`` in its command, once it answers."""
    import httpx

    with socket.socket() as any_free:
        any_free.bind(("127.0.0.1", 0))
        port = any_free.getsockname()[1]
    process = subprocess.Popen([part.format(port=port) for part in command], env=os.environ)
    try:
        for _ in range(600):
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200:
                    break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"{' '.join(command)} does not answer")
        yield Served(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(30)


SECRET = "a secret for the bench, of a sensible length"


@dataclass(frozen=True)
class Cost:
    seconds: float  # by the clock
    processor: float  # seconds of this process and of its database session, together


def cost(work: Callable[[], None]) -> Cost:
    busy, started = _processor(), time.perf_counter()
    work()
    return Cost(time.perf_counter() - started, _processor() - busy)


def _processor() -> float:
    from django.db import connection

    connection.ensure_connection()
    return time.process_time() + busy([connection.connection.info.backend_pid])


def busy(pids: Iterable[int]) -> float:
    """Seconds of processor time these processes have used, to the microsecond; what has ended
    counts nothing."""
    total = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                total += int(task.read_text().split()[0])
    return total / 1e9


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float]) -> str:
    """median (least to most)"""
    return f"{statistics.median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"
