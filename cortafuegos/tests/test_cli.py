import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import psycopg
import pytest

from cortafuegos import cli
from cortafuegos.kit.postgres import EmbeddedPostgres

OURSELVES = [sys.executable, "-m", "cortafuegos"]
# What `up` needs of the environment, without the tests' own database.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith("CORTAFUEGOS_") and name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
}


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_is_quick_and_imports_neither_django_nor_the_database() -> None:
    program = (
        "import sys; from cortafuegos.cli import cli; cli(['--help'], standalone_mode=False);"
        "print(sorted({'django', 'psycopg', 'uvicorn', 'httpx'} & set(sys.modules)))"
    )
    best = 9.0  # seconds of processor: a busy machine is not our fault
    for _ in range(3):
        began = processor_seconds()
        output = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout
        best = min(best, processor_seconds() - began)
    assert output.splitlines()[-1] == "[]"
    assert best < 0.3


@pytest.mark.parametrize("name", cli.cli.list_commands(click.Context(cli.cli)))
def test_every_command_is_there_and_helps(name: str) -> None:
    command = cli.cli.get_command(click.Context(cli.cli), name)
    assert command is not None
    assert command.help


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Desk:
    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.process = subprocess.Popen(
            [*OURSELVES, "up", "--empty", "--port", str(self.port)],
            stdout=subprocess.PIPE,
            text=True,
            env={**ENVIRONMENT, "CORTAFUEGOS_HOME": str(home)},
        )

    def wait_for(self, pattern: str) -> re.Match[str]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"{pattern} was never said")

    def stop(self) -> float:
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=20)
        return time.monotonic() - began

    def pids(self, command: str) -> list[int]:
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                words = (path / "cmdline").read_bytes().split(b"\0")
                parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, ValueError):
                continue
            if parent == self.process.pid and command.encode() in words:
                found.append(int(path.name))
        return found

    def answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/static/none", timeout=2).status_code == 404
        except httpx.HTTPError:
            return False


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    running = Desk(tmp_path_factory.mktemp("desk"))
    running.wait_for("Cortafuegos runs on")
    assert f":{running.port}/setup/" in running.wait_for("Your way in: (.*)")[1], "nobody is there yet"
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.mark.slow
def test_up_prepares_tables_and_answers(desk: Desk) -> None:
    until = time.monotonic() + 30
    while not desk.answers():
        assert time.monotonic() < until
    with psycopg.connect(EmbeddedPostgres(desk.home / "postgres").url) as connection:
        assert connection.execute("select count(*) from django_migrations").fetchone() != (0,)


@pytest.mark.slow
def test_what_dies_is_started_again(desk: Desk) -> None:
    (web,) = desk.pids("web")
    os.kill(web, signal.SIGKILL)
    desk.wait_for("web ended")
    until = time.monotonic() + 30
    while not (desk.answers() and desk.pids("web") not in ([web], [])):
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.slow
def test_the_database_comes_back_too(desk: Desk) -> None:
    data = desk.home / "postgres"
    os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    desk.wait_for("PostgreSQL ended")
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(EmbeddedPostgres(data).url).close()
            break
        except psycopg.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.1)


@pytest.mark.slow
def test_a_taken_port_is_said_plainly(desk: Desk) -> None:
    answer = subprocess.run(
        [*OURSELVES, "up", "--port", str(desk.port)], capture_output=True, text=True, env=ENVIRONMENT
    )
    assert answer.returncode == 1
    assert "already listens" in answer.stderr


@pytest.mark.slow
def test_the_doctor_joins_the_running_database(desk: Desk) -> None:
    answer = subprocess.run(
        [*OURSELVES, "doctor"],
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, "CORTAFUEGOS_HOME": str(desk.home)},
    )
    assert "ok    PostgreSQL 18" in answer.stdout
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.slow
def test_ctrl_c_stops_all_within_five_seconds(desk: Desk) -> None:
    children = [*desk.pids("web"), *desk.pids("worker"), *desk.pids(str(desk.home / "postgres"))]
    assert len(children) >= 2
    assert desk.stop() < 6
    assert desk.process.returncode == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
