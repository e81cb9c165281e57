"""The pages where a brand reads, mends and switches its playbooks, and sees how they fare."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cortafuegos.channels import registry
from cortafuegos.inbox import playbook_form, postures, words
from cortafuegos.inbox.actions import playbooks
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries import followed
from cortafuegos.inbox.queries.cast import cast
from cortafuegos.kit import clock
from cortafuegos.knowledge import library, plain, rules
from cortafuegos.knowledge.models import PlaybookVersion
from cortafuegos.knowledge.shipped import starter
from cortafuegos.knowledge.values import Playbook, Trigger
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

LOOKED_BACK = 90  # days
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,58}")


def _reader(request: BrandRequest) -> tuple[str, str]:
    return (get_language() or "es")[:2], request.brand.language


@needs(May.READ)
@require_safe
def index(request: BrandRequest, slug: str) -> HttpResponse:
    seen = followed.use(request.brand.pk, clock.now() - timedelta(days=LOOKED_BACK))
    rows = [
        {
            "slug": name,
            "title": rules.told(entry.value.title, *_reader(request)),
            "active": entry.active,
            "own": not entry.shipped,
            "number": entry.number,
            "steps": len(entry.value.steps),
            "use": seen.get(name, followed.Use()),
        }
        for name, entry in library.library(request.brand.pk).items()
    ]
    return render(request, "inbox/playbooks.html", {"rows": rows, "days": LOOKED_BACK})


@needs(May.READ)
def playbook(request: BrandRequest, slug: str, name: str) -> HttpResponse:
    entry = library.library(request.brand.pk).get(name)
    if entry is None and not (name == "new" and request.may(May.PLAYBOOKS.value)):
        raise Http404
    value = entry.value if entry else Playbook("new", {}, Trigger(), ())
    if request.method == "POST":
        body = playbook_form.body(request.POST, request.POST.getlist)
        try:
            wanted = name if entry else _free(request, body)
            playbooks.edit(request.agent, wanted, body)
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
            return _page(request, name, entry, _typed(name, body, value), status=refusal.status)
        messages.success(request, _("Saved. Cases that had begun keep the version they began with."))
        return redirect("inbox:playbook_page", slug, wanted)
    return _page(request, name, entry, value)


def _typed(name: str, body: dict[str, Any], otherwise: Playbook) -> Playbook:
    """What was typed, where it can be shown again; a title that is missing takes no other words along."""
    try:
        return plain.playbook(
            name, {**body, "title": body["title"] if any(body["title"].values()) else {"es": "?"}}
        )
    except plain.WrongPlaybook:
        return otherwise


def _free(request: BrandRequest, body: dict[str, Any]) -> str:
    """A name for its address, from the title."""
    title = next((words for words in body["title"].values() if words.strip()), "")
    base = "-".join(re.findall(r"[a-z0-9]+", rules.fold(title)))[:40].strip("-") or "playbook"
    taken = {*library.library(request.brand.pk), "new"}
    return next(name for n in range(1, 1000) if (name := base if n == 1 else f"{base}-{n}") not in taken)


def _page(
    request: BrandRequest, name: str, entry: library.Entry | None, value: Playbook, status: int = 200
) -> HttpResponse:
    since = clock.now() - timedelta(days=LOOKED_BACK)
    use = followed.use(request.brand.pk, since, name).get(name, followed.Use())
    form = playbook_form.fields(value)
    for one in form["steps"]:
        one["fate"] = use.steps.get(one["id"], followed.Fate())
    gone = [(step, fate) for step, fate in use.steps.items() if value.step(step) is None and fate.reasons]
    context = {
        "name": name,
        "entry": entry,
        "title": rules.told(value.title, *_reader(request)),
        "form": form,
        "use": use,
        "gone": gone,
        "days": LOOKED_BACK,
        "versions": _versions(request, name),
        "shipped": name in starter(),
        "may_edit": request.may(May.PLAYBOOKS.value),
        **_choices(),
    }
    return render(request, "inbox/playbook.html", context, status=status)


def _choices() -> dict[str, Any]:
    return {
        "intents": [
            ("complaint", _("complaint")),
            ("question", _("question")),
            ("praise", _("praise")),
            ("other", _("something else")),
        ],
        "causes": [
            ("product", _("product or promotion")),
            ("service", _("service")),
            ("human", _("a post of ours")),
            ("none", _("none")),
        ],
        "postures": [(one.level, one.title) for one in postures.LOOKS],
        "networks": [(one, look(one).name) for one in sorted(registry.networks())],
        "flags": [
            ("first", _("Nobody has answered yet")),
            ("public", _("Written in public")),
            ("churn", _("Says they are leaving")),
            ("newcomer", _("Writes for the first time")),
            ("sensitive", _("Shows personal data")),
        ],
        "answers": [("", _("does not matter")), ("yes", _("yes")), ("no", _("no"))],
    }


def _versions(request: BrandRequest, name: str) -> list[dict[str, Any]]:
    rows = PlaybookVersion.objects.filter(brand_id=request.brand.pk, playbook__slug=name).order_by("-number")
    people, now = cast(request.brand.pk), clock.now()
    found = []
    for row in rows[:50]:
        author = people.agent(row.author_id)
        found.append(
            {
                "number": row.number,
                "who": author.name if author else _("as shipped"),
                "when": words.moment(row.created_at, now),
                "steps": _advice(name, row.body, _reader(request)),
            }
        )
    return found


def _advice(name: str, body: Any, reader: tuple[str, str]) -> list[str]:
    try:
        return [rules.told(step.advice, *reader) for step in plain.playbook(name, body).steps]
    except plain.WrongPlaybook:
        return []


@needs(May.PLAYBOOKS)
@require_POST
def switch(request: BrandRequest, slug: str, name: str) -> HttpResponse:
    on = request.POST.get("on") == "1"
    try:
        playbooks.switch(request.agent, name, on=on)
        said = _("It is proposed again.") if on else _("Switched off. Cases that follow it keep it.")
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    return redirect("inbox:playbooks", slug)


@needs(May.PLAYBOOKS)
@require_POST
def restoration(request: BrandRequest, slug: str, name: str, number: int) -> HttpResponse:
    """An earlier version's words become the newest."""
    row = PlaybookVersion.objects.filter(
        brand_id=request.brand.pk, playbook__slug=name, number=number
    ).first()
    if row is None:
        raise Http404
    try:
        playbooks.edit(request.agent, name, row.body)
        messages.success(request, _("Saved. Cases that had begun keep the version they began with."))
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    return redirect("inbox:playbook_page", slug, name)
