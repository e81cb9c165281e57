"""The page where a brand's leads see what the desk learned from them, and name its topics."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cortafuegos.inbox import words
from cortafuegos.inbox.actions import learning
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, OwnLayer, ReadingPolicy
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May
from cortafuegos.triage.own.learning import LEAST_CORRECTIONS

SHOWN = 15


@needs(May.GUARD)
def reading(request: BrandRequest, slug: str) -> HttpResponse:
    """POST ``layer`` (a version's number, 0 for none) and ``nightly``; or ``topics``."""
    if request.method == "POST":
        try:
            _save(request)
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
            if "topics" in request.POST:  # nothing typed is lost
                return render(
                    request, "inbox/reading.html", _page(request, request.POST["topics"]), status=422
                )
        else:
            messages.success(request, _("Saved."))
        return redirect("inbox:triage", slug)
    return render(request, "inbox/reading.html", _page(request))


def _save(request: BrandRequest) -> None:
    if "topics" in request.POST:
        learning.save_topics(request.agent, parsed(request.POST["topics"]))
        return
    raw = request.POST.get("layer", "")
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 9 else -1
    learning.switch(request.agent, number, nightly=request.POST.get("nightly") == "1")


def parsed(text: str) -> dict[str, list[str]]:
    """Topics as people write them: a name on a line of its own, its examples below it after a dash."""
    topics: dict[str, list[str]] = {}
    examples: list[str] = []
    for line in text[:200_000].splitlines():
        if line.strip().startswith(("-", "•", "–")):
            examples.append(line.strip().lstrip("-•– "))
        elif line.strip():
            examples = topics.setdefault(line.strip().rstrip(":"), [])
    return topics


def written(topics: dict[str, list[str]]) -> str:
    return "\n\n".join("\n".join([name, *(f"- {said}" for said in topics[name])]) for name in topics)


def _page(request: BrandRequest, typed: str | None = None) -> dict[str, Any]:
    policy = ReadingPolicy.objects.filter(brand_id=request.brand.pk).first() or ReadingPolicy()
    rows = OwnLayer.objects.filter(brand_id=request.brand.pk).defer("weights").order_by("-number")[:SHOWN]
    corrected = Event.objects.filter(brand_id=request.brand.pk, kind=learning.CORRECTED)
    now = clock.now()
    return {
        "policy": policy,
        "corrections": corrected[:10_000].count(),
        "least": LEAST_CORRECTIONS,
        "versions": [_version(row, policy, now) for row in rows],
        "topics": written(policy.topics) if typed is None else typed,
    }


def _version(row: OwnLayer, policy: ReadingPolicy, now: Any) -> dict[str, Any]:
    verdicts = {
        "taken": _("better: it reads"),
        "no_better": _("no better than before: left"),
        "forgets": _("changes too much that was right: left"),
    }
    shares = {name: round(100 * getattr(row, name)) for name in ("shipped", "before", "after", "kept")}
    return {
        "number": row.number,
        "when": words.moment(row.made_at, now),
        "corrections": row.corrections,
        "held_out": row.held_out,
        "verdict": verdicts.get(row.verdict, ""),
        "reads": row.number == policy.layer,
        **shares,
    }
