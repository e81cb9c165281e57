import gettext
import os
from pathlib import Path

import pytest

from cortafuegos.kit.catalogues import compile_stale

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "inbox/locale/es/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + 'msgid "Cases"\nmsgstr "Casos"\n', encoding="utf-8")
    return path


def said(po: Path, text: str) -> str:
    with po.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext(text)


def test_compiles_once(tmp_path: Path, po: Path) -> None:
    assert compile_stale(tmp_path) == [po]
    assert said(po, "Cases") == "Casos"
    assert compile_stale(tmp_path) == []


def test_compiles_again_when_the_source_is_newer(tmp_path: Path, po: Path) -> None:
    compile_stale(tmp_path)
    po.write_text(HEADER + 'msgid "Cases"\nmsgstr "Expedientes"\n', encoding="utf-8")
    later = po.with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(po, ns=(later, later))
    assert compile_stale(tmp_path) == [po]
    assert said(po, "Cases") == "Expedientes"
    assert [path.suffix for path in sorted(po.parent.iterdir())] == [".mo", ".po"]


def test_what_is_fuzzy_is_not_shown(tmp_path: Path, po: Path) -> None:
    po.write_text(HEADER + '#, fuzzy\nmsgid "Cases"\nmsgstr "Cosas"\n', encoding="utf-8")
    compile_stale(tmp_path)
    assert said(po, "Cases") == "Cases"
