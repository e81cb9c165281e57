"""When free words may go: told before anybody writes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.channels.capabilities import Closed, Exchange, Guides, Permits, Shared, Templated, Withdraws
from cortafuegos.channels.contract import AccountView, Target
from cortafuegos.channels.whatsapp.connector import connector

US = AccountView(1, "whatsapp", "whatsapp:1", "+34 600", "es", {}, {})
SAID = datetime(2026, 11, 22, 10, tzinfo=UTC)
DAY = timedelta(hours=24)
MOMENT = timedelta(microseconds=1)


def test_it_has_these_powers() -> None:
    assert all(isinstance(connector, power) for power in (Permits, Templated, Shared, Guides))
    assert not isinstance(connector, Withdraws)  # the Cloud API takes nothing back


@pytest.mark.parametrize(
    ("now", "heard", "public", "closed", "until"),
    [
        (SAID, None, False, None, SAID + DAY),
        (SAID + DAY - MOMENT, None, False, None, SAID + DAY),
        (SAID + DAY, None, False, Closed.WINDOW, None),
        (SAID + DAY, SAID + DAY / 2, False, None, SAID + DAY * 1.5),
        (SAID + DAY * 2, SAID + DAY / 2, False, Closed.WINDOW, None),
        (SAID, SAID, True, Closed.NEVER, None),
    ],
)
def test_permission(
    now: datetime, heard: datetime | None, public: bool, closed: Closed | None, until: datetime | None
) -> None:
    target = Target("x", "whatsapp:ES.1", "ana", "c", "", False, "", {}, {})
    found = connector.permission(US, target, Exchange(now, SAID, heard), public=public)
    assert (found.closed, found.until) == (closed, until)
    assert found.template is (closed is Closed.WINDOW)
    assert bool(str(found.sentence)) is (closed is not None)


@pytest.mark.parametrize(("text", "length"), [("hola", 4), ("😡", 2), ("ñ", 1), ("\ud800", 1), ("", 0)])
def test_what_is_counted(text: str, length: int) -> None:
    assert connector.measure(text, public=False) == length
