import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from cortafuegos.kit.supervisor import Stopped, Supervisor

COUNTS = "import sys, time; open(sys.argv[1], 'a').write('x'); time.sleep(float(sys.argv[2]))"
STUBBORN = (
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "open(sys.argv[1], 'a').write('x'); time.sleep(60)"
)


def until(condition: object, seconds: float = 10) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_a_dead_child_is_started_again_later_each_time(tmp_path: Path) -> None:
    said: list[str] = []
    marks = tmp_path / "marks"
    supervisor = Supervisor(said.append)
    supervisor.add("worker", [sys.executable, "-c", COUNTS, str(marks), "0"])

    def often_enough() -> None:
        if marks.exists() and len(marks.read_text()) >= 3:
            supervisor._stop.set()

    supervisor.watch(often_enough)
    supervisor.stop()
    assert [line.split(";")[1] for line in said[:2]] == [
        " starting it again in 0.2 s",
        " starting it again in 0.4 s",
    ]


def test_a_signal_ends_the_watch_and_a_stubborn_child_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cortafuegos.kit.supervisor.STOP_LIMIT", 0.3)
    marks = tmp_path / "marks"
    supervisor = Supervisor(print)
    with supervisor.listening_to_signals():
        supervisor.add("worker", [sys.executable, "-c", STUBBORN, str(marks)])
        until(marks.exists)
        threading.Timer(0.1, os.kill, [os.getpid(), signal.SIGTERM]).start()
        supervisor.watch(lambda: None)
    began = time.monotonic()
    supervisor.stop()
    process = supervisor._children[0].process
    assert process is not None
    assert process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 2


def test_run_once_gives_what_was_printed_and_can_be_stopped(tmp_path: Path) -> None:
    supervisor = Supervisor(print)
    assert supervisor.run_once([sys.executable, "-c", "print('hola')"]) == "hola\n"
    supervisor._stop.set()
    with pytest.raises(Stopped):
        supervisor.run_once([sys.executable, "-c", COUNTS, str(tmp_path / "m"), "60"])


def test_children_go_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    child = (
        "import os, time; from cortafuegos.kit.supervisor import end_with_supervisor;"
        f"end_with_supervisor(); open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    )
    program = (
        "import sys, time; from cortafuegos.kit.supervisor import Supervisor;"
        f"s = Supervisor(print); s.add('x', [sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    pid_file = tmp_path / "pid"
    parent = os.posix_spawn(sys.executable, [sys.executable, "-c", program], os.environ)
    until(lambda: pid_file.exists() and pid_file.read_text())
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    until(lambda: not Path(f"/proc/{pid_file.read_text()}/environ").exists() or _zombie(pid_file.read_text()))


def _zombie(pid: str) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
