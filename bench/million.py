"""Pages that people wait for, with 1,000,000 cases and 5,000,000 messages behind them (law 12).

Asked over HTTP of the real web process, as a signed-in agent of the largest brand, one at a time,
the kinds in turn; each question is another one (another case, another word), so that nothing is
measured that only a second asker would get. The database has the settings everybody's has.

``/healthz`` and the page of an empty search stand beside them: what HTTP and the frame around every
page cost by themselves at the same moment. Beside the clock stands the processor time of the web process
and its database sessions: on a machine that has other work, it tells what the page itself takes.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psycopg

from bench import generate
from bench.pages import BRAND, Kind, kinds
from bench.place import Cost, busy, installation, percentile, serving

CASES = int(os.environ.get("CORTAFUEGOS_BENCH_CASES", "1000000"))
ASKED, WARM, GOAL = 30, 3, 100.0  # times each; times before that; milliseconds at p95
DESK = [sys.executable, "-m", "cortafuegos", "web", "--port", "{port}"]
BESIDE = [
    Kind("beside: a bare answer", lambda _: "/healthz"),
    Kind("beside: an empty page", lambda _: f"{BRAND}/search"),
]


def run() -> None:
    kept = os.environ.get("CORTAFUEGOS_BENCH_HOME", "")
    home = Path(kept or f"/var/tmp/cortafuegos-bench-{os.getpid()}")
    try:
        _make(home)
        with installation(home), serving(DESK) as desk, psycopg.connect(os.environ["DATABASE_URL"]) as link:
            asked = [*BESIDE, *kinds(link)]
            with httpx.Client(base_url=desk.address, cookies=_signed_in(), timeout=60) as client:
                _report(_ask_all(client, asked, lambda: [desk.pid, *_sessions(link)]))
            for name, rows, size in generate.sizes(link):
                print(f"  {name:26} {rows:>12,} rows  {size:>8}")
    finally:
        if not kept:
            _remove(home)


def _make(home: Path) -> None:
    """Once for all: made beside and renamed, so that a half-made one is never measured."""
    if (home / "made").exists():
        return
    print(f"making {CASES:,} cases in {home}; this takes its time", flush=True)
    _remove(home)
    with installation(home, generate.HASTY):
        generate.make(os.environ["DATABASE_URL"], CASES)
    os.sync()
    (home / "made").touch()


def _signed_in() -> dict[str, str]:
    """A session like the one that signing in gives."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from cortafuegos.team.models import User

    user = User.objects.get(email="agent1@condor.invalid")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


def _sessions(link: psycopg.Connection[Any]) -> list[int]:
    asked = (
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    return [pid for (pid,) in link.execute(asked)]


def _ask_all(
    client: httpx.Client, asked: list[Kind], processes: Callable[[], list[int]]
) -> dict[str, list[Cost]]:
    chance = random.Random(7)
    costs: dict[str, list[Cost]] = defaultdict(list)
    for turn in range(WARM + ASKED):
        pids = processes()
        for kind in asked:
            path = kind.ask(chance)
            before, started = busy(pids), time.perf_counter()
            answer = client.get(path, headers=kind.headers)
            took = time.perf_counter() - started
            if answer.status_code != 200:
                raise RuntimeError(f"{kind.name}: {path} answered {answer.status_code}")
            if turn >= WARM:
                costs[kind.name].append(Cost(took, busy(pids) - before))
    return costs


def _report(costs: dict[str, list[Cost]]) -> None:
    print(f"{ASKED} different questions each, milliseconds; the goal is {GOAL:.0f} at p95 by the clock")
    print(f"  {'':36}  by the clock: p50     p95    most   processor: p50     p95")
    for name, found in costs.items():
        clock, processor = ([1000 * getattr(c, of) for c in found] for of in ("seconds", "processor"))
        p50, p95 = percentile(clock, 0.5), percentile(clock, 0.95)
        used = f"{percentile(processor, 0.5):16.1f} {percentile(processor, 0.95):7.1f}"
        late = "" if p95 < GOAL else "   <- misses the goal"
        print(f"  {name:36} {p50:18.1f} {p95:7.1f} {max(clock):7.1f} {used}{late}")


def _remove(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
