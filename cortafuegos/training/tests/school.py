"""A short course, and how somebody goes through it."""

from __future__ import annotations

from cortafuegos.team.models import Agent
from cortafuegos.training import queries
from cortafuegos.training.actions import courses, exams
from cortafuegos.training.models import Attempt, Course
from cortafuegos.training.rules import Edition, Lesson, Question

QUESTIONS = tuple(
    Question(f"¿Pregunta {n}?", (f"a{n}", f"b{n}", f"c{n}", f"d{n}"), n % 4, f"Porque {n}.") for n in range(5)
)
EDITION = Edition(
    "Los lunes", "Cómo empezar la semana", (Lesson("Uno", "Texto uno"), Lesson("Dos", "Texto dos")), QUESTIONS
)


def a_course(
    lead: Agent, edition: Edition = EDITION, kind: str = "channel", value: str = "", language: str = "es"
) -> Course:
    return courses.create(lead, language, edition, kind, value)


def read_all(agent: Agent, course: Course, language: str = "es") -> None:
    version = courses.newest(course)
    assert version is not None
    for lesson in queries.edition_for(version, language)[1].lessons:
        exams.read(agent, course, lesson)


def answers(edition: Edition, wrong: int = 0) -> list[int]:
    """All right but the first ``wrong``."""
    return [
        (one.answer + 1) % len(one.options) if n < wrong else one.answer
        for n, one in enumerate(edition.questions)
    ]


def sit(agent: Agent, course: Course, wrong: int = 0) -> Attempt:
    read_all(agent, course)
    begun = exams.begin(agent, course, "es")
    edition = queries.edition_for(begun.version, begun.language)[1]
    return exams.hand_in(agent, begun, answers(edition, wrong))
