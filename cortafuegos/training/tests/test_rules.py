"""The paper, the mark, the days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.training.rules import expiry, mark, next_try, paper
from cortafuegos.training.tests.school import QUESTIONS

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


@given(st.text(max_size=20))
def test_every_question_and_every_option_stands_on_the_paper_once(seed):
    found = paper(QUESTIONS, seed)
    assert sorted(slot.question for slot in found) == list(range(5))
    assert all(sorted(slot.options) == [0, 1, 2, 3] for slot in found)


def test_the_order_is_the_seed_s_and_stays_so():
    assert paper(QUESTIONS, "abc") == paper(QUESTIONS, "abc")
    # Written down, so that an exam begun before an upgrade is marked as it was laid out.
    assert [slot.question for slot in paper(QUESTIONS, "abc")] == [3, 0, 4, 1, 2]
    seen = {tuple(slot.question for slot in paper(QUESTIONS, str(n))) for n in range(60)}
    assert len(seen) > 30


def test_the_right_option_stands_in_no_favourite_place():
    places = [
        slot.options.index(QUESTIONS[slot.question].answer)
        for n in range(200)
        for slot in paper(QUESTIONS, str(n))
    ]
    assert all(200 < places.count(place) < 300 for place in range(4))  # 250 each on average


@pytest.mark.parametrize(
    ("wrong", "percent", "passed"),
    [
        (0, 100, True),
        (1, 100, False),
        (1, 80, True),
        (2, 80, False),
        (5, 1, False),
        (4, 20, True),
        (4, 21, False),
    ],
)
def test_the_mark(wrong, percent, passed):
    given_ = [q.answer if n >= wrong else (q.answer + 1) % 4 for n, q in enumerate(QUESTIONS)]
    found = mark(QUESTIONS, given_, percent)
    assert (found.right, found.total, found.passed) == (5 - wrong, 5, passed)


def test_no_answer_is_a_wrong_one_and_a_short_list_an_error():
    assert mark(QUESTIONS, [None] * 5, 1).right == 0
    with pytest.raises(ValueError):
        mark(QUESTIONS, [0], 80)
    assert not mark([], [], 1).passed


@pytest.mark.parametrize(
    ("hours_ago", "tries", "wait"),
    [
        ([], 1, None),
        ([1], 2, None),
        ([1], 1, 23),
        ([25], 1, None),
        ([24], 1, None),
        ([3, 1], 2, 21),
        ([30, 3, 1], 2, 21),
        ([5, 3, 1], 2, 21),
        ([5, 3, 1], 3, 19),
    ],
)
def test_when_one_may_try_again(hours_ago, tries, wait):
    finished = [NOW - timedelta(hours=h) for h in hours_ago]
    expected = None if wait is None else NOW + timedelta(hours=wait)
    assert next_try(finished, tries, NOW) == expected
    assert next_try(finished[::-1], tries, NOW) == expected


@pytest.mark.parametrize(
    ("issued", "months", "until"),
    [
        ((2026, 3, 3), 12, (2027, 3, 3)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2027, 12, 31), 2, (2028, 2, 29)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2026, 11, 30), 1, (2026, 12, 30)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
    ],
)
def test_the_same_day_some_months_later(issued, months, until):
    assert expiry(datetime(*issued, 9, tzinfo=UTC), months) == datetime(*until, 9, tzinfo=UTC)
