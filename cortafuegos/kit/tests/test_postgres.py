import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cortafuegos.kit import postgres_install
from cortafuegos.kit.postgres import EmbeddedPostgres
from cortafuegos.kit.postgres_install import PostgresError


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pg") / "data"


@pytest.fixture
def server(data: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(data) as running:
        yield running


def write(url: str, text: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists note (body text)")
        connection.execute("insert into note values (%s)", [text])


def read(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select body from note order by body")]


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def gone(pid: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_it_speaks_spanish_and_is_closed_to_others(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url) as connection:
        row = connection.execute(
            "select upper('ñandú'), current_setting('data_checksums'), current_setting('listen_addresses')"
        ).fetchone()
    assert row == ("ÑANDÚ", "on", "")
    assert server.data.stat().st_mode & 0o077 == 0


def test_data_stay_after_a_stop(data: Path) -> None:
    with EmbeddedPostgres(data) as first:
        write(first.url, "hola")
    with EmbeddedPostgres(data) as second:
        assert read(second.url) == ["hola"]


def test_it_comes_back_after_kill_9(server: EmbeddedPostgres) -> None:
    write(server.url, "antes")
    pid = postmaster(server.data)
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    assert read(server.start()) == ["antes"]


def test_a_start_in_the_moment_of_its_death_brings_it_back(server: EmbeddedPostgres) -> None:
    for turn in range(3):
        write(server.url, f"{turn}")
        os.kill(postmaster(server.data), signal.SIGKILL)
        assert read(server.start()) == [f"{n}" for n in range(turn + 1)]


def test_a_second_start_joins_the_running_server(server: EmbeddedPostgres) -> None:
    write(server.url, "uno")
    other = EmbeddedPostgres(server.data)
    assert read(other.start()) == ["uno"]
    other.stop()
    assert read(server.url) == ["uno"], "who joins must not stop the server"


def test_a_stale_pid_file_with_a_living_number_is_no_obstacle(data: Path) -> None:
    with EmbeddedPostgres(data) as first:
        write(first.url, "hola")
        pid_file = (data / "postmaster.pid").read_text()
    lines = [str(os.getppid()), *pid_file.splitlines()[1:]]
    (data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    with EmbeddedPostgres(data) as second:
        assert read(second.url) == ["hola"]


def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    data = tmp_path / ("largo" * 20) / "data"
    with EmbeddedPostgres(data) as server:
        write(server.url, "lejos")
        folder = server._socket_folder()
        assert folder != server.data
        assert folder.stat().st_mode & 0o077 == 0
        assert read(server.url) == ["lejos"]
    assert not folder.exists()


def test_a_half_made_folder_is_made_again(data: Path) -> None:
    half = data.with_name("data.new")
    half.mkdir(parents=True)
    (half / "base").mkdir()
    with EmbeddedPostgres(data) as server:
        write(server.url, "entero")


def test_data_of_another_version_are_not_touched(data: Path) -> None:
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")
    with pytest.raises(PostgresError, match="written by PostgreSQL 12"):
        EmbeddedPostgres(data).start()


def test_settings_can_be_given(data: Path) -> None:
    with (
        EmbeddedPostgres(data, settings={"fsync": "off"}) as server,
        psycopg.connect(server.url) as connection,
    ):
        assert connection.execute("show fsync").fetchone() == ("off",)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_server_goes_when_its_parent_goes(data: Path, number: signal.Signals) -> None:
    program = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from cortafuegos.kit.postgres import EmbeddedPostgres
        EmbeddedPostgres(Path({str(data)!r})).start()
        print("ready", flush=True)
        time.sleep(60)
    """)
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"
    pid = postmaster(data)
    parent.send_signal(number)
    parent.wait(10)
    parent.stdout.close()
    assert gone(pid)
    assert not (data / "postmaster.pid").exists(), "a clean shutdown, not a crash"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs it")
def test_root_without_user_namespaces(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = Path("/tmp", f"cortafuegos-test-{os.getpid()}")
    base.mkdir(mode=0o755)
    base.chmod(0o755)
    works = postgres_install._works
    monkeypatch.setattr(postgres_install, "_works", lambda prefix: "unshare" not in prefix and works(prefix))
    monkeypatch.setattr(postgres_install, "COPY_HOME", base / "copy")
    try:
        with EmbeddedPostgres(base / "data") as server:
            write(server.url, "nadie")
            assert server.data.stat().st_uid != 0
    finally:
        subprocess.run(["rm", "-rf", str(base)], check=True)
