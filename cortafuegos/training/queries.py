"""What the pages of training show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from cortafuegos.team import licence
from cortafuegos.team.certificates import Certificate, holdings_of, needs_of
from cortafuegos.team.licence import Holding, Kind, Need, Place
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may
from cortafuegos.training import writing
from cortafuegos.training.models import Attempt, Course, CourseVersion, Reading
from cortafuegos.training.rules import SOON, Edition


@dataclass(frozen=True, slots=True)
class Progress:
    course: Course
    edition: Edition
    language: str
    version: int
    read: frozenset[str]  # digests
    attempts: tuple[Attempt, ...]  # newest first
    held: Certificate | None  # what this course has given and still holds

    @property
    def lessons_read(self) -> int:
        return sum(lesson.digest in self.read for lesson in self.edition.lessons)

    @property
    def ready(self) -> bool:
        return self.lessons_read == len(self.edition.lessons)

    @property
    def begun(self) -> Attempt | None:
        return next((one for one in self.attempts if one.finished_at is None), None)

    @property
    def first_unread(self) -> int:
        """Counted from 1; 1 when all are read."""
        lessons = enumerate(self.edition.lessons, 1)
        return next((n for n, lesson in lessons if lesson.digest not in self.read), 1)


def edition_for(version: CourseVersion, language: str) -> tuple[str, Edition]:
    """In the reader's language, else in the brand's first one."""
    content = version.content
    chosen = language if language in content else "es" if "es" in content else min(content)
    return chosen, writing.restored(content[chosen])


def courses_of(brand_id: int) -> list[Course]:
    return list(Course.objects.filter(brand_id=brand_id).order_by("retired_at", "pk"))


def progress(agent: Agent, course: Course, language: str, now: datetime) -> Progress | None:
    """None for a course without words, which only a half-made one can be."""
    versions = CourseVersion.objects.filter(brand_id=agent.brand_id, course=course)
    version = versions.order_by("-number").first()
    if version is None:
        return None
    chosen, edition = edition_for(version, language)
    mine = {"brand_id": agent.brand_id, "agent": agent}
    attempts = Attempt.objects.filter(**mine, course=course).select_related("version").order_by("-pk")[:20]
    held = valid(agent.brand_id, now).filter(agent=agent, course=course.slug).order_by("-expires_at")
    return Progress(
        course=course,
        edition=edition,
        language=chosen,
        version=version.number,
        read=frozenset(Reading.objects.filter(**mine, course=course).values_list("digest", flat=True)),
        attempts=tuple(attempts),
        held=held.first(),
    )


def unread(agent: Agent, course: Course, edition: Edition) -> list[str]:
    mine = Reading.objects.filter(brand_id=agent.brand_id, agent=agent, course=course)
    read = set(mine.values_list("digest", flat=True))
    return [lesson.title for lesson in edition.lessons if lesson.digest not in read]


def valid(brand_id: int, now: datetime) -> QuerySet[Certificate]:
    """Certificates that hold now."""
    return Certificate.objects.filter(brand_id=brand_id, withdrawn_at=None, expires_at__gt=now)


def ends_soon(certificate: Certificate, now: datetime) -> bool:
    return certificate.expires_at - now <= SOON


def wanting(agent: Agent, now: datetime) -> list[Need]:
    """What the brand asks for somewhere and this person does not hold."""
    return lacks_of(needs_of(agent.brand_id), holdings_of(agent, now), now)


def lacks_of(needs: list[Need], holdings: list[Holding], now: datetime) -> list[Need]:
    return [need for need in needs if licence.lacking([need], holdings, _where(need), now)]


def _where(need: Need) -> Place:
    """A place where the need binds. One for every network is met in full only by one for every network,
    so it is asked at a network that nobody has."""
    match need.kind:
        case Kind.CHANNEL:
            return Place(need.value or "*", "", "calm")
        case Kind.LANGUAGE:
            return Place("*", need.value, "calm")
        case Kind.CRISIS:
            return Place("*", "", "crisis")


def senders(brand_id: int) -> list[Agent]:
    """Who could answer if no certificate were asked for."""
    agents = Agent.objects.filter(brand_id=brand_id, active=True).select_related("user")
    return [one for one in agents.order_by("user__name", "pk") if may(one.role, May.SEND)]


def holdings_by_agent(brand_id: int, now: datetime) -> dict[int, list[Holding]]:
    found: dict[int, list[Holding]] = {}
    rows = valid(brand_id, now).values_list("agent_id", "kind", "value", "expires_at")
    for agent_id, kind, value, until in rows:
        found.setdefault(agent_id, []).append(Holding(Kind(kind), value, until))
    return found
