"""Keeps a few child processes alive and takes them all down together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FrameType

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0  # seconds before a dead child is started again
SETTLED = 30.0  # seconds alive after which a death counts as the first
STOP_LIMIT = 4.0  # seconds from a polite word to an end
TICK = 0.25
PR_SET_PDEATHSIG = 1
Tick = Callable[[], None]
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Child:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0


class Stopped(Exception):
    """Somebody asked us to stop while we were still getting ready."""


class Supervisor:
    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._children: list[Child] = []
        self._stop = threading.Event()

    @contextlib.contextmanager
    def listening_to_signals(self) -> Iterator[None]:
        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            self._stop.set()

        before = {number: signal.signal(number, ask_to_stop) for number in STOPPING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def run_once(self, command: Sequence[str]) -> str:
        """Run a command to its end and give what it printed; its errors go to ours."""
        process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True, env=_env())
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                output = process.communicate(timeout=TICK)[0]
                break
            if self._stop.is_set():
                _end([process])
                raise Stopped
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return output.decode()

    def add(self, name: str, command: Sequence[str]) -> None:
        child = Child(name, command)
        self._children.append(child)
        self._start(child)

    def wait_for_port(self, host: str, port: int, limit: float = 60.0) -> bool:
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline and not self._stop.is_set():
            if answers(host, port):
                return True
            self._revive()
            self._stop.wait(0.05)
        return False

    def watch(self, each_tick: Tick) -> None:
        """Until a signal says stop."""
        while not self._stop.wait(TICK):
            each_tick()
            self._revive()

    def stop(self) -> None:
        _end([child.process for child in self._children if child.process])

    def _start(self, child: Child) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we end the children in order.
        child.process = subprocess.Popen(child.command, start_new_session=True, env=_env())
        child.started = time.monotonic()
        child.due = 0.0

    def _revive(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process is None or child.process.poll() is None:
                continue
            if not child.due:
                if now - child.started > SETTLED:
                    child.pause = FIRST_PAUSE
                child.due = now + child.pause
                code = child.process.returncode
                self._say(f"{child.name} ended ({code}); starting it again in {child.pause:.1f} s")
                child.pause = min(child.pause * 2, LONGEST_PAUSE)
            elif now >= child.due:
                self._start(child)


def _env() -> dict[str, str]:
    return {**os.environ, "CORTAFUEGOS_SUPERVISOR": str(os.getpid())}


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_LIMIT
    for process in processes:
        try:
            process.wait(max(0.05, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not a bind
    try:
        socket.create_connection((reachable, port), timeout=1).close()
    except OSError:
        return False
    return True


def end_with_supervisor() -> None:
    """In a child: be told to end when the supervisor dies, even by kill -9. Linux only."""
    parent = os.environ.pop("CORTAFUEGOS_SUPERVISOR", "")
    if not parent or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != int(parent):  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)
