"""Nudges reach the browsers of their brand, soon, and nobody else's."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from cortafuegos.kit.nudge import nudge
from cortafuegos.team.models import Agent, Brand, User
from cortafuegos.web.edge.hub import MAILBOX, Hub, Listener
from cortafuegos.web.edge.tests.serving import Web, url_of
from cortafuegos.web.stream import LIFE, read_token, token

pytestmark = pytest.mark.django_db(transaction=True)


class Browser:
    """Reads one event stream into a list."""

    def __init__(self):
        self.events = []
        self.names = []
        self.ended = False

    async def read(self, response):
        name = ""
        async for line in response.aiter_lines():
            if line.startswith("event: "):
                name = line[7:]
                self.names.append(name)
            elif line.startswith("data: ") and name == "nudge":
                self.events.append(json.loads(line[6:]))
        self.ended = True

    async def sees(self, wanted, seconds=5.0):
        deadline = time.monotonic() + seconds
        while wanted not in self.events:
            assert time.monotonic() < deadline, f"{wanted} not in {self.events}"
            await asyncio.sleep(0.01)


@asynccontextmanager
async def browsers(web, tokens):
    """One open stream for each token, all past their first event."""
    opened = [Browser() for _ in tokens]
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=web.url, timeout=30, limits=limits) as client:

        async def hold(browser, given):
            async with client.stream("GET", "/stream", params={"token": given}) as response:
                assert response.status_code == 200
                assert response.headers["content-type"] == "text/event-stream"
                await browser.read(response)

        tasks = [asyncio.create_task(hold(b, t)) for b, t in zip(opened, tokens, strict=True)]
        for browser in opened:
            while not browser.events:
                await asyncio.sleep(0.01)
                assert not any(task.done() and task.exception() for task in tasks)
        yield opened
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def say(*args, **kwargs):
    return asyncio.to_thread(_say, *args, **kwargs)


def _say(*args, **kwargs):
    nudge(*args, **kwargs)
    connection.close()


@pytest.fixture
def stranger(agent):
    """Somebody of another brand on the same installation."""
    brand = Brand.objects.create(slug="banco-sur", name="Banco Sur")
    user = User.objects.create_user("ivan@bancosur.example", name="Iván Prado")
    return Agent.objects.create(brand=brand, user=user, role="owner")


def test_a_nudge_reaches_its_brand_and_no_other(web, agent, stranger):
    async def scene():
        async with browsers(web, [token(agent), token(agent), token(stranger)]) as (one, two, other):
            await say(agent.brand_id, [7, 9])
            for browser in (one, two):
                await browser.sees({"brand": agent.brand_id, "cases": [7, 9], "kind": "case"})
            await say(stranger.brand_id, [1], kind="presence")
            await other.sees({"brand": stranger.brand_id, "cases": [1], "kind": "presence"})
            assert all(event["brand"] == stranger.brand_id for event in other.events)
            assert all(event["brand"] == agent.brand_id for event in one.events)

    asyncio.run(scene())


def test_a_burst_is_one_message(web, agent):
    async def scene():
        async with browsers(web, [token(agent)]) as (browser,):
            before = len(browser.events)

            def burst():
                for n in range(200):
                    nudge(agent.brand_id, [n % 50])
                connection.close()

            await asyncio.to_thread(burst)
            await asyncio.sleep(0.5)
            heard = browser.events[before:]
            assert {case for event in heard for case in event["cases"]} == set(range(50))
            assert len(heard) < 20

    asyncio.run(scene())


def test_more_cases_than_can_be_named_is_everything(web, agent):
    async def scene():
        async with browsers(web, [token(agent)]) as (browser,):
            browser.events.clear()
            await say(agent.brand_id, range(10_000))
            await browser.sees({"brand": agent.brand_id, "all": True})

    asyncio.run(scene())


def test_workers_talk_is_not_for_browsers(web, agent):
    async def scene():
        async with browsers(web, [token(agent)]) as (browser,):
            browser.events.clear()
            await say(agent.brand_id, kind="outbox")
            await say(agent.brand_id, [3], kind="draft")
            await browser.sees({"brand": agent.brand_id, "cases": [3], "kind": "draft"})
            assert len(browser.events) == 1

    asyncio.run(scene())


@pytest.mark.parametrize(
    "forge",
    [
        lambda agent: "",
        lambda agent: "nonsense",
        lambda agent: token(agent)[:-1] + ("A" if token(agent)[-1] != "A" else "B"),
        lambda agent: token(agent, timezone.now() - LIFE - timedelta(seconds=1)),
        lambda agent: signing.Signer(salt="another use").sign_object([agent.pk, agent.brand_id, 2**40]),
        lambda agent: signing.Signer(salt="cortafuegos.stream").sign_object(["x", None, "y"]),
        lambda agent: signing.Signer(key="guessed", salt="cortafuegos.stream").sign_object(
            [agent.pk, agent.brand_id, 2**32]
        ),
    ],
    ids=["none", "nonsense", "altered", "ended", "other-use", "odd", "other-key"],
)
def test_a_bad_token_opens_nothing(client, agent, forge):
    assert client.get("/stream", params={"token": forge(agent)}).status_code == 401


def test_who_left_hears_nothing_more(client, agent):
    given = token(agent)
    agent.active = False
    agent.save()
    assert client.get("/stream", params={"token": given}).status_code == 403


def test_a_token_names_its_brand():
    agent = Agent(pk=3, brand_id=8)
    now = timezone.now()
    ticket = read_token(token(agent, now), now)
    assert (ticket.agent_id, ticket.brand_id) == (3, 8)
    assert read_token(token(agent, now), now + LIFE) is None


def test_the_page_gets_a_token_for_its_own_brand(agent, stranger):
    page = Client()
    assert page.get("/b/condor/stream-token").status_code == 302
    page.force_login(agent.user)
    answer = page.get("/b/condor/stream-token")
    assert answer["Cache-Control"] == "no-store"
    ticket = read_token(answer.json()["token"], timezone.now())
    assert (ticket.agent_id, ticket.brand_id) == (agent.pk, agent.brand_id)
    assert page.get("/b/banco-sur/stream-token").status_code == 404


def test_at_the_end_of_its_token_the_browser_is_told_to_renew(web, agent):
    async def scene():
        ending = token(agent, timezone.now() - LIFE + timedelta(seconds=2))
        async with browsers(web, [ending]) as (browser,):
            for _ in range(500):
                if browser.ended:
                    break
                await asyncio.sleep(0.01)
            assert browser.ended
            assert browser.names[-1] == "renew"

    asyncio.run(scene())


def test_a_lost_connection_is_made_again_and_everybody_told_to_look(web, agent):
    def cut():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE application_name = 'cortafuegos-hub' AND datname = current_database()"
            )
            found = cursor.fetchone()[0]
        connection.close()
        return found

    async def scene():
        async with browsers(web, [token(agent)]) as (browser,):
            await browser.sees({"brand": agent.brand_id, "all": True})
            browser.events.clear()
            assert await asyncio.to_thread(cut) == 1
            await browser.sees({"brand": agent.brand_id, "all": True})
            await say(agent.brand_id, [5])
            await browser.sees({"brand": agent.brand_id, "cases": [5], "kind": "case"})

    asyncio.run(scene())


def test_a_nudge_that_is_no_nudge_harms_nobody(web, agent):
    def shout(payload):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('nudge', %s)", [payload])
        connection.close()

    async def scene():
        async with browsers(web, [token(agent)]) as (browser,):
            for payload in ("", "{", "[]", '{"brand": "x"}', '{"brand": null}', "\ud7ff" * 50):
                await asyncio.to_thread(shout, payload)
            await say(agent.brand_id, [5])
            await browser.sees({"brand": agent.brand_id, "cases": [5], "kind": "case"})

    asyncio.run(scene())


def test_a_slow_browser_is_told_once_that_all_may_have_changed():
    async def scene():
        listener = Listener(brand_id=1)
        for n in range(MAILBOX * 10):
            listener.put(b"data: %d\n\n" % n)
        said = await listener.take(1)
        assert said.count(b"\n\n") <= MAILBOX
        assert b'"all":true' in said
        assert said.endswith(b"data: %d\n\n" % (MAILBOX * 10 - 1))
        assert await listener.take(0.01) == b""

    asyncio.run(scene())


def test_who_leaves_is_forgotten():
    hub = Hub()
    listener = hub.join(1)
    assert hub.count == 1
    hub.leave(listener)
    assert hub.count == 0


def test_the_process_stops_at_once_with_streams_open(transactional_db, agent):
    """The server would wait its thirty seconds of grace for streams that never end."""
    web = Web(url_of(connection.settings_dict)).start()

    async def scene():
        async with browsers(web, [token(agent)] * 20) as opened:
            took = await asyncio.to_thread(web.stop)
            await asyncio.sleep(0.1)
            return took, [browser.ended for browser in opened]

    try:
        took, ended = asyncio.run(scene())
    finally:
        web.kill()
    assert took < 5
    assert all(ended)


@pytest.mark.slow
def test_five_hundred_streams(web, agent):
    async def scene():
        async with browsers(web, [token(agent)] * 500) as opened:
            started = time.monotonic()
            await say(agent.brand_id, [4242])
            for browser in opened:
                await browser.sees({"brand": agent.brand_id, "cases": [4242], "kind": "case"}, 10)
            return time.monotonic() - started

    assert asyncio.run(scene()) < 5
