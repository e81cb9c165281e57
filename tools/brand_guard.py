"""Law 8: a row belongs to one brand; a query without a brand fails the test that runs it.

Every statement that goes through psycopg is looked at, Django's and our own alike. One that reads,
changes or deletes rows of a table that belongs to brands must say which brand, or name its rows by
their primary key in a way that only Django itself uses (following a foreign key, saving a row it
has loaded). What tests ask for on their own account is their own business.

The few places that serve all brands at once, and must, are listed in ``INFRASTRUCTURE``.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = str(ROOT / "cortafuegos")
HELPERS = (f"{OURS}/kit/sql.py", f"{OURS}/kit/compiled.py")

# file and function: why it may
INFRASTRUCTURE: dict[str, str] = {
    "channels/receipts/postgres.py": "the log of arrivals serves all brands; a worker takes the oldest",
    "channels/polling.py": "each account is polled in its turn, whoever owns it",
    "channels/actions.py": "writes what the network said of one account, by its key",
    "inbox/intake.py": "the accounts of the receipts it holds, by key",
    "inbox/actions/clocks.py:strike": "deadlines strike for all brands; the rows bring their brand along",
    "inbox/actions/promises.py:strike": "so do promises; each row brings its brand along",
    "inbox/actions/asking.py:strike": "and questions inside",
    "inbox/actions/asking_links.py:find": "a link's signed key says which row, and of which brand",
    "inbox/asking_letters.py": "a job knows one letter by its link's key",
    "inbox/actions/turns.py:waiting": "the sweep serves all brands and only learns numbers",
    "inbox/actions/overdue.py:strike": "so do approvals; each row brings its brand along",
    "inbox/actions/outbox.py:claim": "a job knows one reply by its key",
    "inbox/actions/intervening.py:waiting": "the sweep serves all brands and only learns numbers",
    "inbox/actions/intervening.py:claim": "a job knows one by its key",
    "inbox/actions/looking.py:look": "the encoder serves all brands; each case is then read by its own",
    "inbox/importing/restoring.py:_free_keys": "a reply's key is one of a kind among all brands",
    "team/access.py": "in which brands a person is",
    "team/links.py": "a link's token says which row; its hash is unique",
    "worker/checkup/": "the doctor looks at the whole installation",
    "web/edge/": "a webhook's address names the account by a random number",
}

_DJANGO_BY_KEY = (
    "django/db/models/fields/related_descriptors.py",  # following a foreign key of a row we hold
    "django/db/models/base.py",  # saving or reading again a row we hold
    "django/db/models/deletion.py",  # what hangs on a row we delete
)


def brand_tables() -> frozenset[str]:
    from django.apps import apps

    return frozenset(
        model._meta.db_table
        for model in apps.get_app_config("cortafuegos").get_models()
        if any(field.name == "brand" for field in model._meta.fields)
    )


_VERB = re.compile(r"\s*(?:WITH\b|SELECT\b|UPDATE\b|DELETE\b)", re.IGNORECASE)
_TABLE = re.compile(r'\b(?:FROM|JOIN|UPDATE)\s+"?(cortafuegos_\w+)"?', re.IGNORECASE)
_BRAND = re.compile(r'brand_id"?\s*(?:=|IN\b)|"cortafuegos_brand"\."(?:id|slug)"\s*=', re.IGNORECASE)


@functools.cache
def unbranded(statement: str, tables: frozenset[str]) -> str:
    """The table that is asked without a brand, or nothing. What is inserted names its brand by
    itself: the column takes no null."""
    if not _VERB.match(statement) or _BRAND.search(statement):
        return ""
    return next((str(name) for name in _TABLE.findall(statement) if name in tables), "")


def caller(frame: FrameType | None) -> tuple[str, str]:
    """Our nearest function up the stack, as "file:function", and how Django came to ask."""
    by = ""
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(OURS) and path not in HELPERS:
            return f"{path.removeprefix(OURS + '/')}:{frame.f_code.co_name}", by
        for known in _DJANGO_BY_KEY:
            if path.endswith(known):
                by = known
        if path.startswith(str(ROOT)) and "/.venv/" not in path and path not in HELPERS:
            return "", by  # a test or a tool
        frame = frame.f_back
    return "", by


def excused(where: str) -> bool:
    if not where or "/tests/" in where or where.startswith("migrations/"):
        return True
    return any(where.startswith(known) for known in INFRASTRUCTURE)


class Watch:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.tables: frozenset[str] = frozenset()

    def look(self, query: Any) -> None:
        statement = query.decode() if isinstance(query, bytes) else query
        if not isinstance(statement, str) or not self.tables:
            return
        table = unbranded(statement, self.tables)
        if not table:
            return
        where, by = caller(sys._getframe(2))
        if not excused(where) and not by:
            self.found.setdefault(where, f"{table}: {' '.join(statement.split())[:300]}")


_watch = Watch()


def _watched(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        _watch.look(query)
        return original(self, query, *args, **kwargs)

    return execute


def pytest_configure(config: pytest.Config) -> None:
    for kind in (psycopg.Cursor, psycopg.ClientCursor, psycopg.ServerCursor):
        if "execute" in vars(kind) or kind is psycopg.Cursor:
            kind.execute = _watched(kind.execute)  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def every_query_has_its_brand(request: pytest.FixtureRequest) -> Iterator[None]:
    if not _watch.tables:
        _watch.tables = brand_tables()
    _watch.found.clear()
    yield
    found = dict(_watch.found)
    _watch.found.clear()
    if found:
        lines = [f"  {where}\n    {what}" for where, what in sorted(found.items())]
        pytest.fail("a query without a brand (law 8):\n" + "\n".join(lines), pytrace=False)
