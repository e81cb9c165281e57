"""The tabs above the settings pages: those this person's role may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.models import Receipt

TABS = (
    ("web:preferences", _("My preferences"), "read"),
    ("channels:accounts", _("Accounts"), "read"),
    ("team:people", _("People and roles"), "invite"),
    ("team:teams", _("Teams"), "invite"),
    ("inbox:departments", _("Departments"), "invite"),
    ("inbox:guard", _("Guard"), "guard"),
    ("inbox:answering", _("How answers leave"), "guard"),
    ("inbox:playbooks", _("Playbooks"), "read"),
    ("inbox:promise_report", _("Our word"), "playbooks"),
    ("inbox:mistake_review", _("Mistakes"), "review"),
    ("inbox:triage", _("Reading"), "guard"),
    ("training:needs", _("Certificates"), "train"),
    ("team:brand", _("Brand"), "own"),
    ("channels:quarantine", _("Quarantine"), "connect"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    title: Any
    here: bool
    count: int = 0


def settings_nav(request: HttpRequest) -> dict[str, Any]:
    """The context processor: computed only where a template shows the tabs."""
    return {"settings_nav": SimpleLazyObject(lambda: _tabs(request))}


def _tabs(request: Any) -> list[Tab]:
    if getattr(request, "brand", None) is None:
        return []
    return [_tab(request, name, title) for name, title, what in TABS if request.may(what)]


def _tab(request: Any, name: str, title: Any) -> Tab:
    url = reverse(name, args=[request.brand.slug])
    count = 0
    if name == "channels:quarantine":
        state = Receipt.State.QUARANTINED
        count = Receipt.objects.filter(brand=request.brand, state=state)[:1000].count()
    # The answer to a new invitation is the page of people, under the invitations' own address.
    path = request.path.replace("/settings/invitations", "/settings/people")
    return Tab(url, title, path == url or path.startswith(f"{url}/"), count)
