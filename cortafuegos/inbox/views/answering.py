"""The one page that somebody without an account opens: a question, and how to answer it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cortafuegos.inbox import asking, asking_story, harmless, promising, words
from cortafuegos.inbox.actions import answering, asking_links
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Message, Question, QuestionLink
from cortafuegos.kit import clock
from cortafuegos.kit.pace import too_fast

STRANGERS = 30  # tries of unknown links a minute, from one address
LOOKS = 120  # of one link, a minute
ANSWERS = 20  # tries to answer by one link, an hour


@sensitive_post_parameters("answer", "whom")
@require_http_methods(["GET", "HEAD", "POST"])
def inside(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: programs that read mail open links before people do."""
    response = _inside(request, token)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _inside(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = asking_links.find(token, clock.now())
    except Refusal as refusal:
        if too_fast("inside-unknown", request.META.get("REMOTE_ADDR", ""), STRANGERS, 60):
            return _gone(request, _("Too many attempts. Wait a minute and try again."), 429)
        return _gone(request, refusal.sentence, refusal.status)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(link.question.department.language)
    with timezone.override(ZoneInfo(link.brand.time_zone)):
        if too_fast("inside-look", str(link.key), LOOKS, 60):
            return _gone(request, _("Too many attempts. Wait a minute and try again."), 429)
        if request.method == "POST":
            return _post(request, token, link)
        return _page(request, link)


def _post(request: HttpRequest, token: str, link: QuestionLink) -> HttpResponse:
    if too_fast("inside-answer", str(link.key), ANSWERS, 3600):
        return _page(request, link, error=_("Too many attempts. Wait a while and try again."), status=429)
    name, kind = request.POST.get("name", ""), request.POST.get("kind", "")
    try:
        if kind == "not_ours":
            answering.not_ours(token, request.POST.get("whom", ""), name)
        elif kind == "put_off":
            answering.put_off(token, _until(request), name)
        else:
            answering.answer(token, request.POST.get("answer", ""), name)
    except Refusal as refusal:
        if refusal.code in ("revoked", "expired"):
            return _gone(request, refusal.sentence, refusal.status)
        return _page(request, _again(link), error=refusal.sentence, status=refusal.status)
    return _page(request, _again(link), done=kind or "answer")


def _again(link: QuestionLink) -> QuestionLink:
    known = QuestionLink.objects.filter(brand_id=link.brand_id)
    return known.select_related("question__department", "question__agent__user", "brand").get(pk=link.pk)


def _until(request: HttpRequest) -> datetime:
    local = timezone.localtime(clock.now())
    if found := promising.until(request.POST.get("when", ""), local):
        return found
    try:
        typed = datetime.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        raise Refusal(_("Choose until when."), code="no_time", status=422) from None
    return typed if typed.tzinfo else typed.replace(tzinfo=local.tzinfo)


def _gone(request: HttpRequest, sentence: Any, status: int) -> HttpResponse:
    return render(request, "inbox/inside_gone.html", {"sentence": sentence}, status=status)


def _page(
    request: HttpRequest, link: QuestionLink, *, error: Any = "", done: str = "", status: int = 200
) -> HttpResponse:
    question, now = link.question, clock.now()
    settled = question.state != Question.State.OPEN
    context = {
        "link": link,
        "brand": link.brand,
        "who": harmless.name(str(question.agent)),
        "department": question.department.name,
        "error": error,
        "done": done,
        "settled": settled,
        "by": harmless.name(question.answered_by),
        "when": words.at(question.answered_at, now) if question.answered_at else "",
        "before": words.before(question.rung_due_at, now),
        "late": question.rung_due_at < now,
        "most": asking.LONGEST,
        "typed": request.POST if error else {},
    }
    if not settled:  # once answered, the page shows nothing of the case any more
        context |= {
            "text": harmless.text(question.text),
            "shared": _shared(question, now),
            "about": harmless.name(question.about),
            "story": asking_story.told(question, now) if link.rung else [],
            "may_put_off": question.put_off < asking.MOST_PUT_OFF,
            "today": timezone.localtime(now).hour < promising.EVENING.hour - 1,
        }
    return render(request, "inbox/inside.html", context, status=status)


def _shared(question: Question, now: datetime) -> list[dict[str, Any]]:
    """What its author has deleted since is not shown any more."""
    ids = [one.get("message") for one in question.shared]
    said = Message.objects.filter(brand_id=question.brand_id, pk__in=ids, deleted_at=None)
    there = set(said.values_list("pk", flat=True))
    return [
        {
            "when": words.moment(datetime.fromisoformat(one["at"]), now),
            "ours": bool(one.get("ours")),
            "text": harmless.text(str(one["text"])),
        }
        for one in question.shared
        if one.get("message") in there
    ]
