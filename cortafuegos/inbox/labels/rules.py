"""What labels make of a case, and what a correction changes. Pure.

Labels of a message are a plain mapping, as it stands in its row: what triage said, the ``model``
that said it, and ``corrected``: by field, what the machine had said, who set it right and when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cortafuegos.triage.priority import Priority, Situation, priority
from cortafuegos.triage.values import CAUSES, INTENTS, SENTIMENTS, URGENCIES

Labels = Mapping[str, Any]

VALUES: dict[str, tuple[Any, ...]] = {
    "intent": INTENTS,
    "cause": CAUSES,
    "sentiment": SENTIMENTS,
    "urgency": URGENCIES,
    "churn": (False, True),
    "needs_reply": (False, True),
}
_STRONGEST_FIRST = ("complaint", "question", "praise", "other")
MOST_TOPICS = 5
LATEST = 20  # of a case's messages: what came before them no longer says what it is about


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as its list sorts and filters it. ``waiting_since`` is when the first of theirs that
    nobody has answered was said; ``unanswered`` how many those are."""

    intent: str = ""
    cause: str = ""
    sentiment: str = ""
    urgency: int = 0
    churn: bool = False
    needs_reply: bool = False
    topics: tuple[str, ...] = ()
    waiting_since: datetime | None = None
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """How many hear it, and where."""

    followers: int = 0
    verified: bool = False
    public: bool = True


# When something was said, and which came first of what was said at once: some networks tell whole seconds.
When = tuple[datetime, int]


def standing(said: Sequence[tuple[When, Labels]], *, awaits_us: bool, answered: When | None) -> Standing:
    """What a customer's messages, as (when, labels), amount to. What was said after our last answer
    counts; when all is answered, what was said last still tells what the case is about."""
    said = sorted(said, key=lambda pair: pair[0])[-LATEST:]
    fresh = [pair for pair in said if answered is None or pair[0] > answered] if awaits_us else []
    considered = [labels for _, labels in fresh or said[-1:] if labels.get("intent")]
    waiting = [at for (at, _place), _ in (fresh or said[-1:])] if awaits_us else []
    if not considered:
        return Standing(waiting_since=min(waiting, default=None), unanswered=len(waiting))
    intents = {labels["intent"] for labels in considered}
    causes = [labels["cause"] for labels in considered if labels.get("cause", "none") != "none"]
    topics = dict.fromkeys(topic for labels in reversed(considered) for topic in labels.get("topics") or ())
    return Standing(
        intent=next((intent for intent in _STRONGEST_FIRST if intent in intents), "other"),
        cause=causes[-1] if causes else "none",
        sentiment=str(considered[-1].get("sentiment", "neutral")),
        urgency=max(int(labels.get("urgency", 0)) for labels in considered) if awaits_us else 0,
        churn=any(labels.get("churn") for labels in considered),
        needs_reply=awaits_us and any(labels.get("needs_reply") for labels in considered),
        topics=tuple(topics)[:MOST_TOPICS],
        waiting_since=min(waiting, default=None),
        unanswered=len(waiting),
    )


def ranked(case: Standing, reach: Reach, last_at: datetime, now: datetime, posture: str = "calm") -> Priority:
    """How pressing a case is and why. One that does not await us presses little, whatever it is.
    ``posture``: the brand's, calm, watch or crisis."""
    since = case.waiting_since
    return priority(
        Situation(
            urgency=case.urgency if since else 0,
            needs_reply=case.needs_reply,
            churn=case.churn,
            waited=max(timedelta(), now - since) if since else timedelta(),
            followers=reach.followers,
            public_figure=reach.verified,
            channel="public" if reach.public else "direct",
            messages=case.unanswered,
            within=max(timedelta(), last_at - since) if since else timedelta(),
            posture=posture,
        )
    )


def value_of(field: str, text: str) -> Any:
    """A label's value from what a form sends. Raises ValueError for what is none."""
    for value in VALUES.get(field, ()):
        if str(value).lower() == text.strip().lower():
            return value
    raise ValueError(f"no value of {field}")


def implied(labels: Labels, field: str, value: Any) -> dict[str, Any]:
    """All that is settled with a field's value: a cause belongs to complaints only, and what nobody
    need answer is not urgent (as ``triage.decide`` has it)."""
    wanted = {field: value}
    if field == "intent" and value != "complaint":
        wanted["cause"] = "none"
    elif field == "cause" and value != "none":
        wanted["intent"] = "complaint"
    elif field == "needs_reply":
        wanted["urgency"] = max(1, int(labels.get("urgency", 0))) if value else 0
    elif field == "urgency":
        wanted["needs_reply"] = value > 0
    return wanted


def corrected(labels: Labels, field: str, value: Any, by: int, at: datetime) -> dict[str, Any]:
    """The labels as an agent says they are. Saying of a label that it is right is a correction
    too: it is settled from then on, and taught."""
    wanted = implied(labels, field, value)
    marks = dict(labels.get("corrected") or {})
    # What only followed from the value this field had before, does so no longer.
    loose = [name for name, mark in marks.items() if mark.get("with") == field and name not in wanted]
    back = {name: marks.pop(name)["was"] for name in loose}
    for name in wanted:
        was = marks[name]["was"] if name in marks else labels.get(name)
        marks[name] = {"was": was, "by": by, "at": at.isoformat()}
        if name != field:
            marks[name]["with"] = field
    return {**labels, **back, **wanted, "corrected": marks}


def given_back(labels: Labels, fields: Sequence[str]) -> dict[str, Any]:
    """The labels as the machine had them, where these fields were corrected."""
    marks = dict(labels.get("corrected") or {})
    back = {name: marks.pop(name)["was"] for name in fields if name in marks}
    found = {**labels, **back, "corrected": marks}
    if not marks:
        del found["corrected"]
    return found
