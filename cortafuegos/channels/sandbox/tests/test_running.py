"""The network alone, as its command runs it: a process with a heartbeat."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette

from cortafuegos.channels.contract import AccountView
from cortafuegos.channels.sandbox import accounts, server
from cortafuegos.channels.sandbox.client import http
from cortafuegos.channels.sandbox.connector import connector
from cortafuegos.channels.sandbox.stories import quiet_tuesday

from .conftest import Ear, Network, until
from .test_circle import news


@pytest.mark.slow
def test_the_command_runs_a_whole_network(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "cortafuegos", "sandbox", "--port", str(port), "--store",
               str(tmp_path / "red.sqlite3")]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        token = re.search(
            r"@marnalba_ayuda, token (\S+)", "".join(process.stdout.readline() for _ in range(3))
        )
        assert token
        address = f"http://127.0.0.1:{port}"
        until(lambda: _answers(port), seconds=60)
        found = connector.connect({"address": address, "token": token[1]})
        desk = AccountView(
            1, "sandbox", found.network_id, found.handle, "es", found.config, found.credentials
        )
        until(lambda: len(news(desk)) > 15, seconds=30)  # the customers of the past hours
        page = http().get(f"{address}/", headers={"Accept-Language": "es"}).text
        assert "Lo que dicen todos" in page
        assert page.count("<article") > 30
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_heartbeat_pushes_by_itself(
    network: Network, desk: AccountView, ear: Ear, serve: Callable[[Starlette], str]
) -> None:
    app = server.build(network.store.path)
    serve(app)
    try:
        network.says("marta", "@tienda_ayuda hola")
        until(lambda: ear.heard)
        network.admin("PUT", "story", running=True)
        with network.store.write() as db:
            for brand in (quiet_tuesday().brand.main, quiet_tuesday().brand.support):
                accounts.ensure(db, brand.handle, brand=1)
        until(lambda: network.count() > 30)
    finally:
        app.state.runner.stop()
