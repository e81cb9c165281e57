"""Notes, drafts, proposals and replies."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.channels.models import Account
from cortafuegos.inbox import approved, pricing
from cortafuegos.inbox.actions import approvals, deciding, drafts, filing, notes, replies
from cortafuegos.inbox.composing import unit_words
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.files import taking
from cortafuegos.inbox.models import Case, Message, Reply
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.views import approvals as approval_views
from cortafuegos.inbox.views.common import done, ids, page, tells, the_case
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

MODES = ("public", "private", "note")


@needs(May.WRITE)
@require_POST
@tells
def note(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    notes.write(request.agent, case, request.POST.get("text", ""))
    return done(request, _("Note saved"), [case], event={"wrote": "note"})


@needs(May.WRITE)
@require_http_methods(["POST", "DELETE"])
@tells
def draft(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """Kept at every pause. Answers with when it was kept, so that the browser knows it may forget."""
    case = the_case(request, number)
    if request.method == "DELETE":
        drafts.discard(request.agent, case)
        return JsonResponse({"kept_at": None})
    mode = request.POST.get("mode", "")
    kept = drafts.keep(
        request.agent,
        case,
        mode=mode,
        text=request.POST.get("text", ""),
        target=_message(case, request.POST.get(f"target_{mode}", "")),
        account=_account(request, request.POST.get(f"account_{mode}", "")),
        files=carried(request, strict=False),
    )
    return JsonResponse({"kept_at": int(kept.updated_at.timestamp() * 1000) if kept else None})


@needs(May.WRITE)
@require_POST
@tells
def proposals(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """Hand what one has written over to somebody who may send it."""
    case = the_case(request, number)
    mode, message, account = destination(request, case, request.POST)
    asked = approvals.ask(
        request.agent,
        case,
        text=request.POST.get("text", ""),
        public=mode == "public",
        target=message,
        account=account,
        key=_press(request),
        reason=request.POST.get("reason", ""),
        template=approved.filled(account, request.POST),
        files=carried(request),
    )
    return approval_views.asked(request, asked)


@needs(May.WRITE)
@require_POST
@tells
def check(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """The guard's findings and the length by the network's own measure, under the words."""
    case = the_case(request, number)
    mode, message, account = destination(request, case, request.POST)
    text, agent = request.POST.get("text", ""), request.agent
    place: dict[str, Any] = {"public": mode == "public", "target": message, "account": account}
    verdict = replies.check(agent, case, text=text, **place)
    files, public = carried(request, strict=False), mode == "public"
    context = {
        **verdict_context(verdict, account, text),
        "price": pricing.price_words(account, message, text, public=public),
        "files_trouble": taking.refusal(account, message, files, verdict["length"], public=public),
        # Whoever mends a colleague's words is the second person.
        "asks": not request.POST.get("proposal")
        and deciding.only_for_a_warning(agent, **place, verdict=verdict),
    }
    return page(request, "inbox/_verdict.html", context)


@needs(May.SEND)
@require_POST
@tells
def reply(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    wanted = written(request, case)
    after = request.agent.user.after_send
    if waiting := approval_views.named(request, case, public=wanted["public"]):
        seen = approval_views.seen_of(request)
        told = {name: wanted[name] for name in ("text", "reason", "files")} | {"seen": seen}
        sent = approvals.approve(request.agent, waiting, **told)
        return approval_views.left(request, sent, wrote="reply", after=after)
    template = approved.filled(wanted["account"], request.POST)
    made = approvals.send(request.agent, case, **wanted, template=template)
    if isinstance(made, Reply):
        return approval_views.left(request, made, wrote="reply", after=after)
    return approval_views.asked(request, made)


def written(request: BrandRequest, case: Case) -> dict[str, Any]:
    """What stands in the composer, as ``replies.send`` takes it."""
    mode, message, account = destination(request, case, request.POST)
    if mode == "public" and request.POST.get("aloud") == "ask":
        raise Refusal(
            _("They wrote this in private. Tick the box if you really want to answer in public."),
            code="aloud",
            status=422,
        )
    return {
        "text": request.POST.get("text", ""),
        "public": mode == "public",
        "target": message,
        "account": account,
        "key": _press(request),
        "reason": request.POST.get("reason", ""),
        "meant": request.POST.get("ended") == "yes",
        "files": carried(request),
    }


@needs(May.SEND)
@require_POST
@tells
def cancellation(request: BrandRequest, slug: str, number: int, reply_id: int) -> HttpResponse:
    case = the_case(request, number)
    taken = replies.cancel(request.agent, reply_of(case, reply_id))
    said = _("Taken back. Your text is in the composer again.")
    if taken.parts:
        said = _("Taken back. Your text is in the composer again; files that had arrived stay there.")
    return done(
        request,
        said,
        [case],
        event={"draft": taken.case_id, "draft_at": reverse("inbox:case", args=[slug, taken.case.number])},
    )


@needs(May.SEND)
@require_POST
@tells
def attempt(request: BrandRequest, slug: str, number: int, reply_id: int) -> HttpResponse:
    case = the_case(request, number)
    replies.retry(request.agent, reply_of(case, reply_id))
    return done(request, _("Trying again"), [case])


@needs(May.SEND)
@require_POST
@tells
def settlement(request: BrandRequest, slug: str, number: int, reply_id: int) -> HttpResponse:
    """Somebody looked on the network and says whether the reply is there."""
    case = the_case(request, number)
    sent = request.POST.get("sent") == "1"
    replies.settle(request.agent, reply_of(case, reply_id), sent=sent)
    words = _("Noted: it is there") if sent else _("Noted: it is not there. You can try again.")
    return done(request, words, [case])


GRAVITY = ("block", "warn", "note")


def verdict_context(verdict: dict[str, Any], account: Account, text: str) -> dict[str, Any]:
    length, limit = verdict["length"], verdict["limit"]
    # What stops the reply stands first; among equals, in reading order.
    findings = sorted(
        (f for f in verdict["findings"] if f["rule"] not in {"empty", "too-long"}),
        key=lambda f: GRAVITY.index(f["severity"]),
    )
    for finding in findings:
        start, end = finding["span"]
        whole = (start, end) == (0, len(text))
        finding["words"] = "" if whole else text[start:end][:60]
        puts = finding.get("variants") or [finding["proposal"]]
        finding["offers"] = [{"put": put, "says": put.strip()[:60]} for put in puts if put is not None]
    return {
        "length": length,
        "limit": limit,
        "low": int(limit * 0.9),
        "over": length - limit,
        "unit": unit_words(verdict["unit"]),
        "network": look(account.network).name,
        "findings": findings,
        "verdict": verdict["verdict"],
    }


def destination(request: BrandRequest, case: Case, asked: QueryDict) -> tuple[str, Message, Account]:
    mode = asked.get("mode", "")
    message = _message(case, asked.get(f"target_{mode}", "")) if mode in MODES[:2] else None
    account = _account(request, asked.get(f"account_{mode}", ""))
    if message is None or account is None:
        raise Refusal(_("Choose what you answer, and as whom."), code="no_destination", status=422)
    return mode, message, account


def carried(request: BrandRequest, *, strict: bool = True) -> list[dict[str, Any]]:
    return filing.chosen(request.agent, request.POST.get("files", ""), strict=strict)


def _message(case: Case, raw: str) -> Message | None:
    found = ids([raw])
    rows = Message.objects.filter(brand_id=case.brand_id, case=case).select_related("identity", "account")
    return rows.filter(pk=found[0]).first() if found else None


def _account(request: BrandRequest, raw: str) -> Account | None:
    found = ids([raw])
    rows = Account.objects.filter(brand_id=request.brand.pk, removed_at=None)
    return rows.filter(pk=found[0]).first() if found else None


def reply_of(case: Case, reply_id: int) -> Reply:
    """The page may be older than a merge: the reply has gone along."""
    while case.merged_into is not None:
        case = case.merged_into
    found = Reply.objects.filter(brand_id=case.brand_id, case=case, pk=reply_id).first()
    if found is None:
        raise Http404
    return found


def _press(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("press", ""))
    except ValueError:
        return None
