"""`cortafuegos doctor`: what is wrong with an installation, in plain words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator

import click

from cortafuegos.kit import database_url
from cortafuegos.worker.checkup.finding import Finding, Level, mend

MARKS = {Level.OK: "ok   ", Level.WATCH: "watch", Level.MEND: "MEND "}
Check = Callable[[], Iterable[Finding]]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def doctor(as_json: bool) -> None:
    """Check this installation and say what to mend.

    Ends with 1 when something needs a person. Changes nothing.
    """
    findings = list(examine())
    ill = any(finding.level is Level.MEND for finding in findings)
    if as_json:
        told = [{"subject": f.subject, "level": f.level, "sentence": f.sentence} for f in findings]
        click.echo(json.dumps({"ok": not ill, "findings": told}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.level]} {finding.sentence}")
    if ill:
        raise click.exceptions.Exit(1)


def examine() -> Iterator[Finding]:
    """Every check, on a database that runs already or is started for as long as we look."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortafuegos.settings")
    try:
        with database_url.at_hand():
            import django

            os.environ.setdefault("CORTAFUEGOS_LOG_LEVEL", "ERROR")
            django.setup()
            yield from _look()
    except (ValueError, RuntimeError, OSError) as error:  # a bad address, a server that does not start
        yield mend("database", f"the database cannot be used: {_first_line(error)}")


def _look() -> Iterator[Finding]:
    from cortafuegos.worker.checkup import desk, machine, mail

    findings = list(_each(machine.CHECKS))
    yield from findings
    answers = {f.subject for f in findings if f.level is not Level.MEND}
    if {"database", "migrations"} <= answers:  # else the desk's tables cannot be asked
        yield from _each((*desk.CHECKS, *mail.CHECKS))


def _each(checks: Iterable[Check]) -> Iterator[Finding]:
    """A check that fails itself is a finding, and the others go on."""
    for check in checks:
        try:
            yield from check()
        except Exception as error:
            name = getattr(check, "__name__", "check")
            yield mend(name, f"could not be looked at ({name}): {type(error).__name__}")


def _first_line(error: BaseException) -> str:
    from cortafuegos.kit.log import clean_text

    lines = str(error).strip().splitlines()
    return clean_text(lines[0]) if lines else type(error).__name__
