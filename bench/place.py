"""A throw-away installation to measure in."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path


@contextlib.contextmanager
def installation(keep: Path | None = None) -> Iterator[Path]:
    """A home with a migrated database and Django set up on it."""
    home = keep or Path(tempfile.mkdtemp(prefix="cortafuegos-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        CORTAFUEGOS_HOME=str(home),
        CORTAFUEGOS_SECRET="only for the bench",  # noqa: S106
        CORTAFUEGOS_LOG_LEVEL="WARNING",
        DJANGO_SETTINGS_MODULE="cortafuegos.settings",
    )
    from cortafuegos.kit.postgres import EmbeddedPostgres

    server = EmbeddedPostgres(home / "postgres")
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


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float]) -> str:
    """median (least to most)"""
    return f"{statistics.median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"
