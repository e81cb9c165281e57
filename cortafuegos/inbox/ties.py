"""Persons that were joined, as a tree: what falls apart when one tie is cut, and since when two are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody said that ``one`` and ``other``, two persons as they were before, are one."""

    id: int
    one: int
    other: int
    at: datetime
    newest: int  # the brand's newest case that day


def reached(ties: Sequence[Tie], start: int) -> frozenset[int]:
    """``start`` and all who are tied to it, near or far."""
    found, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for tie in ties:
            if here in (tie.one, tie.other):
                there = tie.other if here == tie.one else tie.one
                if there not in found:
                    found.add(there)
                    ahead.append(there)
    return frozenset(found)


def halves(ties: Sequence[Tie], cut: Tie) -> tuple[frozenset[int], frozenset[int]]:
    """What hangs on ``cut.one`` and what on ``cut.other`` once it no longer holds them together."""
    left = [tie for tie in ties if tie.id != cut.id]
    return reached(left, cut.one), reached(left, cut.other)


def bond(ties: Sequence[Tie], one: int, other: int) -> Tie | None:
    """The tie that made these two one person: the latest on the way from one to the other. None for
    two who are not tied, and for one and the same."""
    if other not in reached(ties, one):
        return None
    between = [tie for tie in ties if len({one, other} & halves(ties, tie)[0]) == 1 and one != other]
    return max(between, key=lambda tie: (tie.at, tie.id), default=None)
