from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.channels import week
from cortafuegos.kit.hours import DAYS, check

OFFICE = [["09:00", "20:00"]]
SPLIT = [["09:00", "14:00"], ["16:30", "20:00"]]


def days(names: str, ranges: list[list[str]]) -> dict[str, list[list[str]]]:
    return dict.fromkeys(names.split(), ranges)


@pytest.mark.parametrize(
    ("hours", "spanish", "english"),
    [
        ({}, "Respondemos a cualquier hora, todos los días.", "We answer at any hour, every day."),
        (
            days("mon tue wed thu fri", OFFICE),
            "Respondemos de lunes a viernes de 9 a 20 h.",
            "We answer Monday to Friday, 9:00 to 20:00.",
        ),
        (
            days(" ".join(DAYS), OFFICE),
            "Respondemos todos los días de 9 a 20 h.",
            "We answer every day, 9:00 to 20:00.",
        ),
        (
            days("mon tue wed thu", SPLIT) | days("sat sun", [["10:00", "00:00"]]),
            "Respondemos de lunes a jueves de 9 a 14 y de 16:30 a 20 h y sábados y domingos de 10 a 24 h.",
            "We answer Monday to Thursday, 9:00 to 14:00 and 16:30 to 20:00"
            " and Saturdays and Sundays, 10:00 to 24:00.",
        ),
        (
            days("mon wed fri", OFFICE),
            "Respondemos lunes, miércoles y viernes de 9 a 20 h.",
            "We answer Mondays, Wednesdays and Fridays, 9:00 to 20:00.",
        ),
    ],
)
def test_the_sentence_customers_read(hours: dict[str, list[list[str]]], spanish: str, english: str) -> None:
    assert week.sentence(hours, "es-MX") == spanish
    assert week.sentence(hours, "en") == english
    assert week.sentence(hours, "xx") == english


def as_posted(hours: dict[str, list[list[str]]]) -> dict[str, str]:
    return {
        f"{day}-{number}-{end}": value
        for day, ranges in week.rows(hours)
        for number, pair in enumerate(ranges)
        for end, value in zip(("from", "to"), pair, strict=True)
    }


HOUR = st.integers(0, 23).map(lambda hour: f"{hour:02}:00")


# A busy machine is no fault of the form.
calmly = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@calmly
@given(st.dictionaries(st.sampled_from(DAYS), st.lists(HOUR, min_size=2, max_size=6, unique=True)))
def test_what_the_form_shows_is_read_back_as_it_was(found: dict[str, list[str]]) -> None:
    hours = {}
    for day, points in found.items():
        ordered = sorted(points)[: len(points) // 2 * 2]
        hours[day] = [ordered[at : at + 2] for at in range(0, len(ordered), 2)]
    assert week.read(as_posted(hours)) == (hours, set())


@calmly
@given(st.dictionaries(st.sampled_from(sorted(as_posted({}))), st.text(max_size=8)))
def test_whatever_is_posted_either_holds_or_is_named(posted: dict[str, str]) -> None:
    hours, wrong = week.read(posted)
    check({day: ranges for day, ranges in hours.items() if day not in wrong})
    assert wrong <= set(DAYS)
    assert isinstance(week.rows(hours), list)


def test_always_open_wins_over_what_was_typed_before() -> None:
    assert week.read({"always": "1", "mon-0-from": "20:00", "mon-0-to": "09:00"}) == ({}, set())
