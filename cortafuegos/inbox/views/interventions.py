"""Taking off the network what we said, hiding what others write, and showing it again."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cortafuegos.inbox.actions import moderating, withdrawing
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.views.common import done, tells, the_case
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

VERBS = {"withdraw": withdrawing.withdraw, "hide": moderating.hide, "show": moderating.show}


@needs(May.SEND)
@require_POST
@tells
def intervention(request: BrandRequest, slug: str, number: int, message_id: int, kind: str) -> HttpResponse:
    """``kind``: withdraw, hide or show; each verb asks again whether the person may."""
    case = the_case(request, number)
    verb = VERBS.get(kind)
    message = _in_the_thread(case, message_id)
    if verb is None or message is None:
        raise Http404
    verb(request.agent, message, request.POST.get("reason", ""))
    words = {
        "withdraw": _("Being taken off %(network)s"),
        "hide": _("Being hidden on %(network)s"),
        "show": _("Being shown again on %(network)s"),
    }[kind]
    return done(request, words % {"network": look(message.network).name}, [case])


def _in_the_thread(case: Case, message_id: int) -> Message | None:
    """Of the case, or of a public thread that it is part of."""
    mine = Message.objects.filter(brand_id=case.brand_id)
    found = mine.filter(pk=message_id).first()
    if found is None or found.case_id == case.pk:
        return found
    beside = mine.filter(case_id=case.pk, conversation_id=found.conversation_id, public=True)
    return found if found.public and beside.exists() else None
