"""Saved views, and the note on a person."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.inbox.actions import views
from cortafuegos.inbox.models import SavedView
from cortafuegos.inbox.queries import filters, queues
from cortafuegos.inbox.views.common import done, tells
from cortafuegos.people import actions as people
from cortafuegos.people.models import Person
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

MOST_NOTE = 5_000


@needs(May.READ)
@require_POST
@tells
def save(request: BrandRequest, slug: str) -> HttpResponse:
    """Keep the list one is looking at under a name, for oneself or for everybody."""
    where = queues.find(request.POST.get("in", ""))
    if where is None:
        raise Http404
    query = filters.parse(request.POST).query()
    shared = request.POST.get("shared") == "1"
    view = views.save(request.agent, request.POST.get("name", ""), f"{where.name}?{query}", shared=shared)
    address = reverse("inbox:queue", args=[slug, where.name]) + f"?{query}&view={view.pk}"
    return done(request, _("View saved: %(name)s") % {"name": view.name}, [], event={"made": address})


@needs(May.READ)
@require_http_methods(["DELETE"])
@tells
def remove(request: BrandRequest, slug: str, view_id: int) -> HttpResponse:
    view = SavedView.objects.filter(brand_id=request.brand.pk, pk=view_id).first()
    if view is None:
        raise Http404
    name, queue = view.name, view.query.partition("?")[0]
    views.remove(request.agent, view)
    address = reverse("inbox:queue", args=[slug, queue or "all"])
    return done(request, _("View removed: %(name)s") % {"name": name}, [], event={"made": address})


@needs(May.WRITE)
@require_POST
@tells
def person_note(request: BrandRequest, slug: str, person_id: int) -> HttpResponse:
    # Whom the page spoke of when it was written: a note stays whose it is, joined or not.
    person = Person.objects.filter(brand_id=request.brand.pk, pk=person_id).first()
    if person is None:
        raise Http404
    people.describe(
        person,
        by=request.agent.pk,
        name=person.name,
        place=person.place,
        time_zone=person.time_zone,
        note=request.POST.get("note", "")[:MOST_NOTE],
    )
    return done(request, _("Note kept"), [])
