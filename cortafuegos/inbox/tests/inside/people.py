"""Whom one asks in these tests: billing, with two people above the one who answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cortafuegos.inbox.actions import asking, asking_links
from cortafuegos.inbox.models import Case, Department, Question, QuestionLink
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent, Brand

LINE = (
    {"name": "Iker Lasa", "email": "iker@condor.example", "hours": 4},
    {"name": "Berta Roig", "email": "berta@condor.example", "hours": 8},
    {"name": "Asun Calvo", "email": "", "hours": 24},
)
HOUR = timedelta(hours=1)


def a_department(brand: Brand, name: str = "Facturación", line: Any = LINE, **fields: Any) -> Department:
    fields.setdefault("office_hours", False)
    return Department.objects.create(brand=brand, name=name, ladder=[dict(one) for one in line], **fields)


def asked(
    who: Agent, case: Case, text: str = "¿Se cobró dos veces el billete?", hours: float = 4, **more: Any
) -> Question:
    known = Department.objects.filter(brand=who.brand, name="Facturación").first()
    department = more.pop("department", None) or known or a_department(who.brand)
    return asking.ask(who, case, department, text, due_at=clock.now() + hours * HOUR, **more)


def link_of(question: Question, rung: int = 0) -> QuestionLink:
    links = QuestionLink.objects.filter(question=question, rung=rung, revoked_at=None)
    return links.latest("pk")


def token_of(question: Question, rung: int = 0) -> str:
    return asking_links.token(link_of(question, rung))


def door(token: str) -> str:
    return f"/inside/{token}"
