"""Who may be answered how, known before anybody writes; and what becomes of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from cortafuegos.channels.capabilities import (
    Authorises,
    ByHand,
    Closed,
    Exchange,
    Guides,
    Moderates,
    Permits,
    Priced,
    Renews,
    Shared,
    Withdraws,
)
from cortafuegos.channels.contract import AccountView, Outgoing, Target
from cortafuegos.channels.x.connector import connector

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
EXCHANGE = Exchange(now=NOW, said_at=NOW)
US = AccountView(1, "x", "x:user:10", "condor_air", "es", {"web": "https://x.com"}, {})
SELF_SERVE, ENTERPRISE = US, replace(US, config={**US.config, "enterprise": True})
NO_MESSAGES = replace(US, config={**US.config, "messages": False})


def said(*, public: bool = True, by: str = "x:user:20", **ref: object) -> Target:
    ref = {"id": "2123779000000000001", **ref} if public else {"event": "5", **ref}
    return Target("x:post:1", by, "ana", "x:post:1", "https://x.com/ana/status/1", public, "", ref, ref)


@pytest.mark.parametrize(
    "power", [Permits, ByHand, Withdraws, Moderates, Authorises, Renews, Shared, Priced, Guides]
)
def test_what_x_can_do_besides(power: type) -> None:
    assert isinstance(connector, power)


@pytest.mark.parametrize(
    ("account", "target", "public", "closed", "by_hand"),
    [
        (SELF_SERVE, said(summoned=True), True, None, False),
        (SELF_SERVE, said(summoned=False), True, Closed.UNINVITED, True),
        (SELF_SERVE, said(), True, Closed.UNINVITED, True),  # nothing is known: not invited
        (SELF_SERVE, said(summoned="yes"), True, Closed.UNINVITED, True),
        (SELF_SERVE, said(by="x:user:10"), True, None, False),  # going on under our own post
        (ENTERPRISE, said(summoned=False), True, None, False),
        (SELF_SERVE, said(public=False), True, Closed.NEVER, False),
        (ENTERPRISE, said(public=False), True, Closed.NEVER, False),
        (SELF_SERVE, said(public=False), False, None, False),
        (SELF_SERVE, said(summoned=False), False, None, False),  # in private one may try
        (SELF_SERVE, said(messages=False), False, Closed.NEVER, False),
        (SELF_SERVE, said(public=False, messages=False), False, None, False),  # they wrote first
        (NO_MESSAGES, said(public=False), False, Closed.NEVER, False),
        (NO_MESSAGES, said(summoned=True), True, None, False),
    ],
)
def test_who_may_be_answered(
    account: AccountView, target: Target, public: bool, closed: Closed | None, by_hand: bool
) -> None:
    found = connector.permission(account, target, EXCHANGE, public=public)
    assert (found.closed, found.by_hand) == (closed, by_hand)
    if closed:
        assert str(found.sentence).endswith(".")


def test_the_window_of_x_opens_with_the_text_under_the_right_post() -> None:
    address = urlsplit(connector.compose_address(US, said(), "Hola & adiós: 100 % #1 ¿no?"))
    assert (address.scheme, address.netloc, address.path) == ("https", "x.com", "/intent/post")
    assert parse_qs(address.query) == {
        "in_reply_to": ["2123779000000000001"],
        "text": ["Hola & adiós: 100 % #1 ¿no?"],
    }


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com/condor_air/status/2123779000000000009",
        "https://x.com/Condor_Air/status/2123779000000000009?s=20&t=abc",
        "https://twitter.com/condor_air/status/2123779000000000009/photo/1",
        "https://mobile.x.com/condor_air/status/2123779000000000009",
        "  http://www.x.com/condor_air/statuses/2123779000000000009 ",
    ],
)
def test_the_link_of_a_post_by_hand_is_recognised(link: str) -> None:
    found = connector.recognise(US, link)
    assert found is not None
    assert found.network_id == "x:post:2123779000000000009"
    assert found.url == "https://x.com/condor_air/status/2123779000000000009"
    assert found.posted_at is not None
    assert found.posted_at.year == 2026


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://x.com/ana/status/2123779000000000009",  # somebody else's
        "https://x.com/condor_air",
        "https://x.com/i/status/2123779000000000009",  # nobody's name: whose it is cannot be told
        "https://evil.example/condor_air/status/2123779000000000009",
        "https://x.com.evil.example/condor_air/status/2123779000000000009",
        "javascript:alert(1)//x.com/condor_air/status/2123779000000000009",
        "https://x.com/condor_air/status/99999999999999999999999",
        "https://x.com/condor_air/status/٣٣٣",
        "https://[",
    ],
)
def test_other_links_are_not(link: str) -> None:
    assert connector.recognise(US, link) is None


@pytest.mark.parametrize(
    ("account", "text", "public", "summoned", "costs"),
    [
        (SELF_SERVE, "Hola", True, True, "0.010"),
        (SELF_SERVE, "Hola", True, False, "0.015"),
        (SELF_SERVE, "Mira https://condor.example", True, True, "0.200"),
        (SELF_SERVE, "Mira https://condor.example", False, True, "0.015"),
        (ENTERPRISE, "Mira https://condor.example", True, True, "0.000"),
    ],
)
def test_what_an_answer_costs(
    account: AccountView, text: str, public: bool, summoned: bool, costs: str
) -> None:
    outgoing = Outgoing("k", text, public, said(summoned=summoned), NOW)
    assert connector.price(account, outgoing) == Decimal(costs)
    assert connector.currency == "USD"


def test_what_is_to_be_done_at_x_is_told_in_order() -> None:
    assert len(connector.steps) == 5
    assert all(str(step).endswith(".") for step in (*connector.steps, *connector.by_hand_steps))
