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
# What the test session sets for itself must not reach the desk under test.
NOT_INHERITED = ("DATABASE_URL", "CORTAFUEGOS_TESTING", "CORTAFUEGOS_SECRET", "CORTAFUEGOS_HOME")


@dataclass
class Desk:
    url: str
    home: Path
    process: subprocess.Popen[str]
    link: str = ""
    output: list[str] = field(default_factory=list)

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
    process = subprocess.Popen(
        [sys.executable, "-m", "cortafuegos", "up", "--port", str(port), *(["--empty"] if empty else [])],
        env={**environment(home, url), **(extra or {})},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    desk = Desk(url, home, process)
    ready = threading.Event()
    threading.Thread(target=_follow, args=(desk, ready), daemon=True).start()
    try:
        if not ready.wait(READY_IN):
            raise RuntimeError("the desk did not start:\n" + "\n".join(desk.output[-30:]))
        yield desk
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def _follow(desk: Desk, ready: threading.Event) -> None:
    assert desk.process.stdout is not None
    for line in desk.process.stdout:
        desk.output.append(line.rstrip())
        if found := re.search(r"http://\S+/(?:signin|setup)/\S+", line):
            desk.link = found.group()
        if line.startswith("Everything it keeps is in"):
            ready.set()
