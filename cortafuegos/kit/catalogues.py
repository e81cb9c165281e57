"""Translations: only the readable `.po` is kept with the source; the compiled `.mo` is made from
it here, whenever it is missing or older. Needs no gettext programs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def sources(root: Path = PACKAGE) -> Iterator[Path]:
    yield from sorted(root.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_stale(root: Path = PACKAGE) -> list[Path]:
    """Compile what is stale and say what was compiled. Safe when two processes do it at once."""
    return [po for po in sources(root) if _is_stale(po) and _compile(po)]


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def _compile(po: Path) -> bool:
    from babel.messages.mofile import write_mo  # only when there is something to do
    from babel.messages.pofile import read_po

    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parent.parent.name, domain=po.stem)
    draft = po.with_suffix(f".mo.{os.getpid()}")
    # A package that root installed may be read-only for us; it came with its .mo files.
    with contextlib.suppress(PermissionError):
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(po.with_suffix(".mo"))
        return True
    return False
