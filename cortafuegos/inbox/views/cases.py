"""A case: its page, and the piece of it that a nudge asks for again."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cortafuegos.inbox import (
    advice,
    asked,
    blocks,
    composing,
    customers,
    harmless,
    lines,
    owning,
    standing_by,
    words,
)
from cortafuegos.inbox.actions import promises
from cortafuegos.inbox.actions.posture import posture_of
from cortafuegos.inbox.labels import crowds
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.queries import filters, presence, queues
from cortafuegos.inbox.queries.cast import cast
from cortafuegos.inbox.queries.person import history
from cortafuegos.inbox.queries.thread import thread
from cortafuegos.inbox.queries.writing import writing
from cortafuegos.inbox.views import lists
from cortafuegos.inbox.views.common import page, target, the_case
from cortafuegos.kit import clock
from cortafuegos.kit.address import absolute
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May


@needs(May.READ)
@require_safe
def case(request: BrandRequest, slug: str, number: int) -> HttpResponse:
    """The whole desk with this case open; for htmx only the case and the person."""
    found = the_case(request, number)
    context = case_context(request, found)
    if target(request) == "case":
        return page(request, "inbox/_case.html", {**context, "fragment": True})
    where = request.GET.get("in", "")
    mine = "mine" if found.assignee_id == request.agent.pk else "all"
    name = where if queues.find(where) else "ended" if found.quiet else mine
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
    people = cast(request.brand.pk)
    found = thread(case, whole=request.GET.get("before") == "all")
    reader = blocks.Reader(
        now,
        request.brand.language,
        request.may(May.SEND.value),
        request.may(May.MODERATE.value),
        people,
        found.unanswered(),
        agent,
    )
    said = writing(agent, case, found, people)
    past = history(case)
    here = presence.here(request.brand.pk, [case.pk], agent.pk, now).get(case.pk, [])
    holder = people.agent(case.assignee_id)
    return {
        "case": case,
        "row": lines.row(case, now, here, agent_id=agent.pk, posture=posture_of(agent.brand_id)),
        "crowd": crowds.sentence(case),
        "title": harmless.name(case.subject) or _("No subject"),
        "assignee_name": holder.name if holder else "",
        "team_name": people.teams.get(case.team_id or 0, ""),
        "blocks": blocks.blocks(case, found, reader),
        "earlier": found.earlier,
        "here": here,
        "mine": case.assignee_id == agent.pk,
        "closed": case.state == Case.State.CLOSED,
        "snoozed": case.state == Case.State.SNOOZED,
        "merged": case.state == Case.State.MERGED,
        "composer": composing.composer(agent, case, found, said, people),
        "approvals": standing_by.beside(agent, case, people, now),
        "mistakes": owning.beside(agent, case, found.mistakes.values(), people, now),
        "press": uuid.uuid4(),
        "made_at": int(now.timestamp() * 1000),
        "person": customers.beside(case, past, now),
        "playbook": advice.beside(agent, case, found, newcomer=not past.before),
        "promised": [
            {
                "promise": one,
                "who": people.agents[one.agent_id].name,
                "due": words.due(one.due_at, now),
                "broken": one.state == "broken",
            }
            for one in promises.owed(request.brand.pk, [case.pk]).get(case.pk, [])
        ],
        "questions": asked.beside(case, found.questions, now),
        "address": absolute(request, "/").rstrip("/"),
        "link_query": _link_query(request),
    }


def _link_query(request: BrandRequest) -> str:
    where = queues.find(request.GET.get("in", ""))
    if where is None:
        return ""
    return lists.link_query(where, filters.parse(request.GET), lists.view_id(request))
