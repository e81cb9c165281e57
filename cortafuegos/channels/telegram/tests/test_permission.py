"""What may be said where, told before anybody writes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cortafuegos.channels.capabilities import Closed, Exchange, Guides, Permits, Withdraws
from cortafuegos.channels.contract import AccountView, Target
from cortafuegos.channels.telegram.connector import connector

US = AccountView(1, "telegram", "telegram:user:77", "condor_air_bot", "es", {}, {})
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_it_has_these_powers() -> None:
    assert isinstance(connector, Permits)
    assert isinstance(connector, Withdraws)
    assert isinstance(connector, Guides)


@pytest.mark.parametrize(
    ("author", "said_in_public", "public", "closed", "warned"),
    [
        ("telegram:user:5", False, False, None, False),
        ("telegram:user:5", True, True, None, False),
        ("telegram:user:5", False, True, Closed.NEVER, True),
        ("telegram:user:5", True, False, None, True),
        ("telegram:chat:-100", True, False, Closed.NEVER, True),
        ("telegram:chat:-100", True, True, None, False),
    ],
)
def test_permission(
    author: str, said_in_public: bool, public: bool, closed: Closed | None, warned: bool
) -> None:
    target = Target("x", author, "ana", "c", "", said_in_public, "", {}, {})
    found = connector.permission(US, target, Exchange(NOW, NOW), public=public)
    assert (found.closed, bool(str(found.sentence)), found.template) == (closed, warned, False)


@pytest.mark.parametrize(("text", "length"), [("hola", 4), ("😡", 2), ("ñ", 1), ("\ud800", 1), ("", 0)])
def test_what_telegram_counts(text: str, length: int) -> None:
    assert connector.measure(text, public=False) == length
