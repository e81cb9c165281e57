"""A view that asks for a permission. What the words mean is the team package's business."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = TypeVar("View", bound=Callable[..., HttpResponse])


class DeskRequest(HttpRequest):
    """What the brand middleware makes of a request below ``/b/<slug>/``."""

    brand: Any
    agent: Any
    may: Callable[[str], bool]


def needs(what: str) -> Callable[[View], View]:
    """403 with a plain sentence unless the person's role in this brand grants ``what``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.may(what):
                raise PermissionDenied(
                    _("Your role does not allow this. A supervisor or an owner can do it for you.")
                )
            return view(request, *args, **kwargs)

        return cast(View, guarded)

    return decorate
