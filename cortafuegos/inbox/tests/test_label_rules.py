"""What labels make of a case, and what a correction changes: tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.inbox.labels.rules import (
    Reach,
    Standing,
    corrected,
    given_back,
    implied,
    ranked,
    standing,
    value_of,
)

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def said(minute: int, intent: str = "other", **more):
    labels = {"intent": intent, "cause": "none", "sentiment": "neutral", "urgency": 1, "churn": False,
              "needs_reply": True, "topics": []}  # fmt: skip
    return (at(minute), 0), {**labels, **more}


CALM = said(0, "praise", urgency=0, needs_reply=False)
ANGRY = said(5, "complaint", cause="service", sentiment="negative", urgency=2)
ASKS = said(9, "question", topics=["bag"])
LEAVES = said(12, "other", churn=True, urgency=0, needs_reply=False)


@pytest.mark.parametrize(
    ("messages", "awaits", "answered", "expected"),
    [
        ([], True, None, Standing()),
        ([CALM], True, None, Standing("praise", "none", "neutral", 0, False, False, (), at(0), 1)),
        # the gravest of what waits decides, whatever came last
        (
            [ASKS, ANGRY, CALM],
            True,
            None,
            Standing("complaint", "service", "neutral", 2, False, True, ("bag",), at(0), 3),
        ),
        # what was answered no longer presses
        (
            [ANGRY, ASKS],
            True,
            at(6),
            Standing("question", "none", "neutral", 1, False, True, ("bag",), at(9), 1),
        ),
        # when all is answered it is about what was said last, and asks for nothing
        ([CALM, ANGRY], False, at(30), Standing("complaint", "service", "negative", 0, False, False)),
        ([ANGRY, LEAVES], True, at(6), Standing("other", "none", "neutral", 0, True, False, (), at(12), 1)),
        # it awaits us although we spoke last: what they said last waits
        ([ANGRY], True, at(30), Standing("complaint", "service", "negative", 2, False, True, (), at(5), 1)),
        # a message nobody has read yet still waits
        ([((at(3), 0), {})], True, None, Standing(waiting_since=at(3), unanswered=1)),
    ],
)
def test_what_messages_amount_to(messages, awaits, answered, expected):
    assert standing(messages, awaits_us=awaits, answered=answered and (answered, 0)) == expected


def test_of_what_was_said_in_one_second_the_order_of_arrival_decides():
    second = at(5)
    before, after = ((second, 1), ANGRY[1]), ((second, 3), ASKS[1])
    found = standing([after, before], awaits_us=True, answered=(second, 2))
    assert (found.intent, found.unanswered) == ("question", 1)
    assert standing([after, before], awaits_us=True, answered=None).sentiment == ASKS[1]["sentiment"]


def test_only_the_latest_of_an_endless_case_count():
    endless = [said(n, "praise") for n in range(50)]
    assert standing([ANGRY, *endless[6:]], awaits_us=True, answered=None).intent == "praise"


def test_what_does_not_await_us_presses_little():
    now = at(60)
    waiting = standing([ANGRY], awaits_us=True, answered=None)
    resting = standing([ANGRY], awaits_us=False, answered=(at(10), 0))
    reach = Reach(2_000_000, True, True)
    assert ranked(waiting, Reach(), at(5), now).score > 4 * ranked(resting, reach, at(5), now).score


def test_priority_says_why_in_facts():
    repeated = standing([said(0), said(50), said(120)], awaits_us=True, answered=None)
    told = {fact.code: fact for fact in ranked(repeated, Reach(40_000), at(120), at(130)).facts}
    assert (told["repeated"].number, told["repeated"].minutes) == (3, 120)
    assert told["followers"].number == 40_000
    assert told["waiting"].minutes == 130


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [("intent", "praise", "praise"), ("urgency", "3", 3), ("churn", "true", True), ("churn", "False", False)],
)
def test_values_from_a_form(field, text, value):
    assert value_of(field, text) is value


@pytest.mark.parametrize(
    ("field", "text"),
    [("intent", "rage"), ("urgency", "4"), ("urgency", "True"), ("labels", "x"), ("churn", "1"), ("", ""),
     ("reasons", "[]"), ("corrected", "{}"), ("layer", "fast")],
)  # fmt: skip
def test_what_is_no_label_is_refused(field, text):
    with pytest.raises(ValueError, match="no value"):
        value_of(field, text)


@pytest.mark.parametrize(
    ("labels", "field", "value", "expected"),
    [
        (ANGRY[1], "intent", "question", {"intent": "question", "cause": "none"}),
        (ANGRY[1], "intent", "complaint", {"intent": "complaint"}),
        (ASKS[1], "urgency", 2, {"urgency": 2, "needs_reply": True}),
        (ASKS[1], "cause", "human", {"cause": "human", "intent": "complaint"}),
        (ANGRY[1], "needs_reply", False, {"needs_reply": False, "urgency": 0}),
        (CALM[1], "needs_reply", True, {"needs_reply": True, "urgency": 1}),
        (CALM[1], "urgency", 3, {"urgency": 3, "needs_reply": True}),
        (ANGRY[1], "urgency", 0, {"urgency": 0, "needs_reply": False}),
        (ANGRY[1], "churn", True, {"churn": True}),
    ],
)
def test_what_belongs_together_is_settled_together(labels, field, value, expected):
    assert implied(labels, field, value) == expected


def test_a_correction_remembers_the_machine_and_gives_it_back():
    once = corrected(ANGRY[1], "intent", "question", 7, NOON)
    twice = corrected(once, "intent", "praise", 8, NOON)
    assert twice["intent"] == "praise"
    assert twice["corrected"]["intent"]["was"] == "complaint", "the machine's word, not a colleague's"
    assert twice["corrected"]["intent"]["by"] == 8
    assert given_back(twice, ["intent", "cause"]) == ANGRY[1]
    assert given_back(twice, ["churn"]) == twice


def test_what_followed_from_a_value_goes_with_it():
    once = corrected(ANGRY[1], "intent", "praise", 7, NOON)
    again = corrected(once, "intent", "complaint", 7, NOON)
    assert (again["cause"], set(again["corrected"])) == ("service", {"intent"})


def test_confirming_settles_too():
    confirmed = corrected(ANGRY[1], "intent", "complaint", 7, NOON)
    assert confirmed["corrected"]["intent"]["was"] == confirmed["intent"] == "complaint"
    assert set(confirmed["corrected"]) == {"intent"}
