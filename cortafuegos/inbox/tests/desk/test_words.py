"""Times and figures, read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from cortafuegos.inbox import words

NOW = datetime(2026, 3, 4, 16, 0, tzinfo=UTC)  # 17:00 in Madrid


@pytest.fixture(autouse=True)
def in_madrid() -> Iterator[None]:
    with timezone.override("Europe/Madrid"):
        yield


def after(**length: float) -> datetime:
    return NOW + timedelta(**length)


@pytest.mark.parametrize(
    ("at", "spanish", "english"),
    [
        (after(minutes=40), "a las 17:40", "at 5:40 PM"),
        (after(hours=20, minutes=5), "mañana a las 13:05", "tomorrow at 1:05 PM"),
        (after(hours=8, minutes=5), "mañana a la 1:05", "tomorrow at 1:05 AM"),
        (after(hours=-20), "ayer a las 21:00", "yesterday at 9:00 PM"),
        (after(days=5), "el 9 mar a las 17:00", "on Mar 9 at 5:00 PM"),
        (after(days=-400), "el 28 ene 2025 a las 17:00", None),
    ],
)
def test_a_moment_in_a_sentence(at: datetime, spanish: str, english: str | None) -> None:
    with translation.override("es"):
        assert words.at(at, NOW) == spanish
    if english:
        with translation.override("en"):
            assert words.at(at, NOW).replace("\u202f", " ") == english


@pytest.mark.parametrize(
    ("due", "level", "short", "long"),
    [
        (after(minutes=6), "soon", "6 min", "antes de las 17:06"),
        (after(minutes=15), "soon", "15 min", "antes de las 17:15"),
        (after(minutes=16), "", "16 min", "antes de las 17:16"),
        (after(seconds=20), "soon", "1 min", "antes de las 17:00"),
        (after(hours=3), "", "3 h", "antes de las 20:00"),
        (after(hours=8), "", "8 h", "antes de mañana a la 1:00"),
        (after(days=4), "", "4 d", "antes del 8 mar a las 17:00"),
        (after(minutes=-3), "late", "pasó hace 3 min", "vencía a las 16:57"),
        (after(hours=-5), "late", "pasó hace 5 h", "vencía a las 12:00"),
        (NOW, "late", "pasó hace 0 min", "vencía a las 17:00"),
    ],
)
def test_a_countdown(due: datetime, level: str, short: str, long: str) -> None:
    with translation.override("es"):
        assert words.due(due, NOW) == words.Due(level, short, long)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (after(seconds=-20), "ahora"),
        (after(minutes=-4), "hace 4 min"),
        (after(hours=-3), "hace 3 h"),
        (after(hours=-25), "ayer"),
        (after(days=-12), "20 feb"),
    ],
)
def test_an_age(at: datetime, said: str) -> None:
    with translation.override("es"):
        assert words.ago(at, NOW) == said


def test_what_time_it_is_there() -> None:
    with translation.override("es"):
        assert words.there("Atlantic/Canary", NOW) == "allí son las 16:00"
        assert words.there("America/Bogota", NOW + timedelta(hours=2)) == "allí son las 13:00"
        assert words.there("Asia/Tokyo", NOW) == "allí es la 1:00"
        assert words.there("No/Such", NOW) == ""


def test_figures() -> None:
    with translation.override("es"):
        assert [words.reach(n) for n in (12, 999, 18_400, 1_250_000)] == ["12", "999", "18,4 k", "1,2 M"]
    with translation.override("en"):
        assert words.reach(18_400) == "18.4 k"
