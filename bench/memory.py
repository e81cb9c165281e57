"""What the idle desk takes: `cortafuegos up` with its demo, a minute after it began to answer.

Each process counts its proportional share (PSS): what several processes share, such as PostgreSQL's
buffers, is counted once. The demo's stories go on being told meanwhile, as on a quiet Tuesday.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

IDLE = 60  # seconds
AIM = 400  # MB


def run() -> None:
    with TemporaryDirectory(prefix="cortafuegos-bench-") as home:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        port = _free_port()
        desk = subprocess.Popen(
            [sys.executable, "-m", "cortafuegos", "up", "--port", str(port)],
            env={**env, "CORTAFUEGOS_HOME": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(port)
            time.sleep(IDLE)
            _report({pid: _pss(pid) for pid in (desk.pid, *_children(desk.pid))})
        finally:
            desk.terminate()
            desk.wait(30)


def _report(found: dict[int, float]) -> None:
    by_name: dict[str, list[float]] = {}
    for pid, size in found.items():
        by_name.setdefault(_name(pid), []).append(size)
    print(f"`cortafuegos up`, idle for {IDLE} s with the demo; MB of proportional memory (PSS):")
    for name, sizes in sorted(by_name.items(), key=lambda item: -sum(item[1])):
        print(f"  {name:44} {sum(sizes):6.0f}   {len(sizes)} process{'es' if len(sizes) > 1 else ''}")
    print(f"  {'all of it':44} {sum(found.values()):6.0f}   the aim is under {AIM}")


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from _children(child)


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def _name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().split()
    if words[0] == "postgres:":
        return "postgres, a session each" if "[local]" in words else "postgres, its helpers"
    if "cortafuegos" in words:
        return " ".join(words[words.index("cortafuegos") :][:2])
    return Path(words[0]).name


def _free_port() -> int:
    with socket.socket() as any_free:
        any_free.bind(("127.0.0.1", 0))
        return int(any_free.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(1800):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the desk does not answer")
