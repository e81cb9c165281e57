"""`cortafuegos import` and `cortafuegos export`."""

from __future__ import annotations

import re
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import click

from cortafuegos.cli_serve import with_desk

if TYPE_CHECKING:
    from cortafuegos.channels.models import Account
    from cortafuegos.inbox.importing.history import Outcome
    from cortafuegos.team.models import Brand

NETWORK = re.compile(r"[a-z][a-z0-9_]{0,19}")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _brand(slug: str) -> Brand:
    from cortafuegos.team.models import Brand

    brand = Brand.objects.filter(slug=slug).first()
    if brand is None:
        known = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        raise click.BadParameter(f"There is no brand {slug}. There is: {known}.", param_hint="--brand")
    return brand


def _new_brand(slug: str) -> Brand:
    from django.core.validators import slug_re

    from cortafuegos.team.models import Brand

    if not slug_re.match(slug):
        raise click.BadParameter(
            "Only letters, digits, - and _ in a brand's short name.", param_hint="--brand"
        )
    return Brand.objects.get_or_create(slug=slug, defaults={"name": slug})[0]


def _account(brand: Brand, account_id: int | None, network: str) -> Account:
    from cortafuegos.channels.models import Account
    from cortafuegos.inbox.importing.accounts import archive

    if account_id is None:
        if not NETWORK.fullmatch(network):
            raise click.BadParameter("A network is named by a small word, as x.", param_hint="--network")
        return archive(brand, network)
    account = Account.objects.filter(brand=brand, pk=account_id).first()
    if account is None:
        raise click.BadParameter(
            f"{brand.slug} has no account {account_id}: see the address of its page.", param_hint="--account"
        )
    return account


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--brand", "slug", required=True, help="The brand's short name, as in its address.")
@click.option("--account", "account_id", type=int, help="Hang the messages on this account of the brand.")
@click.option("--network", default="x", show_default=True, help="Else: on an archive of this network.")
@click.option("--format", "form", type=click.Choice(["auto", "jsonl", "csv"]), default="auto")
@click.option("--as", "ours", multiple=True, metavar="HANDLE", help="An author who is the brand. Repeatable.")
@click.option("--encoding", default="utf-8", show_default=True)
@click.option("--create", is_flag=True, help="Restoring an export: make the brand when there is none.")
@click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), help="Where bad rows go.")
@with_desk
def import_(
    file: Path,
    slug: str,
    account_id: int | None,
    network: str,
    form: str,
    ours: tuple[str, ...],
    encoding: str,
    create: bool,
    refused: Path | None,
) -> None:
    """Bring in history: FILE holds messages, as CSV or JSON lines, or is an export of ours.

    What is imported becomes closed cases. Doing it again adds nothing; after an interruption, do it
    again to go on. See docs/import-export.md.
    """
    from cortafuegos.inbox.importing.history import default_refused_path
    from cortafuegos.inbox.importing.restoring import is_export, restore
    from cortafuegos.inbox.importing.source import Source, Unusable

    try:
        with Source(file, encoding) as source:
            restoring = form != "csv" and is_export(source)
            brand = _new_brand(slug) if restoring and create else _brand(slug)
            if restoring:
                with click.progressbar(length=source.size, label="Restoring", show_pos=True) as bar:
                    counts = restore(source, brand, bar.update)
                click.echo("Restored: " + ", ".join(f"{n} {kind}" for kind, n in counts.items()) + ".")
                return
            account = _account(brand, account_id, network)
            _history(source, account, form, ours, refused or default_refused_path(file))
    except Unusable as unusable:
        raise click.ClickException(str(unusable)) from None


def _history(source: object, account: Account, form: str, ours: tuple[str, ...], refused: Path) -> None:
    from cortafuegos.inbox.importing.history import History
    from cortafuegos.inbox.importing.source import Source

    assert isinstance(source, Source)  # noqa: S101 - for the type checker; imports stay lazy
    started = time.monotonic()
    history = History(source, account, form=form, ours=ours)
    with refused.open("wb") as bad:
        click.echo("Reading the file ...")
        total = history.plan(bad)
    passed = 0
    with click.progressbar(length=total, label="Importing", show_pos=True) as bar:
        for done in history.run(source.path.name):
            bar.update(done - passed)
            passed = done
    _tell(history.outcome, time.monotonic() - started, refused)


def _tell(outcome: Outcome, seconds: float, refused: Path) -> None:
    rate = outcome.rows / max(seconds, 0.001)
    click.echo(
        f"{outcome.messages} new messages in {outcome.cases} new cases, of {outcome.rows} rows"
        f" ({seconds:.1f} s, {rate:.0f} rows/s)."
    )
    if outcome.done_before:
        click.echo(f"{outcome.done_before} rows had been imported before.")
    if outcome.repeated:
        click.echo(f"{outcome.repeated} rows repeat another row's id and were left out.")
    if outcome.left_out:
        click.echo(f"{outcome.left_out} rows are in conversations without the brand and were left out.")
    if outcome.refused:
        click.echo(f"{outcome.refused} rows could not be read. They stand, with the reason, in {refused}.")
    else:
        refused.unlink()


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True), default="-")
@click.option("--brand", "slug", required=True, help="The brand's short name, as in its address.")
@with_desk
def export(file: str, slug: str) -> None:
    """Write everything of a brand to FILE (or standard output), as JSON lines.

    No passwords and no credentials of networks are in it. A name that ends in .gz is packed.
    """
    import gzip

    from cortafuegos.inbox.exporting import export as write

    brand = _brand(slug)
    with ExitStack() as closing:
        target: IO[bytes]
        if file == "-":
            target = sys.stdout.buffer
        elif file.endswith(".gz"):
            target = cast(IO[bytes], closing.enter_context(gzip.open(file, "wb", compresslevel=5)))
        else:
            target = closing.enter_context(Path(file).open("wb"))
        counts = write(brand, target)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    click.echo(f"Exported {brand.slug}: {told}.", err=True)
