"""What the pages of training share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cortafuegos.channels import registry
from cortafuegos.inbox.networks import look
from cortafuegos.kit.language_names import language_name
from cortafuegos.team.access import BrandRequest
from cortafuegos.team.licence import Kind
from cortafuegos.team.rules import May
from cortafuegos.training import queries
from cortafuegos.training.models import Course

LANGUAGES = ("es", "en", "pt", "ca", "gl", "eu", "fr", "de", "it")


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    title: str
    here: bool


def page(request: BrandRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    tabs = [("training:home", _("My training"))]
    if request.may(May.TRAIN.value):
        tabs.append(("training:certificates", _("Who holds what")))
        tabs.append(("training:needs", _("Where a certificate is needed")))
    links = [(reverse(name, args=[request.brand.slug]), title) for name, title in tabs]
    here = next((url for url, _title in reversed(links) if request.path.startswith(url)), "")
    context["tabs"] = [Tab(url, title, url == here) for url, title in links]
    response = render(request, f"training/{template}", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def language() -> str:
    return (get_language() or "es")[:2]


def the_course(request: BrandRequest, slug: str) -> Course:
    return get_object_or_404(Course, brand=request.brand, slug=slug)


def progress(request: BrandRequest, course: Course, now: datetime) -> queries.Progress:
    found = queries.progress(request.agent, course, language(), now)
    if found is None:
        raise Http404
    return found


def networks() -> list[tuple[str, Any]]:
    """Every network that is installed, as people call it."""
    return sorted(((name, look(name).name) for name in registry.networks()), key=lambda pair: str(pair[1]))


def purposes() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a certificate can be for, in groups, as "kind:value"."""
    channels = [(f"{Kind.CHANNEL}:{name}", str(title)) for name, title in networks()]
    spoken = [(f"{Kind.LANGUAGE}:{code}", language_name(code)) for code in LANGUAGES]
    return [
        (_("Networks"), [(f"{Kind.CHANNEL}:", _("every network")), *channels]),
        (_("Languages"), spoken),
        (_("Crises"), [(f"{Kind.CRISIS}:", _("crises"))]),
    ]


def purpose(raw: str) -> tuple[str, str]:
    kind, _sign, value = raw.partition(":")
    return kind, value


def number(raw: str) -> int:
    """0, which no figure of ours may be, for what is no number."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 6 else 0
