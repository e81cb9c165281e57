"""Queues: the page, its list, the next rows, and rows that changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from cortafuegos.channels.models import Account
from cortafuegos.inbox import lines
from cortafuegos.inbox.actions.posture import posture_of
from cortafuegos.inbox.causes import causes
from cortafuegos.inbox.labels import narrowing, own
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries import filters, listing, paging, presence, queues, shell
from cortafuegos.inbox.queries.filters import Filter
from cortafuegos.inbox.queries.queues import Queue
from cortafuegos.inbox.views.common import ids, page, target
from cortafuegos.kit import clock
from cortafuegos.kit.zones import languages
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

_SORTED = {"due_at": "due", "last_message_at": "latest"}


@needs(May.READ)
@require_safe
def listing_page(request: BrandRequest, slug: str, queue: str) -> HttpResponse:
    """The queue beside an empty pane; for htmx only the list, or the rows after a cursor."""
    context = list_context(request, queue)
    asked = target(request)
    if asked == "list":
        return page(request, "inbox/_list.html", context)
    if asked == "more":
        return page(request, "inbox/_rows.html", context)
    return page(request, "inbox/desk.html", context)


@needs(May.READ)
@require_safe
def changed(request: BrandRequest, slug: str, queue: str) -> HttpResponse:
    """Those of the named cases that belong into this list now, as rows. A case that was named and
    is not among them has left it. With ``any``, when nobody knows what changed, its first rows too."""
    where, wanted = _list(request, queue)
    now = clock.now()
    named = ids(request.GET.getlist("id"))
    place = (request.brand.pk, request.agent.pk, where, wanted, now)
    cases = listing.matching(*place, named)
    if "any" in request.GET:
        known = {case.pk for case in cases}
        cases += [case for case in listing.page(*place, None).cases if case.pk not in known]
    context = {"rows": _rows(request, cases, now), "link_query": link_query(where, wanted)}
    return page(request, "inbox/_changed.html", context)


@needs(May.READ)
@require_safe
def around(request: BrandRequest, slug: str) -> HttpResponse:
    """The bar and the queues with their numbers, again."""
    where = request.GET.get("in", "")
    context = {"queue_name": where, "view_id": view_id(request), "refresh": True}
    return page(request, "inbox/_around.html", context)


def list_context(request: BrandRequest, name: str) -> dict[str, Any]:
    """Everything the list pane shows. ``after`` in the address begins it behind a row."""
    where, wanted = _list(request, name)
    now = clock.now()
    after = paging.parse(request.GET.get("after", ""))
    found = listing.page(request.brand.pk, request.agent.pk, where, wanted, now, after)
    query = wanted.query(view=str(view_id(request) or ""))
    return {
        "queue": where,
        "queue_name": where.name,
        "queue_title": title_of(request, where),
        "filter": wanted,
        "filter_chips": _chips(request, wanted),
        "filter_query": query,
        "view_id": view_id(request),
        "rows": _rows(request, found.cases, now),
        "after": found.after,
        "first_page": after is None,
        "sort": _SORTED.get(listing.order_of(where, wanted).field, listing.order_of(where, wanted).field),
        "may_sort": where.order in ("due", "priority"),
        "link_query": link_query(where, wanted, view_id(request)),
        "open_number": None,
        **(_choices(request, wanted) if after is None else {}),
    }


def link_query(where: Queue, wanted: Filter, view: int | None = None) -> str:
    """What a row's address carries, so that the list beside the case is the same one."""
    rest = wanted.query(view=str(view or ""))
    return f"in={where.name}" + (f"&{rest}" if rest else "")


def view_id(request: HttpRequest) -> int | None:
    found = ids([request.GET.get("view", "")])
    return found[0] if found else None


def title_of(request: BrandRequest, where: Queue) -> Any:
    """A saved view's name, a team's, or the queue's."""
    chosen = view_id(request)
    if chosen:
        for view in shell.views(request.brand.pk, request.agent.pk):
            if view.id == chosen:
                return view.name
    if where.name.startswith("team-"):
        for team in shell.teams(request.brand.pk):
            if f"team-{team.id}" == where.name:
                return team.name
    return where.title


def _list(request: BrandRequest, name: str) -> tuple[Queue, Filter]:
    where = queues.find(name)
    if where is None:
        raise Http404
    if name.startswith("team-") and not any(f"team-{t.id}" == name for t in shell.teams(request.brand.pk)):
        raise Http404
    return where, filters.parse(request.GET)


def _rows(request: BrandRequest, cases: list[Case], now: Any) -> list[lines.Row]:
    here = presence.here(request.brand.pk, [case.pk for case in cases], request.agent.pk, now)
    posture = posture_of(request.brand.pk)
    return lines.rows(cases, now, here, agent_id=request.agent.pk, posture=posture)


def _choices(request: BrandRequest, wanted: Filter) -> dict[str, Any]:
    networks = sorted(
        set(
            Account.objects.filter(brand_id=request.brand.pk, removed_at=None).values_list(
                "network", flat=True
            )
        )
    )
    return {
        "label_choices": narrowing.choices(wanted, own.topic_names(request.brand.pk)),
        "mistake_causes": causes(),
        "networks": [look(network) for network in networks],
        "languages": languages(request.agent.user.language),
        "sorts": [
            ("due", _("What is due first")),
            ("priority", _("What presses most")),
            ("latest", _("What was said last")),
        ],
        "places": [("public", _("In public")), ("private", _("In private"))],
        "states": [
            ("snoozed", _("Snoozed")),
            ("closed", pgettext("queue", "Closed")),
            ("any", _("In any state")),
        ],
    }


def _chips(request: BrandRequest, wanted: Filter) -> list[dict[str, Any]]:
    """What narrows the list, each with the address of the list without it."""
    said: list[tuple[str, Any]] = []
    if wanted.network:
        said.append(("network", look(wanted.network).name))
    if wanted.tag:
        said.append(("tag", wanted.tag))
    if wanted.language:
        said.append(
            ("language", dict(languages(request.agent.user.language)).get(wanted.language, wanted.language))
        )
    if wanted.place:
        said.append(("place", _("In public") if wanted.place == "public" else _("In private")))
    if wanted.state:
        states = {
            "open": _("Still open"),
            "snoozed": _("Snoozed"),
            "closed": pgettext("queue", "Closed"),
            "any": _("In any state"),
        }
        said.append(("state", states[wanted.state]))
    if wanted.agent:
        names = {str(a.id): a.name for a in shell.agents(request.brand.pk)}
        said.append(("agent", names.get(wanted.agent, _("somebody"))))
    said += narrowing.chips(wanted)
    if wanted.q:
        said.append(("q", f"«{wanted.q}»"))
    return [{"name": name, "words": words, "without": wanted.without(name).query()} for name, words in said]
