"""Answers that a person posts in the network's own window."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cortafuegos.inbox.actions import approvals, by_hand
from cortafuegos.inbox.models import Approval, Reply
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.views.approvals import asked, named, seen_of
from cortafuegos.inbox.views.common import done, tells, the_case
from cortafuegos.inbox.views.writing import reply_of, written
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.SEND)
@require_POST
@tells
def replies_by_hand(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """The same as pressing send, and then the network's window opens with the text."""
    case = the_case(request, number)
    wanted = written(request, case)
    reply: Reply | Approval
    if waiting := named(request, case, public=wanted["public"]):
        told = {name: wanted[name] for name in ("text", "reason", "files")} | {"seen": seen_of(request)}
        reply = approvals.approve(request.agent, waiting, **told)
    else:
        reply = approvals.send(request.agent, case, by_hand=True, **wanted)
    if isinstance(reply, Approval):
        return asked(request, reply)
    words = _("Post it on %(network)s and bring back its link.") % {
        "network": look(reply.account.network).name
    }
    window = reverse("inbox:window", args=[slug, number, reply.pk])
    return done(request, words, [case], event={"wrote": "by_hand", "window": window})


@needs(May.SEND)
@require_safe
def window(request: BrandRequest, slug: str, number: int, reply_id: int) -> HttpResponse:
    """On to the network's own page, with the text that was judged."""
    reply = reply_of(the_case(request, number), reply_id)
    where = by_hand.address(reply) if reply.state == Reply.State.BY_HAND else ""
    if not where.startswith(("https://", "http://")):
        raise Http404
    return HttpResponseRedirect(where)


@needs(May.SEND)
@require_POST
@tells
def link(request: BrandRequest, slug: str, number: int, reply_id: int) -> HttpResponse:
    """The address of what was posted."""
    case = the_case(request, number)
    by_hand.settle(request.agent, reply_of(case, reply_id), request.POST.get("link", ""))
    return done(request, _("Noted: it is there"), [case])
