from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.triage.priority import Situation, priority
from cortafuegos.triage.sentences import fact

HOUR = timedelta(hours=1)
PLAIN = Situation()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Situation(urgency=3), Situation(urgency=2, waited=48 * HOUR, followers=10**7, public_figure=True)),
        (Situation(urgency=2), Situation(urgency=1, waited=HOUR, churn=True)),
        (Situation(waited=24 * HOUR), Situation(public_figure=True, followers=5_000)),
        (Situation(messages=3, within=2 * HOUR), Situation(waited=timedelta(minutes=10))),
        (Situation(channel="mention"), Situation(channel="direct")),
        (Situation(), Situation(urgency=0, needs_reply=False, followers=10**6)),
        (Situation(urgency=2, followers=9_000, posture="crisis"), Situation(urgency=2, followers=9_000)),
        (Situation(urgency=1), Situation(urgency=1, posture="crisis")),
        (Situation(urgency=2, posture="crisis"), Situation(urgency=1, followers=10**6, posture="crisis")),
    ],
)
def test_what_comes_first(first: Situation, second: Situation) -> None:
    assert priority(first).score > priority(second).score


@given(
    st.builds(
        Situation,
        urgency=st.integers(0, 3),
        needs_reply=st.booleans(),
        churn=st.booleans(),
        waited=st.timedeltas(timedelta(0), timedelta(days=400)),
        followers=st.integers(0, 10**9),
        public_figure=st.booleans(),
        channel=st.sampled_from(["mention", "direct", "mail", "?"]),
        messages=st.integers(0, 50),
        within=st.timedeltas(timedelta(0), timedelta(days=9)),
        posture=st.sampled_from(["calm", "watch", "crisis"]),
    ),
    st.sampled_from(["waited", "followers", "messages"]),
    st.integers(1, 1000),
)
def test_more_of_anything_never_lowers_the_score(case: Situation, name: str, more: int) -> None:
    step = timedelta(minutes=more) if name == "waited" else more
    risen = replace(case, **{name: getattr(case, name) + step})
    assert priority(risen).score >= priority(case).score
    assert priority(replace(case, churn=True)).score >= priority(replace(case, churn=False)).score


@pytest.mark.parametrize(
    "odd", [{"urgency": 9}, {"urgency": -4}, {"followers": -5}, {"messages": -1}, {"waited": -HOUR}]
)
def test_numbers_out_of_range_are_taken_for_the_nearest(odd: dict[str, object]) -> None:
    assert 0 <= priority(replace(PLAIN, **odd)).score <= 200


def test_reasons_are_said_in_words() -> None:
    case = Situation(urgency=2, messages=3, within=2 * HOUR, followers=40_000, waited=timedelta(minutes=20))
    with translation.override("en"):
        said = [fact(told) for told in priority(case).facts]
    assert said[0] == "It cannot wait long"
    assert {"Message number 3 in 2 hours", "40\u202f000 followers", "Waiting for 20 minutes"} <= set(said)
    with translation.override("es"):
        assert "Lleva 20 minutos esperando" in [fact(told) for told in priority(case).facts]
