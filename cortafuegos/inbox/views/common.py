"""What the inbox's views share: which piece is asked for, finding a case, answering a press."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.queries.thread import open_case
from cortafuegos.team.access import BrandRequest

P = ParamSpec("P")
MOST_IDS = 500


def target(request: HttpRequest) -> str:
    """The id of the element htmx will fill ("main#case" says "case"); empty for a whole page."""
    if "HX-Request" not in request.headers:
        return ""
    return request.headers.get("HX-Target", "").rpartition("#")[2]


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Customers' words are nobody's to cache, and one address has several pieces."""
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def the_case(request: BrandRequest, number: int) -> Case:
    case = open_case(request.brand.pk, number)
    if case is None:
        raise Http404
    return case


def tells(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A refusal becomes a sentence in a toast, with its status; nothing typed is lost by it."""

    @wraps(view)
    def told(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except Refusal as refusal:
            return refused(cast(HttpRequest, args[0]), refusal)

    return told


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    toast = _toast(request, str(refusal.sentence), level="error")
    response = HttpResponse(toast, status=refusal.status)
    response["X-Code"] = refusal.code
    return response


def done(
    request: HttpRequest,
    words: str,
    cases: Sequence[Case],
    *,
    undo: Sequence[dict[str, Any]] = (),
    event: dict[str, Any] | None = None,
    toast: dict[str, Any] | None = None,
) -> HttpResponse:
    """What happened, with the way back, and which cases the page must ask for again. ``toast``: what
    else it shows."""
    steps = json.dumps(list(undo)) if undo else ""
    response = HttpResponse(_toast(request, words, undo=steps, **(toast or {})) if words else "")
    changed = {"cases": [case.pk for case in cases], **(event or {})}
    response["HX-Trigger"] = json.dumps({"desk:changed": changed})
    return response


def _toast(request: HttpRequest, words: str, *, undo: str = "", level: str = "", **more: Any) -> str:
    context = {"words": words, "undo": undo, "level": level, **more}
    toast = render_to_string("web/_toast.html", context, request)
    return f'<hx-partial hx-target="#toasts" hx-swap="innerHTML">{toast}</hx-partial>'


def ids(values: Sequence[str]) -> list[int]:
    """The whole numbers among what was sent; what is no number is left out."""
    return [int(v) for v in values[:MOST_IDS] if v.isascii() and v.isdecimal() and len(v) < 19]
