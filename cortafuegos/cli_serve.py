"""The long-running processes, and what must be done before they start."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import ParamSpec

import click

from cortafuegos.kit import database_url, supervisor
from cortafuegos.kit.catalogues import compile_stale

STREAMS_MAY_END_IN = 3  # seconds; open streams would otherwise keep a stopping server alive

P = ParamSpec("P")


def with_desk(command: Callable[P, None]) -> Callable[P, None]:
    """Have a database at hand (ours is started when none is named) and Django set up."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        supervisor.end_with_supervisor()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortafuegos.settings")
        with database_url.at_hand():
            compile_stale()
            import django

            django.setup()
            command(*args, **kwargs)

    return run


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--prepared", is_flag=True, hidden=True, help="`prepare` has run just now.")
@with_desk
def web(host: str, port: int, prepared: bool) -> None:
    """Run the pages, the webhooks and the live updates, in one process."""
    import uvicorn

    if not prepared:
        collect_static()
    uvicorn.run(
        "cortafuegos.asgi:application",
        host=host,
        port=port,
        workers=1,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=STREAMS_MAY_END_IN,
    )


@click.command()
@with_desk
def worker() -> None:
    """Run what reads the networks, sends replies and keeps deadlines."""
    import_module("cortafuegos.worker.main").run()


@click.command()
@with_desk
def migrate() -> None:
    """Bring the database's tables up to date."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)


@click.command(hidden=True)
@click.option("--empty", is_flag=True, help="Begin with no demo data.")
@with_desk
def prepare(empty: bool) -> None:
    """Tables, static files and first data. The last line is JSON with a sign-in link."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    if find_spec("cortafuegos.worker.seed"):
        import_module("cortafuegos.worker.seed").ensure(empty=empty)
    from cortafuegos.cli_care import way_in

    click.echo(json.dumps({"link": way_in()}))


def collect_static() -> None:
    """Copy the files browsers fetch under names that carry their hash; only what changed."""
    from django.conf import settings
    from django.core.management import call_command

    if not (settings.DEBUG or settings.TESTING):
        call_command("collectstatic", interactive=False, verbosity=0)
