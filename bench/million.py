"""Pages that people wait for, with 1,000,000 cases and 5,000,000 messages behind them (law 12).

Asked over HTTP of the real web process, as a signed-in agent of the largest brand, one at a time,
the kinds in turn; each question is another one (another case, another word), so that nothing is
measured that only a second asker would get. The database has the settings everybody's has.

``/healthz`` and the page of an empty search stand beside them: what HTTP and the frame around every
page cost by themselves at the same moment.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import httpx
import psycopg

from bench import generate
from bench.pages import BRAND, Kind, kinds
from bench.place import installation, percentile, serving

CASES = int(os.environ.get("CORTAFUEGOS_BENCH_CASES", "1000000"))
ASKED, WARM, GOAL = 40, 3, 100.0  # times each; times before that; milliseconds at p95
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
        with installation(home), serving(DESK) as address:
            asked = [*BESIDE, *kinds(os.environ["DATABASE_URL"])]
            with httpx.Client(base_url=address, cookies=_signed_in(), timeout=60) as client:
                _report(_ask_all(client, asked))
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


def _ask_all(client: httpx.Client, asked: list[Kind]) -> dict[str, list[float]]:
    chance = random.Random(7)
    times: dict[str, list[float]] = defaultdict(list)
    for turn in range(WARM + ASKED):
        for kind in asked:
            path = kind.ask(chance)
            started = time.perf_counter()
            answer = client.get(path, headers=kind.headers)
            took = 1000 * (time.perf_counter() - started)
            if answer.status_code != 200:
                raise RuntimeError(f"{kind.name}: {path} answered {answer.status_code}")
            if turn >= WARM:
                times[kind.name].append(took)
    return times


def _report(times: dict[str, list[float]]) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as link:
        for name, rows, size in generate.sizes(link):
            print(f"  {name:26} {rows:>12,} rows  {size:>8}")
    print(f"milliseconds over HTTP, {ASKED} different questions each; the goal is {GOAL:.0f} at p95:")
    for name, found in times.items():
        p50, p95 = percentile(found, 0.5), percentile(found, 0.95)
        late = "" if p95 < GOAL else "   <- misses the goal"
        print(f"  {name:36} p50 {p50:7.1f}   p95 {p95:7.1f}   most {max(found):7.1f}{late}")


def _remove(home: Path) -> None:
    import shutil

    shutil.rmtree(home, ignore_errors=True)
