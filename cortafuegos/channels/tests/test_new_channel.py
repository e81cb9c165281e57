"""docs/new-channel.md is true: its Kiosk is built from the page and meets the contract."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cortafuegos
from cortafuegos import channels
from cortafuegos.channels import registry

PAGE = Path(cortafuegos.__path__[0]).parent / "docs" / "new-channel.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.S)


@pytest.fixture
def kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder the page tells to make, outside of the checkout but found like any other."""
    folder = tmp_path / "kiosk"
    (folder / "samples").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "connector.py").write_text("\n".join(blocks("python")), "utf-8")
    account, sample = blocks("json")
    (folder / "samples" / "account.json").write_text(account, "utf-8")
    (folder / "samples" / "mention.json").write_text(sample, "utf-8")
    monkeypatch.setattr(channels, "__path__", [str(tmp_path), *channels.__path__])
    registry.networks.cache_clear()
    yield folder
    for name in [m for m in sys.modules if m.startswith("cortafuegos.channels.kiosk")]:
        del sys.modules[name]
    registry.networks.cache_clear()
    registry.connector.cache_clear()


def test_the_page_builds_a_channel_that_is_found(kiosk: Path) -> None:
    assert "kiosk" in registry.networks()
    assert registry.connector("kiosk").network == "kiosk"


def test_the_channel_of_the_page_meets_the_contract(kiosk: Path, tmp_path: Path) -> None:
    samples = importlib.import_module("cortafuegos.channels.tests.samples")
    (sample,) = samples.samples("kiosk")
    posts = registry.connector("kiosk").read(samples.account("kiosk"), sample.delivery)
    assert posts[0].text == "@tienda ¿abrís hoy?"
    assert posts[0].addressed
    (kiosk / "samples" / "mention.posts.json").write_text(json.dumps(samples.plain(posts)), "utf-8")

    # The contract's tests are collected by network, so they need a session where Kiosk is there.
    (tmp_path / "conftest.py").write_text(
        f"from cortafuegos import channels\nchannels.__path__.insert(0, {str(tmp_path)!r})\n",
        "utf-8",
    )
    (tmp_path / "test_all.py").write_text("from cortafuegos.channels.tests.test_contract import *\n", "utf-8")
    options = ["-q", "-p", "no:cacheprovider", "-c", "/dev/null", f"--rootdir={tmp_path}"]
    chosen = ["-k", "kiosk", "--ds=cortafuegos.settings", str(tmp_path)]
    command = [sys.executable, "-m", "pytest", *options, *chosen]
    ran = subprocess.run(command, cwd=PAGE.parent.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-2000:]
    assert int(re.search(r"(\d+) passed", ran.stdout)[1]) >= 10  # type: ignore[index]


def test_the_signature_in_the_webhook_page_is_ours() -> None:
    from datetime import UTC, datetime

    from cortafuegos.channels.webhook import signing

    page = PAGE.with_name("channels") / "webhook.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S)
    said: dict[str, object] = {}
    exec(compile(code, str(page), "exec"), said)
    header = said["sign"]("s" * 30, b"{}")  # type: ignore[operator]
    assert signing.holds(["s" * 30], header, b"{}", datetime.now(UTC))
