"""Small lists that stand around every page: teams, views, colleagues, tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Q, QuerySet

from cortafuegos.inbox.models import SavedView
from cortafuegos.kit.compiled import compiled
from cortafuegos.team.models import Agent, Team
from cortafuegos.team.rules import May, initials, may


@dataclass(frozen=True, slots=True)
class TeamLine:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ViewLine:
    id: int
    name: str
    queue: str
    query: str  # what follows "?" in the address
    shared: bool


@dataclass(frozen=True, slots=True)
class AgentLine:
    id: int
    name: str
    initials: str
    may_work: bool


def teams(brand_id: int) -> list[TeamLine]:
    return [TeamLine(*row) for row in _teams(brand_id)]


@compiled
def _teams(brand_id: Any) -> QuerySet[Team, tuple[int, str]]:
    return Team.objects.filter(brand_id=brand_id).order_by("name").values_list("id", "name")


def views(brand_id: int, agent_id: int) -> list[ViewLine]:
    found = []
    for view in _views(brand_id, agent_id):
        queue, _, query = view.query.partition("?")
        found.append(ViewLine(view.pk, view.name, queue or "all", query, view.owner_id is None))
    return found


@compiled
def _views(brand_id: Any, agent_id: Any) -> QuerySet[SavedView]:
    rows = SavedView.objects.filter(brand_id=brand_id).filter(Q(owner=None) | Q(owner_id=agent_id))
    return rows.order_by("position", "name", "id")[:50]


def agents(brand_id: int) -> list[AgentLine]:
    named = ((pk, role, name or email) for pk, role, name, email in _agents(brand_id))
    return [AgentLine(pk, name, initials(name), may(role, May.WORK)) for pk, role, name in named]


@compiled
def _agents(brand_id: Any) -> QuerySet[Agent, tuple[int, str, str, str]]:
    rows = Agent.objects.filter(brand_id=brand_id, active=True).order_by("user__name")
    return rows.values_list("pk", "role", "user__name", "user__email")  # no objects: there may be hundreds


# The latest thousand cases tell which tags are alive; a million would tell the same, slowly.
_TAGS = """
SELECT tag FROM (
  SELECT unnest(tags) AS tag FROM (
    SELECT tags FROM cortafuegos_case WHERE brand_id = %s ORDER BY last_message_at DESC, id DESC LIMIT 1000
  ) latest
) used GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 60
"""


def tags(brand_id: int) -> list[str]:
    """The tags in use, most used first; half a minute old at most."""
    key = f"tags:{brand_id}"
    found: list[str] | None = cache.get(key)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(_TAGS, [brand_id])
            found = [row[0] for row in cursor.fetchall()]
        cache.set(key, found, 30)
    return found
