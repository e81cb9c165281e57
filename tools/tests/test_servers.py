import os
from pathlib import Path

import pytest

from tools import servers


def test_without_root_the_one_line_to_run_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert servers.install_debian(["chromium", "redis-server"]) is False
    line = capsys.readouterr().out.splitlines()[-1].strip()
    assert line == "sudo apt-get install -y --no-install-recommends chromium redis-server"


def test_node_packages_are_made_only_when_their_lock_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(servers, "NODE", tmp_path)
    monkeypatch.setattr(servers, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(servers.shutil, "which", lambda name: name)
    monkeypatch.setattr(servers.subprocess, "run", lambda command, **_: ran.append(command))
    (tmp_path / "package-lock.json").write_text("{}")
    assert servers.install_node()
    assert servers.install_node()
    assert len(ran) == 1
    (tmp_path / "package-lock.json").write_text('{"new": 1}')
    assert servers.install_node()
    assert len(ran) == 2


def test_the_lock_names_no_address() -> None:
    lock = (servers.NODE / "package-lock.json").read_text()
    assert "resolved" not in lock
    assert lock.count('"integrity"') > 100
