"""What may be answered, how and until when; told before anybody writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import (
    Closed,
    Exchange,
    Guides,
    Moderates,
    Permits,
    Shared,
    Withdraws,
)
from cortafuegos.channels.contract import Target
from cortafuegos.channels.tests.samples import account

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NETWORKS = ("facebook", "instagram")


def target(kind, *, public=True):
    return Target("x:1", "x:2", "ana", "x:3", "", public, "", {"kind": kind, "id": "1"}, {})


def asked(network, kind, *, public, age=HOUR, heard=None, answers=0, human_agent=False):
    us = account(network)
    us = replace(us, config={**us.config, "human_agent": human_agent})
    exchange = Exchange(NOW, NOW - age, NOW - heard if heard is not None else None, answers)
    there = target(kind, public=kind != "message")
    return registry.connector(network).permission(us, there, exchange, public=public)


@pytest.mark.parametrize("network", NETWORKS)
def test_they_have_the_powers(network):
    for power in (Permits, Withdraws, Moderates, Shared, Guides):
        assert isinstance(registry.connector(network), power)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize(
    ("age", "human_agent", "closed", "left"),
    [
        (timedelta(0), False, None, 24 * HOUR),
        (23 * HOUR, False, None, HOUR),
        (24 * HOUR - timedelta(seconds=1), False, None, timedelta(seconds=1)),
        (24 * HOUR, False, Closed.WINDOW, None),
        (24 * HOUR, True, None, 6 * DAY),
        (7 * DAY - timedelta(seconds=1), True, None, timedelta(seconds=1)),
        (7 * DAY, True, Closed.WINDOW, None),
        (40 * DAY, False, Closed.WINDOW, None),
        (-HOUR, False, None, 25 * HOUR),  # their clock runs before ours
    ],
)
def test_private_exchanges(network, age, human_agent, closed, left):
    told = asked(network, "message", public=False, age=age, human_agent=human_agent)
    assert told.closed is closed
    assert told.until == (NOW + left if left is not None else None)
    assert bool(str(told.sentence)) is (closed is not None or (human_agent and age >= 24 * HOUR))
    assert not told.template
    assert not told.by_hand


@pytest.mark.parametrize("network", NETWORKS)
def test_what_counts_is_the_last_thing_heard(network):
    told = asked(network, "message", public=False, age=30 * HOUR, heard=2 * HOUR)
    assert (told.closed, told.until) == (None, NOW + 22 * HOUR)
    assert asked(network, "message", public=False, age=HOUR, heard=25 * HOUR).closed is Closed.WINDOW


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize(
    ("age", "answers", "closed"),
    [
        (HOUR, 0, None),
        (7 * DAY - HOUR, 0, None),
        (7 * DAY, 0, Closed.WINDOW),
        (HOUR, 1, Closed.ONCE),
        (9 * DAY, 2, Closed.ONCE),
    ],
)
def test_a_private_reply_to_a_comment(network, age, answers, closed):
    told = asked(network, "comment", public=False, age=age, answers=answers)
    assert told.closed is closed
    assert told.until == (None if closed else NOW - age + 7 * DAY)
    assert str(told.sentence)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("kind", ["review", "mention", "media", ""])
def test_what_can_never_be_answered_in_private(network, kind):
    told = asked(network, kind, public=False)
    assert told.closed is Closed.NEVER
    assert str(told.sentence)
    assert asked(network, kind, public=True, age=400 * DAY).closed is None


@pytest.mark.parametrize("network", NETWORKS)
def test_what_was_said_in_private_is_not_answered_in_public(network):
    told = asked(network, "message", public=True)
    assert (told.closed, told.until) == (Closed.NEVER, None)


def test_a_visitors_post_and_a_live_comment():
    assert asked("facebook", "post", public=False).until == NOW - HOUR + 7 * DAY
    assert "live" in str(asked("instagram", "live", public=False).sentence)
    assert asked("instagram", "live", public=False, answers=1).closed is Closed.ONCE
