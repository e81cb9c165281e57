"""Courses as people write them: plain text that needs no form of a hundred fields. Pure.

Lessons are Markdown; each begins with a line ``# Title``. An exam is a list of questions::

    ## The question
    + the right option
    - a wrong one
    - another wrong one
    > Why the right one is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cortafuegos.training.rules import Edition, Lesson, Question

MOST_LESSONS, MOST_QUESTIONS, MOST_OPTIONS = 40, 100, 6


class Unreadable(ValueError):
    """A text that is no lesson or no exam. ``what``: a stable word; ``line``: counted from 1."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(f"{what} at line {line}")
        self.what, self.line = what, line


def read_lessons(text: str) -> tuple[Lesson, ...]:
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            found.append((number, line[2:].strip(), []))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            raise Unreadable("words before the first title", number)
    lessons = [(at, Lesson(title, "\n".join(lines).strip())) for at, title, lines in found]
    for at, lesson in lessons:
        if not lesson.title or not lesson.body:
            raise Unreadable("empty lesson", at)
    if not lessons:
        raise Unreadable("no lesson", 1)
    if len(lessons) > MOST_LESSONS:
        raise Unreadable("too many lessons", lessons[MOST_LESSONS][0])
    return tuple(lesson for _at, lesson in lessons)


def read_exam(text: str) -> tuple[Question, ...]:
    """Raises Unreadable with the line of the question that lacks something."""
    blocks: list[tuple[int, str, list[tuple[int, str]]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if words.startswith("## "):
            blocks.append((number, words[3:].strip(), []))
        elif words and not blocks:
            raise Unreadable("words before the first question", number)
        elif words:
            blocks[-1][2].append((number, words))
    if not blocks:
        raise Unreadable("no question", 1)
    if len(blocks) > MOST_QUESTIONS:
        raise Unreadable("too many questions", blocks[MOST_QUESTIONS][0])
    return tuple(_question(at, title, lines) for at, title, lines in blocks)


def _question(at: int, title: str, lines: Iterable[tuple[int, str]]) -> Question:
    options: list[str] = []
    right: list[int] = []
    why: list[str] = []
    for number, line in lines:
        sign, words = line[0], line[1:].strip()
        if sign not in "+->" or not words:
            raise Unreadable("a line that is no option", number)
        if sign == ">":
            why.append(words)
            continue
        if sign == "+":
            right.append(len(options))
        options.append(words)
    if not 2 <= len(options) <= MOST_OPTIONS or len(set(options)) < len(options):
        raise Unreadable("options", at)
    if len(right) != 1:
        raise Unreadable("not one right option", at)
    if not why or not title:
        raise Unreadable("no explanation", at)
    return Question(title, tuple(options), right[0], " ".join(why))


def write_lessons(lessons: Sequence[Lesson]) -> str:
    return "\n\n\n".join(f"# {lesson.title}\n\n{lesson.body}" for lesson in lessons) + "\n"


def write_exam(questions: Sequence[Question]) -> str:
    return "\n\n".join(_written(question) for question in questions) + "\n"


def _written(question: Question) -> str:
    signs = ("+" if n == question.answer else "-" for n in range(len(question.options)))
    options = (f"{sign} {words}" for sign, words in zip(signs, question.options, strict=True))
    return "\n".join([f"## {question.text}", *options, f"> {question.why}"])


def stored(edition: Edition) -> dict[str, Any]:
    """As a version keeps it."""
    return {
        "title": edition.title,
        "summary": edition.summary,
        "lessons": [{"title": one.title, "body": one.body} for one in edition.lessons],
        "questions": [
            {"text": one.text, "options": list(one.options), "answer": one.answer, "why": one.why}
            for one in edition.questions
        ],
    }


def restored(kept: Mapping[str, Any]) -> Edition:
    return Edition(
        kept["title"],
        kept["summary"],
        tuple(Lesson(one["title"], one["body"]) for one in kept["lessons"]),
        tuple(
            Question(one["text"], tuple(one["options"]), one["answer"], one["why"])
            for one in kept["questions"]
        ),
    )
