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
    keep(kiosk)
    code, output = contract(tmp_path)
    assert code == 0, output
    assert int(re.findall(r"(\d+) passed", output)[0]) >= 12


def test_the_contract_catches_a_careless_channel(kiosk: Path, tmp_path: Path) -> None:
    """Each slip is one that somebody makes in their first afternoon."""
    keep(kiosk)
    slips = {
        'raise Forged("Kiosk pushes nothing")': "return None",
        "posted_at = note.at.astimezone(UTC)": "posted_at = note.at.replace(tzinfo=None)",
        "except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)": "except msgspec.MsgspecError",
        "return len(text)": "return len(text.encode())",
        "Limits(500,": "Limits(0,",
    }
    page = kiosk / "connector.py"
    source = page.read_text("utf-8")
    for right, wrong in slips.items():
        assert right in source
        source = source.replace(right, wrong)
    page.write_text(source, "utf-8")
    code, output = contract(tmp_path)
    assert code == 1, output
    caught = set(re.findall(r"FAILED \S+::(test_\w+)", output))
    assert caught >= {
        "test_unsigned_pushes_are_refused",
        "test_it_reads_what_the_samples_say",
        "test_broken_payloads_are_refused_with_a_reason",
        "test_longer_text_never_measures_less",
        "test_limits_are_positive",
    }


def keep(kiosk: Path) -> None:
    """What the page tells to do: look at what was read, and keep it when it is right."""
    samples = importlib.import_module("cortafuegos.channels.tests.samples")
    (sample,) = samples.samples("kiosk")
    posts = registry.connector("kiosk").read(samples.account("kiosk"), sample.delivery)
    assert posts[0].text == "@tienda ¿abrís hoy?"
    assert posts[0].addressed
    samples.main("kiosk")
    assert json.loads((kiosk / "samples" / "mention.posts.json").read_text("utf-8")) == samples.plain(posts)


def contract(tmp_path: Path) -> tuple[int, str]:
    """Run the contract's tests for Kiosk. They are collected by network, so they need a session
    of their own in which Kiosk is there."""
    (tmp_path / "conftest.py").write_text(
        f"from cortafuegos import channels\nchannels.__path__.insert(0, {str(tmp_path)!r})\n", "utf-8"
    )
    (tmp_path / "test_all.py").write_text("from cortafuegos.channels.tests.test_contract import *\n", "utf-8")
    options = ["-q", "-p", "no:cacheprovider", "-c", "/dev/null", f"--rootdir={tmp_path}", "-rf"]
    chosen = ["-k", "kiosk", "--ds=cortafuegos.settings", str(tmp_path)]
    command = [sys.executable, "-m", "pytest", *options, *chosen]
    ran = subprocess.run(command, cwd=PAGE.parent.parent, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout[-8000:] + ran.stderr[-2000:]


def test_the_signature_in_the_webhook_page_is_ours() -> None:
    from datetime import UTC, datetime

    from cortafuegos.channels.webhook import signing

    page = PAGE.with_name("channels") / "webhook.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S)
    said: dict[str, object] = {}
    exec(compile(code, str(page), "exec"), said)
    header = said["sign"]("s" * 30, b"{}")  # type: ignore[operator]
    assert signing.holds(["s" * 30], header, b"{}", datetime.now(UTC))
