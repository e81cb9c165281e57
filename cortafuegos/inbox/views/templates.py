"""The templates the network approved for the account chosen in the composer."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from cortafuegos.inbox import approved
from cortafuegos.inbox.templating import pieces
from cortafuegos.inbox.views.common import page, tells, the_case
from cortafuegos.inbox.views.writing import destination
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.SEND)
@require_safe
@tells
def templates(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    mode, _message, account = destination(request, case, request.GET)
    found = sorted(approved.templates_of(account), key=lambda one: (one.language != case.language, one.name))
    context = {"mode": mode, "templates": [(one, pieces(one)) for one in found], "account": account}
    return page(request, "inbox/_templates.html", context)
