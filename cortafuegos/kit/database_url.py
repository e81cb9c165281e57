"""DATABASE_URL: which PostgreSQL the desk uses."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cortafuegos.kit.home import home
from cortafuegos.kit.postgres import EmbeddedPostgres


def embedded() -> EmbeddedPostgres:
    """The server that comes with the package, with its data in the desk's home."""
    return EmbeddedPostgres(home() / "postgres")


def current() -> str:
    """DATABASE_URL, or the address of the embedded server, whether or not it runs."""
    return os.environ.get("DATABASE_URL") or embedded().url


@contextlib.contextmanager
def at_hand() -> Iterator[None]:
    """Inside, a database answers: the named one, or ours, started now or joined if it runs."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with embedded() as server:
        os.environ["DATABASE_URL"] = server.url
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


def parse(url: str) -> dict[str, Any]:
    """Django's words for the address. A socket's folder comes as `?host=/folder`; what else
    stands after the question mark goes to the driver (`sslmode`, `application_name`, ...)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError("DATABASE_URL must name a database: postgresql://user@host/name")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "OPTIONS": options,
    }
