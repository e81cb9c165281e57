"""What the arrivals of a batch amount to for each case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cortafuegos.inbox.labels.rules import Reach, Standing, ranked, standing
from cortafuegos.inbox.receive.arrival import Arrival
from cortafuegos.inbox.receive.hearing import stays_quiet
from cortafuegos.kit.hours import due_at


@dataclass(frozen=True, slots=True)
class Said:
    """What the arrivals of one case amount to."""

    last: Arrival
    shown: Arrival  # the last one of theirs, which the list shows; ``last`` when none is
    inbound: bool  # somebody spoke to us
    awaits_us: bool | None  # whose is the last word; None when nothing was said to us or by us
    answered_at: datetime | None  # when we last spoke here
    due_at: datetime | None  # when the first of theirs after that wants its answer
    standing: Standing
    quiet: bool = False  # nobody owes it an answer: the relation with them is ended

    def pressing(self, now: datetime, posture: str) -> float:
        """The priority of a case that has nothing but these arrivals."""
        author = self.shown.post.author
        reach = Reach(author.followers or 0, author.verified, self.shown.post.public)
        return ranked(self.standing, reach, self.last.post.posted_at, now, posture).score


def summarise(arrivals: Sequence[Arrival]) -> dict[int, Said]:
    """By case (its ``id()``: new cases have no number yet)."""
    by_case: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        if arrival.case is not None:
            by_case[arrival.case.id if arrival.case.id else -id(arrival.case)].append(arrival)
    return {key: _said(group) for key, group in by_case.items()}


def _said(group: Sequence[Arrival]) -> Said:
    # Stable: of what was said at once, what arrived first comes first.
    group = sorted(group, key=lambda arrival: arrival.post.posted_at)
    theirs = [a for a in group if not a.ours and a.post.addressed]
    spoken = [a for a in group if a.ours or a.post.addressed]
    answered = max(((a.post.posted_at, place) for place, a in enumerate(group) if a.ours), default=None)
    open_ones = [a for a in group[answered[1] + 1 if answered else 0 :] if not a.ours and a.post.addressed]
    awaits_us = not spoken[-1].ours if spoken else None
    found = standing(
        [((a.post.posted_at, place), a.labels) for place, a in enumerate(group) if not a.ours],
        awaits_us=bool(awaits_us),
        answered=answered,
    )
    quiet = stays_quiet(group, found.urgency)
    return Said(
        last=group[-1],
        shown=theirs[-1] if theirs else group[-1],
        inbound=bool(theirs),
        awaits_us=awaits_us,
        answered_at=answered[0] if answered else None,
        due_at=_due((open_ones or theirs)[0]) if theirs and not quiet else None,
        standing=found,
        quiet=quiet,
    )


def _due(arrival: Arrival) -> datetime:
    account = arrival.account
    return due_at(
        arrival.post.posted_at,
        account.first_answer_minutes,
        account.opening_hours,
        ZoneInfo(account.time_zone),
    )
