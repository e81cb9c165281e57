"""Answers that wait for a second person: taken back, approved, returned."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.inbox import holding
from cortafuegos.inbox.actions import approvals
from cortafuegos.inbox.approving import NOT_THEIRS_TO_SEND
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Approval, Case, Reply
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.views.common import done, ids, tells, the_case
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.WRITE)
@require_http_methods(["DELETE"])
@tells
def approval(request: BrandRequest, slug: str, number: int, approval_id: int) -> HttpResponse:
    """Its writer takes it back."""
    case = the_case(request, number)
    found = approval_of(case, approval_id)
    approvals.take_back(request.agent, found)
    if found.state == Approval.State.RETURNED:
        return done(request, _("Left as it is"), [case])
    place = {"draft": found.case_id, "draft_at": reverse("inbox:case", args=[slug, found.case.number])}
    return done(request, _("Taken back. Your text is in the composer again."), [case], event=place)


@needs(May.SEND)
@require_POST
@tells
def decision(request: BrandRequest, slug: str, number: int, approval_id: int) -> HttpResponse:
    """Let it go as it is."""
    case = the_case(request, number)
    found = approval_of(case, approval_id)
    seen, reason = seen_of(request), request.POST.get("reason", "")
    reply = approvals.approve(request.agent, found, seen=seen, reason=reason)
    return left(request, reply, wrote="approval")


@needs(May.SEND)
@require_POST
@tells
def returned(request: BrandRequest, slug: str, number: int, approval_id: int) -> HttpResponse:
    """Back to its writer, with a comment."""
    case = the_case(request, number)
    approvals.give_back(request.agent, approval_of(case, approval_id), request.POST.get("comment", ""))
    return done(request, _("Returned with your comment"), [case], event={"wrote": "return"})


def asked(request: BrandRequest, approval: Approval) -> HttpResponse:
    """What its writer hears: it waits, and how to get it back."""
    case = approval.case
    words_ = _("Waiting for approval. You will see here when somebody decides.")
    if NOT_THEIRS_TO_SEND & set(approval.reasons):
        words_ = _("Proposed. Somebody who may send will see it.")
    url = reverse("inbox:approval", args=[request.brand.slug, case.number, approval.pk])
    undo = [{"method": "DELETE", "url": url, "body": {}}]
    return done(request, words_, [case], undo=undo, event={"wrote": "proposal"})


def left(request: BrandRequest, reply: Reply, **event: Any) -> HttpResponse:
    """An answer is on its way: how long it is held, and the way back."""
    slug, number = request.brand.slug, reply.case.number
    said = _("Approved. Somebody has to post it on %(network)s by hand.") if reply.by_hand else None
    words_ = (said or _("On its way to %(network)s")) % {"network": look(reply.account.network).name}
    seconds = holding.left(reply.held_until, clock.now())
    release = reverse("inbox:release", args=[slug, number, reply.pk])
    held = {"left": seconds, "release": release} if seconds else {}
    url = reverse("inbox:cancellation", args=[slug, number, reply.pk])
    back = {"method": "POST", "url": url, "body": {}}
    return done(request, words_, [reply.case], undo=[back], event=event, toast=held)


def approval_of(case: Case, approval_id: int) -> Approval:
    """The page may be older than a merge: what waits has gone along."""
    while case.merged_into is not None:
        case = case.merged_into
    rows = Approval.objects.filter(brand_id=case.brand_id, case=case).select_related("case")
    found = rows.filter(pk=approval_id).first()
    if found is None:
        raise Http404
    return found


def named(request: BrandRequest, case: Case, *, public: bool) -> Approval | None:
    """Whose words the composer began with, when its text is somebody's that waits."""
    found = ids([request.POST.get("proposal", "")])
    if not found:
        return None
    approval = approval_of(case, found[0])
    if approval.public != public:
        raise Refusal(
            _("That answer was written for another place. Return it, or write your own."),
            code="other_place",
            status=422,
        )
    return approval


def seen_of(request: BrandRequest) -> int | None:
    found = ids([request.POST.get("seen", "")])
    return found[0] if found else None
