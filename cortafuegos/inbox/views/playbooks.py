"""Following a playbook in a case: choosing one, ticking a step, leaving it out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cortafuegos.inbox.actions import playbooks
from cortafuegos.inbox.views.common import done, tells, the_case
from cortafuegos.inbox.views.verbs import step as undo_step
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.WRITE)
@require_POST
@tells
def playbook(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    case = the_case(request, number)
    playbooks.choose(request.agent, case, request.POST.get("playbook", ""))
    return done(request, "", [case])


@needs(May.WRITE)
@require_POST
@tells
def step(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """``mark``: done, open again, or left_out with a ``reason``."""
    case = the_case(request, number)
    name, which, mark = (request.POST.get(field, "") for field in ("playbook", "step", "mark"))
    back = undo_step(case, "playbook_step", playbook=name, step=which, mark="open")
    if mark == "left_out":
        playbooks.leave_out(request.agent, case, name, which, request.POST.get("reason", ""))
        return done(request, _("Left out. Your reason helps to mend the playbook."), [case], undo=[back])
    playbooks.tick(request.agent, case, name, which, done=mark == "done")
    return done(request, "", [case])
