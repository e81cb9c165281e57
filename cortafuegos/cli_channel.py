"""`cortafuegos channel check`: what a person with a real account runs to prove that it works."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cortafuegos.cli_serve import with_desk

if TYPE_CHECKING:
    from cortafuegos.channels.models import Account
    from cortafuegos.channels.trial import Finding

MARKS = {"proved": ("yes", "green"), "failed": ("NO", "red"), "open": ("open", "yellow")}


@click.group()
def channel() -> None:
    """Look after the connection to a network."""


@channel.command()
@click.argument("account")
@click.option("--write", is_flag=True, help="Also write to the account itself, find it, and take it back.")
@click.option("--yes", is_flag=True, help="Write without asking first.")
@click.option("--language", type=click.Choice(["en", "es"]), default="en", show_default=True)
@with_desk
def check(account: str, write: bool, yes: bool, language: str) -> None:
    """Prove that ACCOUNT works: its number, its handle, or network/handle.

    Asks the network whether it lets us in, how long answers may be and what is new, and reads what
    comes; it stores nothing. With --write it says what it would write, and asks. Ends with 0 when
    nothing failed, 1 when something did, 2 when there is no such account. What could not be proved is
    said, and why.
    """
    from django.utils import translation

    from cortafuegos.channels import trial
    from cortafuegos.kit import clock

    found = _account(account)
    click.echo(f"{found.network}/{found.handle}, account {found.pk} of {found.brand.slug}")
    with translation.override(language):
        findings = trial.look(found, clock.now())
        if write:
            findings += trial.rehearse(found, clock.now(), agreed=lambda plan: yes or _agreed(plan))
        _tell(findings)
    if not write:
        click.echo("Sending was not tried: --write writes to the account itself and takes it back.")
    sys.exit(any(finding.verdict is trial.Verdict.FAILED for finding in findings))


def _agreed(plan: str) -> bool:
    """What is going to be written is said before it is; whoever cannot answer has not agreed."""
    click.echo(plan)
    try:
        return click.confirm("Write it?")
    except click.Abort:
        click.echo("")
        return False


def _tell(findings: Sequence[Finding]) -> None:
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        word, colour = MARKS[finding.verdict.value]
        mark = click.style(f"{word:>4}", fg=colour, bold=finding.verdict.value == "failed")
        click.echo(f"{mark}  {finding.what:<{width}}  {finding.said}")


def _account(named: str) -> Account:
    from cortafuegos.channels.models import Account

    network, _, handle = named.rpartition("/")
    wanted: dict[str, Any] = {"pk": int(named)} if named.isdecimal() else {"handle": handle.removeprefix("@")}
    if network:
        wanted["network"] = network
    live = Account.objects.filter(removed_at=None).select_related("brand")
    found = list(live.filter(**wanted).order_by("pk"))
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.pk} ({one.network}/{one.handle})" for one in found or live.order_by("pk")[:20])
    problem = "There are several of that name" if found else "There is no such account"
    raise click.BadParameter(f"{problem}. Choose by number: {known or 'none is connected'}.")
