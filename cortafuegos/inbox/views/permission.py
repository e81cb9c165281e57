"""What the network allows for the message and the account chosen in the composer."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from cortafuegos.inbox import permitting
from cortafuegos.inbox.views.common import page, tells, the_case
from cortafuegos.inbox.views.writing import destination
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.READ)
@require_safe
@tells
def permission(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    mode, message, account = destination(request, case, request.GET)
    one = permitting.shown(account, message, public=mode == "public")
    return page(request, "inbox/_permission.html", {"one": one, "case": case})
