"""`cortafuegos up`: the whole desk on one machine.

This process stays small: it imports neither Django nor the desk, only watches over those who do.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time

import click

from cortafuegos.kit import database_url, supervisor
from cortafuegos.kit.home import home
from cortafuegos.kit.postgres_install import PostgresError

OURSELVES = (sys.executable, "-m", "cortafuegos")


def _say(line: str) -> None:
    click.echo(line, err=False)
    sys.stdout.flush()


@click.command()
@click.option("--empty", is_flag=True, help="Begin with no demo data.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def up(empty: bool, host: str, port: int) -> None:
    """Run the whole desk: database, pages and worker. Ctrl-C stops all of it."""
    if supervisor.answers(host, port):
        raise click.ClickException(f"Something already listens on port {port}. Try --port {port + 1}.")
    local = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - not a bind
    os.environ.setdefault("CORTAFUEGOS_URL", f"http://{local}:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortafuegos.settings")
    began = time.monotonic()
    watcher = supervisor.Supervisor(_say)
    with watcher.listening_to_signals(), contextlib.ExitStack() as stack:
        database = _start_database(stack)
        stack.callback(watcher.stop)  # before the database, which stops last
        try:
            _say("Preparing tables and first data")
            link = _prepare(watcher, empty)
        except supervisor.Stopped:
            return
        watcher.add("web", [*OURSELVES, "web", "--prepared", "--host", host, "--port", str(port)])
        watcher.add("worker", [*OURSELVES, "worker"])
        if watcher.wait_for_port(host, port):
            _greet(link, time.monotonic() - began)
        watcher.watch(database)
        _say("Stopping")


def _start_database(stack: contextlib.ExitStack) -> supervisor.Tick:
    if os.environ.get("DATABASE_URL"):
        return lambda: None
    server = database_url.embedded()
    _say(f"Starting PostgreSQL, data in {server.data}")
    try:
        os.environ["DATABASE_URL"] = server.start()
    except PostgresError as error:
        raise click.ClickException(str(error)) from None
    stack.callback(server.stop)
    ours = server.owned_and_running()

    def keep_alive() -> None:
        if ours and not server.owned_and_running():
            _say("PostgreSQL ended; starting it again")
            try:
                server.start()
            except PostgresError as error:
                _say(str(error))

    return keep_alive


def _prepare(watcher: supervisor.Supervisor, empty: bool) -> str:
    try:
        output = watcher.run_once([*OURSELVES, "prepare", *(["--empty"] if empty else [])])
    except subprocess.CalledProcessError:
        raise click.ClickException("The desk could not be prepared; the reason stands above.") from None
    return str(json.loads(output.splitlines()[-1]).get("link", ""))


def _greet(link: str, seconds: float) -> None:
    _say(f"\nCortafuegos runs on {os.environ['CORTAFUEGOS_URL']} (ready in {seconds:.1f} s)")
    if link:
        _say(f"Your way in: {link}")
    _say(f"Everything it keeps is in {home()}. Ctrl-C stops it.\n")
