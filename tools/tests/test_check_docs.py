from pathlib import Path

import pytest

from tools import check_docs


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "cortafuegos").mkdir()
    (tmp_path / "Makefile").write_text("run: env\ntest:\n")
    return tmp_path


def test_links(root: Path) -> None:
    page = root / "README.md"
    page.write_text("[a](docs/a.md) [b](docs/b.md#part) [c](https://x.test) ![d](d.png)")
    (root / "docs/a.md").write_text("")
    told = list(check_docs.broken_links([page], root))
    assert [line.split()[-3] for line in told] == ["docs/b.md", "d.png"]


def test_settings_both_ways(root: Path) -> None:
    (root / "cortafuegos/a.py").write_text("os.environ.get('CORTAFUEGOS_NEW')")
    (root / "docs/settings.md").write_text("`CORTAFUEGOS_OLD`: was once")
    told = list(check_docs.settings_unexplained(root))
    assert ["CORTAFUEGOS_NEW" in told[0], "CORTAFUEGOS_OLD" in told[1]] == [True, True]


def test_commands_and_targets(root: Path) -> None:
    told = list(check_docs.commands_unexplained("`cortafuegos up` `cortafuegos fly`"))
    assert any("`cortafuegos web` stands in no document" in line for line in told)
    assert any("no command `cortafuegos fly`" in line for line in told)
    assert not any("cortafuegos up" in line for line in told)
    assert list(check_docs.targets_missing("`make run`\n\nmake fly\n", root)) == [
        "docs: there is no `make fly`"
    ]


def test_length_and_forbidden_words(root: Path) -> None:
    long = root / "long.py"
    long.write_text("x\n" * 301)
    named = root / "named.cfg"
    named.write_text("ok\nindex = https://" + "pypi" + ".org/simple\npath = /wo" + "rk/x\n")
    assert list(check_docs.too_long([long], root)) == ["long.py: 301 lines, more than 300; split it"]
    assert [line.split(":")[1] for line in check_docs.forbidden([named], root)] == ["2", "3"]
