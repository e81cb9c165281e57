"""The desk itself, as a person starts it, on a free port and with data of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_IN = 180.0  # seconds; a cold start makes a database and migrates, on a busy machine too
STOPPED_IN = 30.0
# What the test session sets for itself must not reach the desk under test.
NOT_INHERITED = ("DATABASE_URL", "CORTAFUEGOS_TESTING", "CORTAFUEGOS_SECRET", "CORTAFUEGOS_HOME")


@dataclass
class Desk:
    url: str
    home: Path
    arguments: list[str]
    extra: dict[str, str]
    link: str = ""
    output: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it says that it runs. Started again, it is on the same address."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cortafuegos", *self.arguments],
            env={**environment(self.home, self.url), **self.extra},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        ready = threading.Event()
        threading.Thread(target=_follow, args=(self, self.process, ready), daemon=True).start()
        if not ready.wait(READY_IN):
            raise RuntimeError("the desk did not start:\n" + "\n".join(self.output[-30:]))

    def stop(self) -> None:
        """Ctrl-C, as a person would."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOPPED_IN)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise
        self.process = None

    def run(self, *arguments: str) -> str:
        """A command of the desk on the same data: ``desk.run("signin", "pilar@marnalba.invalid")``."""
        done = subprocess.run(
            [sys.executable, "-m", "cortafuegos", *arguments],
            env=environment(self.home, self.url),
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    def sign_in_link(self, email: str) -> str:
        found = re.search(r"http://\S+/signin/\S+", self.run("signin", email))
        assert found, "no sign-in link was printed"
        return found.group()


def environment(home: Path, url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return {**kept, "CORTAFUEGOS_HOME": str(home), "CORTAFUEGOS_URL": url}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running_desk(home: Path, *, empty: bool = False, extra: dict[str, str] | None = None) -> Iterator[Desk]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    arguments = ["up", "--port", str(port), *(["--empty"] if empty else [])]
    desk = Desk(url, home, arguments, extra or {})
    try:
        desk.start()
        yield desk
    finally:
        desk.stop()


def _follow(desk: Desk, process: subprocess.Popen[str], ready: threading.Event) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        desk.output.append(line.rstrip())
        if found := re.search(r"http://\S+/(?:signin|setup)/\S+", line):
            desk.link = found.group()
        if line.startswith("Everything it keeps is in"):
            ready.set()
