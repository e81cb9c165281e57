"""The demo's accounts on the networks: the desk connected to stand-ins, as it would be to the real ones.

All of them live in two threads of the worker, each on a loopback port of its own: one thread answers for
every network, the other connects the accounts and lets the invented customers speak. What was said is
forgotten when the worker ends; what the desk has of it stays.
"""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from django.conf import settings
from django.db import connection
from starlette.types import Receive, Scope, Send

from cortafuegos.channels import actions, demo, registry
from cortafuegos.channels.capabilities import Authorises
from cortafuegos.channels.contract import Connected, ConnectError, Refused, SendError
from cortafuegos.channels.fakes.stage import Stage, stages
from cortafuegos.channels.models import Account
from cortafuegos.inbox.models import Message
from cortafuegos.kit import log
from cortafuegos.team.models import Agent, Brand

ONE_PER_MACHINE = 7_203_114_201  # PostgreSQL's advisory lock: of several workers one plays
PAUSE = (25.0, 70.0)  # seconds between two customers
AT_ONCE = 2  # things that were said on each network before anybody came in
STEP = 1.0  # seconds
logger = log.get(__name__)
Served = Sequence[tuple[Stage, str]]  # a stage and its address


class Theatre(threading.Thread):
    """Runs where there is a demo, until ``stop``."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="demo networks", daemon=True)
        self._stop_asked = stop

    def run(self) -> None:
        try:
            self.perform()
        except Exception as error:  # the desk goes on without its demo's networks
            logger.exception("demo.networks_failed", error=type(error).__name__)
        finally:
            connection.close()

    def perform(self) -> None:
        """A desk that stands elsewhere than on this machine has no pretend networks to offer."""
        brand = Brand.objects.filter(is_demo=True).first()
        if brand is not None and demo.here(settings.PUBLIC_URL) and _ours_to_play():
            with _served(stages()) as served:
                self._play(brand, served)

    def _play(self, brand: Brand, served: Served) -> None:
        acts = []
        for stage, address in served:
            for network, scenes in stage.scenes.items():
                if connect(brand, network, stage, address):
                    told = Message.objects.filter(brand=brand, network=network, direction="in").count()
                    acts.append((network, list(scenes[told:]), AT_ONCE if not told else 0))
        logger.info("demo.networks", networks=[network for network, _, _ in acts])
        for _network, scenes, at_once in acts:
            for _ in range(min(at_once, len(scenes))):
                scenes.pop(0)()
        wait = 0.0
        while not self._stop_asked.wait(STEP):
            for stage, _address in served:
                stage.bring()
            wait = (wait or random.uniform(*PAUSE)) - STEP  # noqa: S311 - when somebody speaks
            if wait <= 0:
                wait = 0.0
                _next([scenes for _, scenes, _ in acts])


def _next(left: Sequence[list[Any]]) -> None:
    """Whoever has most to say speaks."""
    longest = max(left, key=len, default=[])
    if longest:
        longest.pop(0)()


def _ours_to_play() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_PER_MACHINE])
        return bool(cursor.fetchone()[0])


def connect(brand: Brand, network: str, stage: Stage, address: str) -> bool:
    """Connect the brand's account there, or connect it again: the stand-in has forgotten its tokens and
    stands at a new address. One that a person took away or paused is left alone."""
    account = Account.objects.filter(brand=brand, network=network, config__demo=True).first()
    if account is not None and (account.removed_at or account.state == Account.State.PAUSED):
        return False
    try:
        found = demo.marked(_vouched(network, stage.form(network, address)))
        demo.guard(network, found.config)
        if account is None:
            owner = Agent.objects.filter(brand=brand, role="owner").values_list("pk", flat=True)[0]
            account = actions.keep(owner, brand, network, found)
        else:
            account = actions.keep_again(account, found)
    except (ConnectError, Refused, SendError) as error:
        logger.warning("demo.not_connected", network=network, error=type(error).__name__)
        return False
    stage.hear(network, f"{settings.PUBLIC_URL}/in/{account.public_id}")
    return True


def _vouched(network: str, form: dict[str, str]) -> Connected:
    """What the connect page would come back with. On a page of consent the stand-in says yes by itself."""
    connector = registry.connector(network)
    if not isinstance(connector, Authorises) or "authorize" not in form:
        return connector.connect(form)
    back = f"{settings.PUBLIC_URL}/connect/{network}/return"
    begun = connector.begin(form, back, "demo")
    if not demo.here(begun.address):
        raise Refused("A demo account may speak with this machine only.")
    answer = httpx.get(begun.address, follow_redirects=False, timeout=10, trust_env=False)
    query = dict(parse_qsl(urlsplit(answer.headers.get("location", "")).query))
    return connector.finish(begun.kept, query, back)


@contextmanager
def _served(found: Sequence[Stage]) -> Iterator[Served]:
    """Every stage on a port of its own, all in one thread."""
    import uvicorn

    doors = [socket.create_server(("127.0.0.1", 0)) for _ in found]
    apps = {door.getsockname()[1]: stage.app() for door, stage in zip(doors, found, strict=True)}

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await apps[scope["server"][1]](scope, receive, send)

    config = uvicorn.Config(application, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": doors}, name="demo networks' door", daemon=True
    )
    thread.start()
    try:
        yield [(stage, f"http://127.0.0.1:{port}") for stage, port in zip(found, apps, strict=True)]
    finally:
        server.should_exit = True
        thread.join(3)
        for door in doors:
            door.close()
