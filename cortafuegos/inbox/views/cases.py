"""A case: its page, and the piece of it that a nudge asks for again."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cortafuegos.inbox import blocks, composing, customers, harmless, lines, threads, words
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.queries import filters, presence, queues, shell
from cortafuegos.inbox.queries.person import history
from cortafuegos.inbox.queries.thread import thread
from cortafuegos.inbox.queries.writing import writing
from cortafuegos.inbox.views import lists
from cortafuegos.inbox.views.common import ids, page, target, the_case
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.READ)
@require_safe
def case(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """The whole desk with this case open; for htmx only the case and the person."""
    found = the_case(request, number)
    live = "live" in request.GET
    if found.state != Case.State.MERGED and not live:
        threads.ask(found)
    context = case_context(request, found)
    if target(request) == "case":
        return page(request, "inbox/_case.html", {**context, "fragment": True})
    where = request.GET.get("in", "")
    name = where if queues.find(where) else ("mine" if found.assignee_id == request.agent.pk else "all")
    return page(
        request, "inbox/desk.html", {**lists.list_context(request, name), **context, "open_number": number}
    )


@needs(May.READ)
@require_safe
def message(request: BrandRequest, slug: str, number: int, message_id: int) -> HttpResponse:
    """One message whole, however long."""
    found = the_case(request, number)
    said = Message.objects.filter(brand_id=request.brand.pk, case=found, pk=message_id)
    one = said.select_related("identity", "account").first()
    if one is None:
        raise Http404
    context = {
        "case": found,
        "name": harmless.name(str(one.account if one.direction == "out" else one.identity)),
        "when": words.moment(one.posted_at, clock.now()),
        "text": harmless.text(one.text, len(one.text)),
    }
    return page(request, "inbox/message.html", context)


def case_context(request: BrandRequest, case: Case) -> dict[str, Any]:
    now = clock.now()
    agent = request.agent
    before = request.GET.get("before", "")
    reader = blocks.Reader(
        now=now,
        language=request.brand.language,
        may_send=request.may(May.SEND.value),
        agents={a.id: a.name for a in shell.agents(request.brand.pk)},
        teams={t.id: t.name for t in shell.teams(request.brand.pk)},
    )
    found = thread(case, whole=before == "all")
    said = writing(agent, case)
    here = presence.here(request.brand.pk, [case.pk], agent.pk, now).get(case.pk, [])
    return {
        "case": case,
        "row": lines.row(case, now, here, agent_id=agent.pk),
        "title": harmless.name(case.subject) or _("No subject"),
        "blocks": blocks.blocks(case, found, reader),
        "earlier": found.earlier,
        "here": here,
        "mine": case.assignee_id == agent.pk,
        "closed": case.state == Case.State.CLOSED,
        "snoozed": case.state == Case.State.SNOOZED,
        "merged": case.state == Case.State.MERGED,
        "composer": composing.composer(agent, case, said, _answered(request, case)),
        "proposals": [
            {
                "draft": d,
                "text": harmless.text(d.text),
                "when": words.ago(d.proposed_at, now),
                "who": str(d.agent),
            }
            for d in said.proposals
            if d.proposed_at
        ],
        "press": uuid.uuid4(),
        "person": customers.beside(case, history(case), now),
        "link_query": request.GET.get("in", "") and _link_query(request),
        "now_words": now.isoformat(),
    }


def _link_query(request: BrandRequest) -> str:
    where = queues.find(request.GET["in"])
    if where is None:
        return ""
    return lists.link_query(where, filters.parse(request.GET), lists.view_id(request))


def _answered(request: BrandRequest, case: Case) -> Message | None:
    chosen = ids([request.GET.get("answer", "")])
    if not chosen:
        return None
    theirs = Message.objects.filter(brand_id=request.brand.pk, case=case, direction="in", deleted_at=None)
    return theirs.select_related("identity", "account").filter(pk=chosen[0]).first()
