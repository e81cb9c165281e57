"""Who is asking, in which brand, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cortafuegos.kit import access
from cortafuegos.kit.compiled import compiled, first
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.models import Agent, Brand
from cortafuegos.team.rules import May, may


class BrandRequest(access.DeskRequest):
    """A request below ``/b/<slug>/`` of somebody who belongs there."""

    brand: Brand
    agent: Agent


def needs(what: May) -> Callable[[access.View], access.View]:
    return access.needs(what.value)


def require(actor: Agent, what: May) -> None:
    """The same question, asked by a verb."""
    if not actor.active or not may(actor.role, what):
        raise Refusal(
            _("Your role does not allow this. A supervisor or an owner can do it for you."),
            code="not_allowed",
            status=403,
        )


def membership(user_id: int, slug: str) -> Agent | None:
    """The active agent somebody is in a brand; nothing for outsiders."""
    return first(_active(user_id, slug))


@compiled
def _active(user_id: Any, slug: Any) -> QuerySet[Agent]:
    rows = Agent.objects.filter(brand__slug=slug, user_id=user_id, active=True, user__is_active=True)
    return rows.select_related("brand", "user")


def brands_of(user_id: int) -> list[Brand]:
    return list(Brand.objects.filter(agents__user_id=user_id, agents__active=True).order_by("name", "pk"))
