"""The command ``cortafuegos sandbox``: the pretend network alone, for drills and development."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--port", default=8090, show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--store",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("sandbox.sqlite3"),
    show_default=True,
    help="File that holds the network; made when it is not there.",
)
@click.option("--base-url", default="", help="Where browsers find it, behind a proxy.")
@click.option("--paused", is_flag=True, help="Do not tell the stories of the quiet Tuesday.")
def sandbox(port: int, host: str, store: Path, base_url: str, paused: bool) -> None:
    """Run the sandbox network: a pretend social network with a page to play the customer."""
    import uvicorn

    _words()
    from . import demo
    from .server import build

    address = base_url or f"http://{host}:{port}"
    prepared = demo.prepare(store, address, running=not paused)
    app = build(store, base_url=address)
    click.echo(f"sandbox: {address}/  (network kept in {store})")
    for account in prepared:
        click.echo(f"sandbox: @{account['handle']}, token {account['credentials']['token']}")
    click.echo(f"sandbox: admin token {app.state.store.admin_token}")
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)


def _words() -> None:
    """The page speaks through Django's templates and translations; alone, it needs no more of the
    desk than that: no database, no secret."""
    import django
    from django.conf import settings

    from cortafuegos.kit.catalogues import compile_stale

    here = Path(__file__).parent
    compile_stale(here)
    settings.configure(
        INSTALLED_APPS=["django.contrib.humanize"],
        LANGUAGE_CODE="es",
        LOCALE_PATHS=[here / "locale"],
        USE_TZ=True,
    )
    django.setup()
