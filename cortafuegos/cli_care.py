"""Looking after an installation."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from cortafuegos.cli_serve import with_desk

if TYPE_CHECKING:
    from cortafuegos.team.models import User

OLDEST_POSTGRES = 15


def owner() -> User | None:
    """Whom `up` lets in: the first administrator, or the first person at all."""
    from cortafuegos.team.models import User

    return User.objects.filter(is_active=True).order_by("-is_superuser", "pk").first()


def sign_in_link(user: User) -> str:
    from django.conf import settings
    from django.urls import reverse

    from cortafuegos.team import links

    return f"{settings.PUBLIC_URL}{reverse('web:sign-in-link', args=[links.sign_in_link(user)])}"


def way_in() -> str:
    """What `up` prints: a link for the owner, or the first-run page when there is nobody yet."""
    from django.conf import settings
    from django.urls import reverse

    from cortafuegos.team import links

    who = owner()
    if who:
        return sign_in_link(who)
    return f"{settings.PUBLIC_URL}{reverse('web:setup', args=[links.setup_token()])}"


@click.command()
@click.argument("email")
@with_desk
def signin(email: str) -> None:
    """Print a link that signs EMAIL in once, within a day."""
    from cortafuegos.team.models import User

    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise click.ClickException(f"Nobody active here has the address {email}.")
    click.echo(sign_in_link(user))


@click.command()
@with_desk
def doctor() -> None:
    """Check this installation and say what to mend."""
    bad = 0
    for check in CHECKS:
        for fine, line in check():
            click.echo(("ok    " if fine else "MEND  ") + line)
            bad += not fine
    if bad:
        raise click.exceptions.Exit(1)


Findings = Iterator[tuple[bool, str]]


def _home() -> Findings:
    from cortafuegos.kit.home import home

    folder = home()
    yield os.access(folder, os.W_OK), f"data in {folder}"
    key = folder / "secret.key"
    if key.exists():
        closed = stat.S_IMODE(key.stat().st_mode) & 0o077 == 0
        yield closed, f"the secret is closed to others (chmod 600 {key})"


def _database() -> Findings:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('server_version_num')::int / 10000")
            version = cursor.fetchone()[0]
    except DatabaseError as error:
        yield False, f"the database does not answer: {str(error).strip().splitlines()[0]}"
        return
    yield version >= OLDEST_POSTGRES, f"PostgreSQL {version} ({OLDEST_POSTGRES} or later is needed)"
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield not waiting, f"{len(waiting)} changes of tables wait (cortafuegos migrate)"


def _address() -> Findings:
    from django.conf import settings

    local = any(name in settings.PUBLIC_URL for name in ("127.0.0.1", "localhost"))
    safe = settings.PUBLIC_URL.startswith("https://") or local
    yield safe, f"reached at {settings.PUBLIC_URL} (a public address needs https: CORTAFUEGOS_URL)"


def _translations() -> Findings:
    from cortafuegos.kit import catalogues

    stale = [po for po in catalogues.sources() if not po.with_suffix(".mo").exists()]
    yield not stale, f"{len(stale)} catalogues are not compiled"


CHECKS: tuple[Callable[[], Findings], ...] = (_home, _database, _address, _translations)
