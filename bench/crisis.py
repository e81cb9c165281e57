"""A crisis on X: 6,000 mentions at 200 a second, and none may be lost or counted twice.

Our own X (channels/x/fake) pushes them signed to the real web process; 5 % come twice, 3 % never come
by push and have to be found by polling, and the worker is killed (SIGKILL) twice meanwhile and started
again. At the end every post must stand exactly once, in a case; else the bench fails.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bench.load import Caller
from bench.place import installation, percentile, serving

POSTS, RATE = 6_000, 200
TWICE, DROPPED = 0.05, 0.03
REHEARSED_IN = timedelta(seconds=90)  # what is said is written and signed before
KILLED_AT = (8.0, 19.0)  # seconds after the first post
PATIENCE = 900.0  # seconds without progress, at most; a backfill waits for X's own limits
BACK = "https://desk.example/back"
WEB = [sys.executable, "-m", "cortafuegos", "web", "--port", "{port}"]
WORKER = [sys.executable, "-m", "cortafuegos", "worker"]
WORDS = ("mi vuelo no sale y nadie dice nada", "¿dónde está mi maleta?", "llevo tres horas en la cola",
         "me han cancelado el vuelo", "¿quién contesta aquí?")  # fmt: skip


def run() -> None:
    from cortafuegos.channels.x.fake import XNetwork

    network = XNetwork()
    network.people.join("condor_air", name="Cóndor Air")
    with installation(), network.serving() as address, serving(WEB) as desk, _worker() as worker:
        account = _account(network, address)
        network.follow("condor_air", f"{desk.address}/in/{account.public_id}")
        caller = Caller(f"{desk.address}/in/{account.public_id}", "")
        names, fates, late = asyncio.run(_crisis(network, caller, worker))
        pushed = sum(caller.outcomes.values())
        waits = [1000 * wait for wait in caller.waits]
        print(f"{len(names):,} posts at {RATE}/s: {dict(fates)}; the caller's own delay at most {late:.1f} s")
        print(f"  {pushed:,} pushes answered: {dict(caller.outcomes)}")
        print(f"  from arrival to 200, on disk: p50 {percentile(waits, 0.5):.0f} ms, "
              f"p99 {percentile(waits, 0.99):.0f} ms")  # fmt: skip
        started = time.monotonic()
        found = _until_all(account.brand_id, names)
        print(f"  all in a case {time.monotonic() - started:.0f} s after the last was said")
        _report(account.brand_id, names, found)


async def _crisis(
    network: Any, caller: Caller, worker: _Worker
) -> tuple[dict[str, str], Counter[str], float]:
    """Says every post at its moment; returns their ids with how each was to come."""
    chance, pending, late = random.Random(2011), set(), 0.0
    script = _script(network, caller, chance, datetime.now(UTC) + REHEARSED_IN)
    opening = script[0].post.created.timestamp() - time.time()
    if opening < 0:
        raise SystemExit("bench: this machine is too busy to prepare a crisis in time")
    started = time.perf_counter() + opening
    for number, line in enumerate(script):
        due = started + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))  # also when late: answers must be read
        late = max(late, time.perf_counter() - due)
        worker.kill_when_due(time.perf_counter() - started)
        network.world.posts[line.post.id] = line.post  # now it can be found by asking, too
        for _time in range({"once": 1, "twice": 2, "dropped": 0}[line.fate]):
            task = asyncio.create_task(caller.post(line.request, due))
            pending.add(task)
            task.add_done_callback(pending.discard)
    if pending:
        await asyncio.wait(set(pending), timeout=60)
    names = {f"x:post:{line.post.id}": line.fate for line in script}
    return names, Counter(names.values()), late


@dataclass(frozen=True, slots=True)
class _Line:
    post: Any
    fate: str  # once, twice, dropped
    request: bytes


def _script(network: Any, caller: Caller, chance: random.Random, opening: datetime) -> list[_Line]:
    """All that will be said, signed beforehand; nobody finds it on the network before its moment."""
    network.pusher.holding, lines = True, []
    for number in range(POSTS):
        at = opening + timedelta(seconds=number / RATE)
        words = chance.choice(WORDS)
        post = network.people.mention(_somebody(network, number), "condor_air", words, at=at)
        fate = chance.choices(("once", "twice", "dropped"), (1 - TWICE - DROPPED, TWICE, DROPPED))[0]
        _url, body = network.pusher.held.popleft()
        del network.world.posts[post.id]
        lines.append(_Line(post, fate, _request(network, caller, body)))
    return lines


def _somebody(network: Any, number: int) -> str:
    """A third of them write again and again."""
    name = f"persona{number if number % 3 else number % 300}"
    with contextlib.suppress(LookupError):
        return str(network.world.user(name).username)
    return str(network.people.join(name, followers=number).username)


def _request(network: Any, caller: Caller, body: bytes) -> bytes:
    return (
        f"POST {caller.path} HTTP/1.1\r\nHost: {caller.host}\r\nContent-Type: application/json\r\n"
        f"x-twitter-webhooks-signature: {network.pusher.signed(body)}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _account(network: Any, address: str) -> Any:
    """Connected as a person would, through X's page of consent."""
    from cortafuegos.channels import actions
    from cortafuegos.channels.x.connector import connector
    from cortafuegos.channels.x.wire import http
    from cortafuegos.team.actions import create_brand
    from cortafuegos.team.models import User

    app, network.signed_in = network.world.app, "condor_air"
    form = {"client_id": app.client_id, "client_secret": app.client_secret, "api": address,
            "consumer_secret": app.consumer_secret, "authorize": f"{address}/i/oauth2/authorize"}  # fmt: skip
    begun = connector.begin(form, BACK, "state")
    query = dict(parse_qsl(urlsplit(http().get(begun.address).headers["location"]).query))
    owner = User.objects.create_user("owner@bench.invalid", name="Owner")
    brand = create_brand(name="Cóndor Air", owner=owner)
    return actions.keep(0, brand, "x", connector.finish(begun.kept, query, BACK))


