"""The switch of a whole desk, in its bar."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cortafuegos.inbox import postures
from cortafuegos.inbox.actions.posture import posture_of, set_posture
from cortafuegos.inbox.views.common import done, tells
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.POSTURE)
@require_POST
@tells
def posture(request: BrandRequest, slug: str) -> HttpResponse:
    """``level``: calm, watch or crisis."""
    before = posture_of(request.brand.pk)
    now = set_posture(request.agent, request.POST.get("level", "")).level
    said = _("The desk: %(posture)s") % {"posture": postures.look(now).title}
    back = {"method": "POST", "url": reverse("inbox:posture", args=[slug]), "body": {"level": before}}
    response = done(request, said, [], undo=[back] if now != before else [])
    bar = render_to_string("web/_bar.html", {}, request)
    response.write(f'<hx-partial hx-target="#bar" hx-swap="outerMorph">{bar}</hx-partial>')
    return response
