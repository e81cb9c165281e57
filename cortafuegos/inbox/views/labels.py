"""What triage says of a message, why, and setting it right."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cortafuegos.inbox.actions import labelling
from cortafuegos.inbox.labels import showing, words
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.queries.cast import cast
from cortafuegos.inbox.views.common import done, page, tells, the_case
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.READ)
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@tells
def labels(request: BrandRequest, slug: str, number: int, message_id: int) -> HttpResponse:
    """GET: the labels, each with its reason and what else it could be. POST ``field``, ``value``
    sets one; DELETE ``?field=…`` gives the machine's word back."""
    case = the_case(request, number)
    message = _message(request, case, message_id)
    if request.method == "POST":
        return _set(request, case, message)
    if request.method == "DELETE":
        labelling.give_back(request.agent, message, request.GET.getlist("field")[:10])
        return done(request, _("Back to what it was"), [case])
    shown = showing.shown(message.labels, cast(request.brand.pk), clock.now())
    return page(request, "inbox/_labels.html", {"case": case, "message": message, "shown": shown})


def _message(request: BrandRequest, case: Case, message_id: int) -> Message:
    rows = Message.objects.filter(brand_id=request.brand.pk, case=case, pk=message_id)
    message = rows.select_related("case").first()
    if message is None:
        raise Http404
    return message


def _set(request: BrandRequest, case: Case, message: Message) -> HttpResponse:
    field, value = request.POST.get("field", ""), request.POST.get("value", "")
    before = message.labels.get("corrected") or {}
    changed = labelling.correct(request.agent, message, field, value)
    if not changed:
        return done(request, _("Nothing changed"), [case])
    new = changed[field][1]
    said = _("%(label)s: %(value)s") % {
        "label": str(words.FIELDS[field]),
        "value": words.words(field, new).lower(),
    }
    url = reverse("inbox:labels", args=[request.brand.slug, case.number, message.pk])
    # The way back: the machine's word, or a colleague's where there was one.
    fresh = [name for name in changed if name not in before]
    undo: list[dict[str, Any]] = []
    if fresh:
        query = urlencode({"field": fresh}, doseq=True)
        undo.append({"method": "DELETE", "url": f"{url}?{query}", "body": {}})
    undo += [
        {"method": "POST", "url": url, "body": {"field": name, "value": str(old)}}
        for name, (old, _new) in changed.items()
        if name in before
    ]
    return done(request, said, [case], undo=undo)
