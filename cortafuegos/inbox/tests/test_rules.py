"""What the inbox decides, as tables."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.inbox.rules import (
    Candidate,
    Sibling,
    answering_account,
    choose_case,
    first_words,
    retry_delay,
)
from cortafuegos.inbox.tests.people import NOON

HERE, THERE = 1, 2


def a(
    id_: int, state: str = "open", *, here: bool = False, hours: float = 1, closed: float | None = None
) -> Candidate:
    """A case last spoken in so many hours ago, closed so many days ago."""
    return Candidate(
        id_,
        state,
        NOON - timedelta(hours=hours),
        NOON - timedelta(days=closed) if closed is not None else None,
        frozenset({HERE if here else THERE}),
    )


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ([], None),
        ([a(1)], 1),
        ([a(1), a(2, hours=0.5)], 2),
        ([a(1, here=True, hours=99), a(2)], 1),
        ([a(1, here=True, hours=9), a(2, here=True, hours=3)], 2),
        ([a(1, "snoozed")], 1),
        ([a(1, "snoozed", here=True), a(2)], 1),
        ([a(1, "closed", closed=1)], None),
        ([a(1, "closed", here=True, closed=13.9)], 1),
        ([a(1, "closed", here=True, closed=14)], 1),
        ([a(1, "closed", here=True, closed=14.1)], None),
        ([a(1, "closed", here=True, closed=1), a(2)], 2),
        ([a(1, "closed", here=True, closed=3, hours=80), a(2, "closed", here=True, closed=2, hours=50)], 2),
        ([a(1, "closed", here=True, closed=-1)], 1),  # said before the close, told after it
        ([a(1, hours=1), a(2, hours=1)], 2),  # as old as each other: always the same one
    ],
)
def test_which_case_a_message_joins(candidates, chosen):
    for order in (candidates, candidates[::-1]):
        found = choose_case(order, HERE, NOON)
        assert (found and found.id) == chosen


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hola", "Hola"),
        ("", ""),
        ("  dos \n\n líneas\t", "dos líneas"),
        ("uno dos tres cuatro", "uno dos tres…"),
        ("x" * 30, "x" * 15 + "…"),
        ("a " + "x" * 30, "a xxxxxxxxxxxxx…"),
        ("exactamente 16 c", "exactamente 16 c"),
    ],
)
def test_first_words(text, words):
    assert first_words(text, 16) == words


@given(st.text(), st.integers(2, 200))
def test_first_words_fit_on_one_line(text, length):
    words = first_words(text, length)
    assert len(words) <= length
    assert words == " ".join(words.split())


ONE = Sibling(1, "x", False, True)
SUPPORT = Sibling(2, "x", True, True)
ILL = Sibling(3, "x", True, False)
ELSEWHERE = Sibling(4, "y", True, True)


@pytest.mark.parametrize(
    ("public", "siblings", "answers"),
    [
        (True, [ONE], 1),
        (True, [ONE, SUPPORT], 2),
        (True, [ONE, ELSEWHERE], 1),
        (True, [ONE, ILL], 1),
        (True, [ILL, SUPPORT], 2),
        (False, [ONE, SUPPORT], 1),
        (True, [], 1),
    ],
)
def test_which_account_answers(public, siblings, answers):
    assert answering_account(1, "x", public, siblings) == answers


@pytest.mark.parametrize(
    ("attempts", "asked", "seconds"),
    [(0, None, 5), (1, None, 5), (2, None, 10), (5, None, 80), (8, None, 600), (900, None, 600),
     (1, 120.0, 120), (1, 0.0, 1), (1, -5.0, 1), (1, 10.0**9, 3600)],
)  # fmt: skip
def test_how_long_to_wait(attempts, asked, seconds):
    assert retry_delay(attempts, asked) == timedelta(seconds=seconds)
