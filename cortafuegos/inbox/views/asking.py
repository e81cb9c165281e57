"""Asking another department from inside a case."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cortafuegos.inbox import harmless, promising, words
from cortafuegos.inbox.actions import asking
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Department, Message, Question
from cortafuegos.inbox.views.common import done, ids, page, tells, the_case
from cortafuegos.inbox.views.verbs import until_of
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.accounts import mail_works
from cortafuegos.team.rules import May

OFFERED = 6  # of the latest messages


@needs(May.WORK)
@require_http_methods(["GET", "POST"])
@tells
def questions(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """What the dialog shows, and the question it asks."""
    case = the_case(request, number)
    return _ask(request, case) if request.method == "POST" else _form(request, case)


def _form(request: BrandRequest, case: Case) -> HttpResponse:
    now, names = clock.now(), asking.names_of(case)
    said = Message.objects.filter(brand_id=case.brand_id, case=case, deleted_at=None).select_related(
        "account"
    )
    latest = list(said.order_by("-posted_at", "-pk")[:OFFERED])[::-1]
    last_theirs = next((one.pk for one in reversed(latest) if one.direction == "in"), None)
    departments = Department.objects.filter(brand_id=case.brand_id, active=True).order_by("name")
    context = {
        "case": case,
        "departments": [
            {"id": one.pk, "name": one.name, "first": asking.line_of(one)[0]} for one in departments
        ],
        "messages": [
            {
                "id": one.pk,
                "ours": one.direction == "out",
                "when": words.moment(one.posted_at, now),
                "text": harmless.line(asking.preview(case, one, names)[:400]),
                "chosen": one.pk == last_theirs,
            }
            for one in latest
        ],
        "name": harmless.name(str(case.identity)),
        "mail_works": mail_works(),
        "directory": reverse("inbox:departments", args=[request.brand.slug]),
        "may_edit": request.may(May.INVITE.value),
    }
    return page(request, "inbox/_ask_form.html", context)


def _ask(request: BrandRequest, case: Case) -> HttpResponse:
    chosen = ids([request.POST.get("department", "")])
    department = Department.objects.filter(brand_id=case.brand_id, pk__in=chosen).first()
    if department is None:
        raise Refusal(_("Choose whom to ask."), code="no_such_department", status=422)
    due_at = until_of(request, promising.until) if _names_a_time(request) else None
    asked = asking.ask(
        request.agent,
        case,
        department,
        request.POST.get("text", ""),
        due_at=due_at,
        share=ids(request.POST.getlist("share")),
        with_name=request.POST.get("with_name") == "1",
        with_data=request.POST.get("with_data") == "1",
    )
    back = {"method": "POST", "url": _url(request, case, asked, "question_withdrawal"), "body": {}}
    now = timezone.localtime(clock.now())
    said = _("Asked: %(department)s, %(before)s.") % {
        "department": department.name,
        "before": words.before(asked.due_at, now),
    }
    return done(request, said, [case], undo=[back])


def _names_a_time(request: BrandRequest) -> bool:
    return bool(request.POST.get("when") or request.POST.get("until"))


def _url(request: BrandRequest, case: Case, question: Question, name: str) -> str:
    return reverse(f"inbox:{name}", args=[request.brand.slug, case.number, question.pk])


def _question(case: Case, question_id: int) -> Question:
    rows = Question.objects.filter(brand_id=case.brand_id, case=case).select_related("department", "case")
    found = rows.filter(pk=question_id).first()
    if found is None:
        raise Http404
    return found


@needs(May.WORK)
@require_POST
@tells
def withdrawal(request: BrandRequest, slug: str, number: int, question_id: int) -> HttpResponse:
    case = the_case(request, number)
    asking.withdraw(request.agent, _question(case, question_id))
    return done(request, _("The question is withdrawn"), [case])


@needs(May.WRITE)
@require_POST
@tells
def sight(request: BrandRequest, slug: str, number: int, question_id: int) -> HttpResponse:
    """The answer was read, or put into the reply that is being written."""
    case = the_case(request, number)
    asking.see(request.agent, _question(case, question_id))
    return done(request, "", [case])


@needs(May.WORK)
@require_POST
@tells
def links(request: BrandRequest, slug: str, number: int, question_id: int) -> HttpResponse:
    """A new link; the one before stops working."""
    case = the_case(request, number)
    asking.renew_link(request.agent, _question(case, question_id))
    return done(request, _("There is a new link; the one before no longer works."), [case])