def _until_all(brand_id: int, names: dict[str, str]) -> dict[str, float]:
    """Until every post is in a case, or nothing comes any more: its id, and seconds it took."""
    from cortafuegos.inbox.models import Message

    found: dict[str, float] = {}
    last = time.monotonic()
    while len(found) < len(names) and time.monotonic() - last < PATIENCE:
        rows = Message.objects.filter(brand_id=brand_id, network="x", case__isnull=False, direction="in")
        told = rows.values_list("network_id", "received_at", "posted_at")
        now = {name: (received - posted).total_seconds() for name, received, posted in told}
        if len(now) > len(found):
            last = time.monotonic()
        found = now
        time.sleep(2)
    return found


def _report(brand_id: int, names: dict[str, str], found: dict[str, float]) -> None:
    from cortafuegos.channels.models import Receipt
    from cortafuegos.inbox.models import Case, Message

    for fates, label in ((("once", "twice"), "pushed"), (("dropped",), "never pushed, found by polling")):
        lags = [found[name] for name, fate in names.items() if fate in fates and name in found]
        if lags:
            print(f"  said until in a case, {label} ({len(lags):,}): p50 {percentile(lags, 0.5):.1f} s, "
                  f"p99 {percentile(lags, 0.99):.1f} s, most {max(lags):.1f} s")  # fmt: skip
    lost, strangers = names.keys() - found.keys(), found.keys() - names.keys()
    rows = Message.objects.filter(brand_id=brand_id, network="x").count()
    waiting = Receipt.objects.filter(brand_id=brand_id).exclude(state="done").count()
    cases = Case.objects.filter(brand_id=brand_id).count()
    print(f"  {rows:,} messages in {cases:,} cases; lost {len(lost)}, strangers {len(strangers)}, "
          f"receipts not done {waiting}")  # fmt: skip
    if lost or strangers or rows != len(names):
        raise SystemExit("bench: a post was lost or counted twice")


class _Worker:
    def __init__(self) -> None:
        self.killed, self.process = 0, subprocess.Popen(WORKER, env=os.environ)

    def kill_when_due(self, elapsed: float) -> None:
        if self.killed < len(KILLED_AT) and elapsed >= KILLED_AT[self.killed]:
            self.killed += 1
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = subprocess.Popen(WORKER, env=os.environ)


@contextlib.contextmanager
def _worker() -> Iterator[_Worker]:
    worker = _Worker()
    try:
        yield worker
    finally:
        worker.process.terminate()
        worker.process.wait(30)
