"""Webhooks accepted and durable: how long a caller waits for its 200, at 200 and 1,000 a second.

The web process is the real one, and the answer comes after the commit (fsync on). Beside it, in
turn, a bare handler (``bench.bare``) on the same database. The caller is a third process on the
same machine, and all of them share its processors: a fast network's figures would be better.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from bench.place import SECRET, installation, serving, webhook_account

RATES, SECONDS, ROUNDS = (200, 1000), 15, 2
TABLES = ("cortafuegos_receipt", "bare_receipt")
DESK = [sys.executable, "-m", "cortafuegos", "web", "--port", "{port}"]
BARE = [sys.executable, "-m", "uvicorn", "bench.bare:app", "--port", "{port}", "--no-access-log"]


def run() -> None:
    with installation():
        account = webhook_account("webhook")
        _query("CREATE TABLE bare_receipt (LIKE cortafuegos_receipt INCLUDING ALL)")
        with serving(DESK) as desk, serving([*BARE, "--log-level", "warning"]) as bare:
            print(f"{SECONDS} s at each rate, {ROUNDS} rounds in turn; milliseconds from arrival to answer:")
            for rate in RATES:
                for number in range(1, ROUNDS + 1):
                    _show(
                        f"desk  {rate:5}/s  round {number}",
                        _load(f"{desk.address}/in/{account.public_id}", rate),
                    )
                    _show(f"bare  {rate:5}/s  round {number}", _load(f"{bare.address}/in", rate))
        kept, barely = (_query(f"SELECT count(*) FROM {table}") for table in TABLES)
        print(f"  on disk afterwards: {kept:,} receipts, {barely:,} bare rows")


def _load(url: str, rate: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.load", url, str(rate), str(SECONDS)]
    done = subprocess.run(command, input=SECRET.encode(), stdout=subprocess.PIPE, check=True, env=os.environ)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _show(label: str, found: Mapping[str, Any]) -> None:
    times = "  ".join(f"{name} {found[name]:7.1f}" for name in ("p50", "p90", "p99", "max"))
    said = ", ".join(f"{count:,} x {outcome}" for outcome, count in found["outcomes"].items())
    print(f"  {label}   {times}   {said}", flush=True)


def _query(statement: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None
