from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WATCH = "watch"  # it works, and somebody should know
    MEND = "mend"  # a person is needed


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``subject`` is stable, for programs that read --json."""

    subject: str
    level: Level
    sentence: str


def ok(subject: str, sentence: str) -> Finding:
    return Finding(subject, Level.OK, sentence)


def watch(subject: str, sentence: str) -> Finding:
    return Finding(subject, Level.WATCH, sentence)


def mend(subject: str, sentence: str) -> Finding:
    return Finding(subject, Level.MEND, sentence)


def judged(subject: str, fine: bool, good: str, bad: str) -> Finding:
    return ok(subject, good) if fine else mend(subject, bad)
