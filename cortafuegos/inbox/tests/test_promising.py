"""When a promise is due, when its case comes back, and which words made it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.inbox import promising

MADRID = ZoneInfo("Europe/Madrid")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=MADRID)  # the 2nd is a Monday


@pytest.mark.parametrize(
    ("choice", "now", "wanted"),
    [
        ("hour", at(2, 23, 30), at(3, 0, 30)),
        ("today", at(2, 9), at(2, 18)),
        ("today", at(2, 18), None),  # the evening has begun
        ("tomorrow", at(2, 9), at(3, 12)),
        ("two_days", at(31, 9), datetime(2026, 4, 2, 12, tzinfo=MADRID)),
        ("friday", at(2, 9), at(6, 12)),
        ("friday", at(6, 11, 59), at(6, 12)),
        ("friday", at(6, 12), at(13, 12)),
        ("friday", at(7, 9), at(13, 12)),
        ("someday", at(2, 9), None),
        ("", at(2, 9), None),
    ],
)
def test_named_times(choice: str, now: datetime, wanted: datetime | None) -> None:
    assert promising.until(choice, now) == wanted


def test_noon_stays_noon_when_the_clocks_change() -> None:
    assert promising.until("tomorrow", at(28, 20)) == at(29, 12)  # that night an hour is missing


@given(st.integers(1, 60 * 24 * 366))
def test_the_case_comes_back_between_now_and_then(minutes: int) -> None:
    now = at(2, 9)
    due = now + timedelta(minutes=minutes)
    back = promising.back_at(now, due)
    assert now < back < due
    assert due - back <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("Sentimos la espera, Ana. Te digo algo el jueves. ^LF", "Te digo algo el jueves."),
        ("Lo miramos. Mañana antes de las 12 te escribimos.", "Mañana antes de las 12 te escribimos."),
        ("We're sorry. We'll write to you by noon tomorrow.", "We'll write to you by noon tomorrow."),
        ("Lo miramos ya mismo.", ""),
        ("¿Te viene bien el jueves?", ""),  # a question promises nothing
        ("", ""),
        ("Mañana " * 2000, ("Mañana " * 2000)[: promising.LONGEST]),
    ],
)
def test_the_sentence_that_names_a_time(draft: str, words: str) -> None:
    assert promising.words_of(draft) == words


@given(st.text(max_size=6000))
def test_any_draft_may_come(draft: str) -> None:
    assert len(promising.words_of(draft)) <= promising.LONGEST
