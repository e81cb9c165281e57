"""Who is asking, in which brand, in which language and at what time of their day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone, translation

from cortafuegos.kit import log
from cortafuegos.team.access import BrandRequest, membership
from cortafuegos.team.rules import May, may

LAST_BRAND = "brand"  # in the session: where "/" leads


class BrandMiddleware:
    """Everything below ``/b/<slug>/`` is for active agents of that brand. For anybody else it is
    not there (404), whether the brand exists or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        zone = ZoneInfo(settings.TIME_ZONE)
        if user.is_authenticated:
            zone = _zone(user.time_zone)
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        try:
            with timezone.override(zone):
                return self.get_response(request)
        finally:  # the thread serves somebody else next, and the log's lines must not mix them up
            structlog.contextvars.unbind_contextvars("brand", "agent")

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.path_info.startswith("/b/") or "slug" not in kwargs:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        agent = membership(request.user.pk, kwargs["slug"])
        if agent is None:
            raise Http404
        inside = cast(BrandRequest, request)
        inside.brand, inside.agent = agent.brand, agent
        inside.may = partial(_may, agent.role)
        if request.session.get(LAST_BRAND) != agent.brand.slug:
            request.session[LAST_BRAND] = agent.brand.slug
        log.bind(brand=agent.brand_id, agent=agent.pk)
        return None


def _may(role: str, what: str) -> bool:
    return may(role, May(what))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a zone that this machine's table does not know
        return ZoneInfo("UTC")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """For a page, the sign-in page. For a piece of a page, an order to leave it: the fragment must
    not be filled with a sign-in form."""
    asked_from = request.headers.get("HX-Current-URL", "")
    back = request.get_full_path()
    if request.method != "GET" or asked_from:
        back = urlsplit(asked_from).path or f"/b/{request.path_info.split('/')[2]}/"
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
