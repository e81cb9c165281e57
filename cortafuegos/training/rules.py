"""How an exam is laid out and marked, and how long what it gives holds. Pure."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(hours=24)
SOON = timedelta(days=30)  # a certificate that ends within it is worth a word


@dataclass(frozen=True, slots=True)
class Lesson:
    title: str
    body: str  # Markdown

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.title}\n{self.body}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    options: tuple[str, ...]
    answer: int  # index of the right option
    why: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a course in one language."""

    title: str
    summary: str
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the paper: which question stands there, and its options in the order shown."""

    question: int
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    right: int
    total: int
    passed: bool


def paper(questions: Sequence[Question], seed: str) -> tuple[Slot, ...]:
    """The same seed gives the same paper for ever: ordered by hash, not by a generator whose ways
    may change with the version of Python."""
    order = sorted(range(len(questions)), key=lambda n: _draw(seed, n))
    return tuple(
        Slot(n, tuple(sorted(range(len(questions[n].options)), key=lambda o: _draw(seed, n, o))))
        for n in order
    )


def _draw(seed: str, *place: int) -> bytes:
    return hashlib.sha256(f"{seed}:{place}".encode()).digest()


def mark(questions: Sequence[Question], chosen: Sequence[int | None], pass_percent: int) -> Mark:
    """``chosen`` holds an option's index per question, in the course's order; None is wrong. Raises
    ValueError when there are not as many answers as questions."""
    right = sum(q.answer == c for q, c in zip(questions, chosen, strict=True))
    total = len(questions)
    return Mark(right, total, total > 0 and right * 100 >= pass_percent * total)


def next_try(finished: Sequence[datetime], tries_per_day: int, now: datetime) -> datetime | None:
    """When the exam may be tried again; None: now. A day is any 24 hours, in nobody's time zone."""
    latest = sorted(at for at in finished if at > now - DAY)
    return latest[-tries_per_day] + DAY if len(latest) >= tries_per_day else None


def expiry(issued: datetime, months: int) -> datetime:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(issued.year * 12 + issued.month - 1 + months, 12)
    day = min(issued.day, calendar.monthrange(year, month + 1)[1])
    return issued.replace(year=year, month=month + 1, day=day)
