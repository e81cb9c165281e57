"""Which case first, and why. Pure: the same facts give the same score.

The score is a sum of points, and every point has its reason. The scale was set by hand so that an
emergency stands before everything else together, and so that a person who waits overtakes a famous
one in time. Most cases have 20 to 60 points; an emergency has 130 and more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

URGENCY = (0.0, 20.0, 45.0, 130.0)
WAITING_MOST, WAITING_STEP = 24.0, timedelta(minutes=15)  # points for each doubling of the wait
REACH_FROM, REACH_MOST, FIGURE = 1_000, 14.0, 8.0
REPEATED = (0.0, 0.0, 6.0, 11.0, 15.0)
LEAVES, PUBLIC = 8.0, 3.0
CRISIS_REACH = 1.5  # in a crisis what many people read weighs more,
CRISIS_CALM = 0.5  # and what can wait, waits
UNNEEDED = 0.1  # of the points of a post that nobody needs to answer
PUBLIC_CHANNELS = frozenset({"mention", "comment", "review", "public"})


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a case. ``messages``: theirs within ``within``, not yet answered."""

    urgency: int = 1
    needs_reply: bool = True
    churn: bool = False
    waited: timedelta = timedelta()
    followers: int = 0
    public_figure: bool = False
    channel: str = "mention"  # mention, comment, review, public; or direct, mail, ...
    messages: int = 1
    within: timedelta = timedelta()
    posture: str = "calm"  # calm, watch, crisis


@dataclass(frozen=True, slots=True)
class Fact:
    """Why so many points; ``sentences.fact`` says it in words."""

    code: str
    points: float
    number: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Priority:
    score: float
    facts: tuple[Fact, ...]  # the weightiest first


def priority(case: Situation) -> Priority:
    """Numbers out of range are taken for the nearest sensible ones."""
    facts = [fact for fact in (*_what(case), *_who(case)) if fact.points > 0]
    share = 1.0 if case.needs_reply or case.urgency >= 2 else UNNEEDED
    if case.posture == "crisis" and case.urgency < 2:
        share *= CRISIS_CALM
    score = share * sum(fact.points for fact in facts)
    return Priority(round(score, 1), tuple(sorted(facts, key=lambda fact: -fact.points)))


def _what(case: Situation) -> list[Fact]:
    urgency = min(max(case.urgency, 0), 3)
    minutes = max(0, int(case.waited.total_seconds() // 60))
    doublings = math.log2(1 + minutes * 60 / WAITING_STEP.total_seconds())
    return [
        Fact(f"urgency_{urgency}", URGENCY[urgency]),
        Fact("waiting", min(WAITING_MOST, 4 * doublings), minutes=minutes),
        Fact("leaves", LEAVES if case.churn else 0.0),
        Fact("public", PUBLIC if case.channel in PUBLIC_CHANNELS else 0.0),
    ]


def _who(case: Situation) -> list[Fact]:
    followers, messages = max(0, case.followers), max(0, case.messages)
    reach = min(REACH_MOST, 4.0 * math.log10(followers / REACH_FROM) + 2) if followers >= REACH_FROM else 0.0
    figure = FIGURE if case.public_figure else 0.0
    more = CRISIS_REACH - 1 if case.posture == "crisis" else 0.0
    return [
        Fact("followers", reach, number=followers),
        Fact("public_figure", figure),
        Fact("crisis", (reach + figure) * more),
        Fact(
            "repeated",
            REPEATED[min(messages, len(REPEATED) - 1)],
            number=messages,
            minutes=max(0, int(case.within.total_seconds() // 60)),
        ),
    ]
