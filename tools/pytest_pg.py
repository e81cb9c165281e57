"""Gives the tests a PostgreSQL of their own and compiled translations, before pytest-django
reads the settings: Django looks a catalogue up once, and remembers that it was not there.

Ours (18) by default; Debian's 15 with CORTAFUEGOS_TEST_PG=15. It writes without waiting for the
disk: a test that is about crashes starts its own. `--only-database` keeps the tests that touch
the database, to run just those on the other version.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from cortafuegos.kit.catalogues import compile_stale
from cortafuegos.kit.postgres import EmbeddedPostgres

BINARIES = {"18": None, "15": Path("/usr/lib/postgresql/15/bin")}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


class _Session:
    folder: Path | None = None
    server: EmbeddedPostgres | None = None


def version() -> str:
    return os.environ.get("CORTAFUEGOS_TEST_PG", "18")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only tests that touch the database")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(args: list[str]) -> Generator[None, object, object]:
    if not {"-h", "--help", "--version", "-V"} & set(args):
        _start()
    return (yield)


def _start() -> None:
    os.environ["CORTAFUEGOS_TESTING"] = "1"
    os.environ["CORTAFUEGOS_HOLD"] = "0"  # tests of holding back choose their own seconds
    os.environ["CORTAFUEGOS_SECRET"] = "only for tests"
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # the controller started it, and we inherit its address
    compile_stale()
    if version() not in BINARIES:
        raise pytest.UsageError(f"CORTAFUEGOS_TEST_PG is one of {', '.join(BINARIES)}")
    _Session.folder = Path(tempfile.mkdtemp(prefix="cortafuegos-test-"))
    os.environ["CORTAFUEGOS_HOME"] = str(_Session.folder / "home")
    (_Session.folder / "home" / "static").mkdir(parents=True)
    _Session.server = EmbeddedPostgres(
        _Session.folder / "postgres", bin_folder=BINARIES[version()], settings=FAST
    )
    os.environ["DATABASE_URL"] = _Session.server.start()


def pytest_report_header() -> str:
    return f"database: PostgreSQL {version()}, thrown away at the end"


def pytest_unconfigure() -> None:
    if _Session.server:
        _Session.server.stop()
        _Session.server = None
    if _Session.folder:
        shutil.rmtree(_Session.folder, ignore_errors=True)


def touches_database(item: pytest.Item) -> bool:
    from django.test import TransactionTestCase

    fixtures = set(getattr(item, "fixturenames", ()))
    of_class = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or bool(fixtures & FIXTURES)
        or (of_class is not None and issubclass(of_class, TransactionTestCase))
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    others = [item for item in items if not touches_database(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in set(others)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.getoption("--only-database") and session.exitstatus == 5:
        session.exitstatus = 0  # a package may well have no such test
