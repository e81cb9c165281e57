"""How things stand between us and a person: their tone, and what we offered. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of theirs with its tone, or one of ours with whether it said sorry."""

    ours: bool
    sentiment: str = ""  # negative, neutral, positive; empty where nobody has read it
    sorry: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What was said, in figures. ``in_a_row``: their latest messages that are all negative, whatever
    we said between them. ``since_sorry``: how many negative ones came after we last said sorry; None when
    we never did."""

    theirs: int = 0
    read: int = 0
    negative: int = 0
    positive: int = 0
    ours: int = 0
    sorry: int = 0
    in_a_row: int = 0
    since_sorry: int | None = None


def account(turns: Sequence[Turn]) -> Account:
    """``turns`` oldest first."""
    theirs = [turn for turn in turns if not turn.ours]
    in_a_row = 0
    for turn in reversed([one for one in theirs if one.sentiment]):
        if turn.sentiment != "negative":
            break
        in_a_row += 1
    since: int | None = None
    for turn in turns:
        if turn.sorry:
            since = 0
        elif since is not None and not turn.ours and turn.sentiment == "negative":
            since += 1
    return Account(
        theirs=len(theirs),
        read=sum(bool(turn.sentiment) for turn in theirs),
        negative=sum(turn.sentiment == "negative" for turn in theirs),
        positive=sum(turn.sentiment == "positive" for turn in theirs),
        ours=len(turns) - len(theirs),
        sorry=sum(turn.sorry for turn in turns),
        in_a_row=in_a_row,
        since_sorry=since,
    )
