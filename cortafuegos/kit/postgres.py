"""A PostgreSQL of our own: made on first use, started as our child, gone when we go.

Nobody else can reach it: it listens on no network address, only on a socket in a folder that
is closed to other users.

A lock file, inherited by the server and all its processes, tells whether one is alive on this
data. That is surer than `postmaster.pid`, whose number a dead server leaves behind and
another process may carry by now.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from cortafuegos.kit import postgres_install
from cortafuegos.kit.postgres_install import Install, PostgresError

DATABASE = "cortafuegos"
OWNER = "app"
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes that fit a Unix socket's address, on Linux
PATIENCE = 10.0  # seconds for what a killed server left behind to go away
STARTUP_LIMIT = 120.0  # replaying the log after a crash may take this long
SHUTDOWN_LIMIT = 10.0
LOG_LIMIT = 10_000_000  # bytes

# Modest: the whole desk, idle, is to stay well under 400 MB.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "max_connections": "80",
    "shared_buffers": "96MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "1GB",
    "max_worker_processes": "4",
    "autovacuum_max_workers": "2",
    "random_page_cost": "1.1",
    "jit": "off",
}
SETTINGS_18: Mapping[str, str] = {"io_method": "sync"}  # three processes fewer


class EmbeddedPostgres:
    """`start()` gives the DATABASE_URL. Starting where a server already runs joins it, and
    then `stop()` leaves it to whoever started it."""

    def __init__(
        self,
        data: Path,
        *,
        bin_folder: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.data = data.absolute()
        self._bin_folder = bin_folder
        self._settings = settings or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._lock_path = self.data.with_name(self.data.name + ".lock")
        self._log_path = self.data.with_name(self.data.name + ".log")

    @property
    def url(self) -> str:
        return self._url(DATABASE)

    def start(self) -> str:
        if self._ours_answers():
            return self.url
        install = postgres_install.find(self._bin_folder)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        lock = self._lock_or_join()
        if lock is None:
            return self.url
        try:
            self._make_data(install)
            self._launch(install, lock)
        finally:
            os.close(lock)  # from here on only the server holds it
        return self.url

    def owned_and_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _ours_answers(self) -> bool:
        """One that was killed a moment ago still counts as running; only an answer is sure."""
        deadline = time.monotonic() + PATIENCE
        while self.owned_and_running() and time.monotonic() < deadline:
            if self._answers():
                return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        # INT is PostgreSQL's fast shutdown, QUIT its immediate one (safe, replays the log).
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if process.poll() is None:
                process.send_signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(SHUTDOWN_LIMIT)
        sockets = self._socket_folder()
        if sockets != self.data:
            with contextlib.suppress(OSError):
                sockets.rmdir()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.stop()

    def _lock_or_join(self) -> int | None:
        """The lock on the data, or nothing when a live server answers there."""
        lock = os.open(self._lock_path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if self._answers():
                    os.close(lock)
                    return None
            else:
                return lock
            if time.monotonic() > deadline:
                os.close(lock)
                raise PostgresError(
                    f"Another server holds {self.data} but does not answer. Its log is {self._log_path}."
                )
            time.sleep(0.05)

    def _make_data(self, install: Install) -> None:
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            found = version_file.read_text().strip()
            if found != str(install.version):
                raise PostgresError(
                    f"The data in {self.data} were written by PostgreSQL {found}, and this is "
                    f"{install.version}. Nothing was touched. Save them with pg_dump {found}, "
                    "move the folder away and load them into the new one."
                )
            return
        # Made beside and renamed, so that a power cut leaves no half-made folder behind.
        fresh = self.data.with_name(self.data.name + ".new")
        if fresh.exists():
            subprocess.run(["rm", "-rf", str(fresh)], check=True)
        install.adopt(fresh)
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = install.command(
            "initdb",
            f"--pgdata={fresh}",
            f"--username={OWNER}",
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            *(provider if install.version >= 17 else []),
            "--data-checksums",
            "--no-instructions",
        )
        made = subprocess.run(command, env=install.env, user=install.user, capture_output=True, text=True)
        if made.returncode:
            raise PostgresError(f"The database could not be made: {made.stderr.strip()}")
        if self.data.exists():
            self.data.rmdir()  # an empty folder made by hand; anything else is not ours to move
        fresh.rename(self.data)

    def _launch(self, install: Install, lock: int) -> None:
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # we hold the lock: it is stale
        sockets = self._socket_folder()
        install.adopt(sockets)
        settings = {
            **SETTINGS,
            **(SETTINGS_18 if install.version >= 18 else {}),
            **self._settings,
            "unix_socket_directories": str(sockets),
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        deadline = time.monotonic() + PATIENCE
        while True:
            with self._open_log() as log:
                # A session of its own: Ctrl-C in the terminal must reach us first, not it.
                self._process = subprocess.Popen(
                    install.command("postgres", "-D", str(self.data), *options),
                    env=install.env,
                    user=install.user,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=[lock],
                    start_new_session=True,
                )
            if self._wait_until_ready():
                return
            # Shared memory of a killed server may still be in use for a moment.
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL does not start:\n{self._log_tail()}")
            time.sleep(0.3)

    def _wait_until_ready(self) -> bool:
        deadline = time.monotonic() + STARTUP_LIMIT
        while self.owned_and_running() and time.monotonic() < deadline:
            if self._answers():
                self._make_database()
                return True
            time.sleep(0.02)
        if self.owned_and_running():
            self.stop()
        return False

    def _answers(self) -> bool:
        if not (self._socket_folder() / SOCKET).exists():
            return False
        try:
            psycopg.connect(self._url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
            if known.fetchone() is None:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))

    def _url(self, database: str) -> str:
        return f"postgresql://{OWNER}@/{database}?host={quote(str(self._socket_folder()))}"

    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.data / SOCKET)) < SOCKET_PATH_LIMIT:
            return self.data
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        short = Path("/tmp", f"cortafuegos-{os.geteuid()}-{name}")  # noqa: S108 - checked below
        if short.is_symlink() or (short.exists() and short.stat().st_mode & 0o077):
            raise PostgresError(f"{short} is open to others. Remove it and start again.")
        return short

    def _open_log(self) -> IO[bytes]:
        small = self._log_path.exists() and self._log_path.stat().st_size < LOG_LIMIT
        return self._log_path.open("ab" if small else "wb")

    def _log_tail(self) -> str:
        return "\n".join(self._log_path.read_text(errors="replace").splitlines()[-8:])
