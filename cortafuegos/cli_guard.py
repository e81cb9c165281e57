"""`cortafuegos guard`: judge replies from the command line, with no database and no Django."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from gettext import translation
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from cortafuegos.guard.values import Context, Draft

LONGEST_LINE = 4 * 1024 * 1024  # bytes
CATALOGUES = Path(__file__).resolve().parent / "guard" / "locale"


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--language",
    type=click.Choice(["es", "en"]),
    help="Of the explanations. Without it, the terminal's; Spanish where that says nothing.",
)
@click.option("--strict", is_flag=True, help="End with status 1 when any line could not be read.")
def guard(file: BinaryIO, language: str | None, strict: bool) -> None:
    """Judge replies: JSON lines in (FILE or standard input), JSON lines out.

    A line is {"id", "reply"} and, where known, "public", "network", "language", "first_answer",
    "message", "intent", "cause", "urgency", "customer", "agent", "history", "channel_moves",
    "consecutive_dms", "posture", "formality". Out comes {"id", "verdict", "findings"}. A line that
    cannot be read becomes {"line", "error"}, and the rest goes on.
    """
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", line_buffering=False)
    bad = 0
    try:
        for answer, read in judged(_lines(file), translator(language or _terminals())):
            bad += not read
            out.write(answer + "\n")
        out.flush()
    except BrokenPipeError:
        os._exit(0)  # whoever read us has had enough
    if bad:
        click.echo(f"{bad} of the lines could not be read.", err=True)
        if strict:
            sys.exit(1)


def judged(lines: Iterable[tuple[int, bytes]], translate: Callable[[str], str]) -> Iterator[tuple[str, bool]]:
    """An answer per line, and whether the line could be read."""
    from cortafuegos.guard import lines as form
    from cortafuegos.guard.rules import check

    said = Said()
    for number, raw in lines:
        try:
            if len(raw) > LONGEST_LINE:
                raise form.BadLine("longer than 4 MiB")
            named, draft, context = form.parse(raw.decode("utf-8"))
        except UnicodeDecodeError:
            yield _error(number, "not UTF-8"), False
        except form.BadLine as error:
            yield _error(number, str(error)), False
        else:
            context = said.known(context)
            yield form.result(named, check(draft, context), translate), True
            said.remember(draft, context)


class Said:
    """What this run has said in public and to whom, so that the same words to one customer after
    another are seen. Only where the customers are named: one reply judged thrice is no copy."""

    MOST = 500

    def __init__(self) -> None:
        self._said: dict[str, str] = {}

    def known(self, context: Context) -> Context:
        others = tuple(text for name, text in self._said.items() if name != context.customer)
        return (
            replace(context, recent_public=(*context.recent_public, *others)) if context.customer else context
        )

    def remember(self, draft: Draft, context: Context) -> None:
        if draft.public and context.customer:
            self._said.pop(context.customer, None)
            self._said[context.customer] = draft.text
            if len(self._said) > self.MOST:
                self._said.pop(next(iter(self._said)))


def translator(language: str) -> Callable[[str], str]:
    """From the compiled catalogue; compiled here first when only its source is there."""
    if language == "en":
        return str
    from cortafuegos.kit.catalogues import compile_stale

    compile_stale(CATALOGUES.parent)
    return translation("django", localedir=CATALOGUES, languages=[language], fallback=True).gettext


def _terminals() -> str:
    named = next((os.environ[one] for one in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(one)), "")
    return "en" if named.lower().startswith("en") else "es"


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    for number, raw in enumerate(file, 1):
        if stripped := raw.removeprefix(b"\xef\xbb\xbf").strip():
            yield number, stripped


def _error(number: int, why: str) -> str:
    return json.dumps({"line": number, "error": why}, ensure_ascii=False)
