"""The tables: "+" must be found, "-" must not; the reply; and, as JSON, what differs from the file's first
line, which is what is known around every reply of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cortafuegos.guard.lines import context_of
from cortafuegos.guard.values import Context, Draft

TABLES = Path(__file__).parent / "tables"


def rows(rule: str) -> Iterator[tuple[bool, str, dict[str, Any]]]:
    lines = (TABLES / f"{rule}.tsv").read_text(encoding="utf-8").splitlines()
    usual = json.loads(lines[0].removeprefix("#"))
    for line in lines[1:]:
        sign, reply, *more = line.split("\t")
        assert sign in ("+", "-"), line
        yield sign == "+", reply, usual | (json.loads(more[0]) if more else {})


def read(reply: str, known: dict[str, Any]) -> tuple[Draft, Context]:
    draft = Draft(reply, known.get("public") is not False)
    return draft, context_of(known, draft)
