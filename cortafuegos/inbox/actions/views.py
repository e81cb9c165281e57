"""Saved views: a list's query string with a name."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import SavedView
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May


@transaction.atomic
def save(actor: Agent, name: str, query: str, *, shared: bool = False) -> SavedView:
    allow(actor, May.MANAGE_VIEWS if shared else May.READ)
    name = storable(name).strip()[:80]
    if not name:
        raise Refusal(_("Give the view a name."), code="empty", status=422)
    if len(query) > 1000:
        raise Refusal(_("This filter is too long to be saved."), code="too_long", status=422)
    return SavedView.objects.create(
        brand_id=actor.brand_id, owner=None if shared else actor, name=name, query=storable(query)
    )


@transaction.atomic
def remove(actor: Agent, view: SavedView) -> None:
    if view.brand_id != actor.brand_id or (view.owner_id not in (None, actor.pk)):
        raise Refusal(_("There is no such view."), code="no_such_view", status=404)
    allow(actor, May.MANAGE_VIEWS if view.owner_id is None else May.READ)
    view.delete()
