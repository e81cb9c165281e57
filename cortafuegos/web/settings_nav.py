"""The way through the settings pages: in groups, those this person's role may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.models import Receipt

GROUPS = (
    (
        _("General"),
        (
            ("web:preferences", _("My preferences"), "read"),
            ("team:brand", _("Brand"), "own"),
        ),
    ),
    (
        _("Channels"),
        (
            ("channels:accounts", _("Accounts"), "read"),
            ("channels:quarantine", _("Quarantine"), "connect"),
        ),
    ),
    (
        _("The team"),
        (
            ("team:people", _("People and roles"), "invite"),
            ("team:teams", _("Teams"), "invite"),
            ("inbox:departments", _("Departments"), "invite"),
            ("training:needs", _("Certificates"), "train"),
        ),
    ),
    (
        _("Answering"),
        (
            ("inbox:playbooks", _("Playbooks"), "read"),
            ("inbox:guard", _("Guard"), "guard"),
            ("inbox:answering", _("How answers leave"), "guard"),
            ("inbox:promise_report", _("Our word"), "playbooks"),
            ("inbox:mistake_review", _("Mistakes"), "review"),
            ("inbox:triage", _("Reading"), "guard"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    title: Any
    here: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    title: Any
    tabs: list[Tab]


@dataclass(frozen=True, slots=True)
class Nav:
    groups: list[Group]

    @property
    def title(self) -> Any:
        """Of the page that is open; empty on one that none of the tabs leads to."""
        return next((tab.title for group in self.groups for tab in group.tabs if tab.here), "")


def settings_nav(request: HttpRequest) -> dict[str, Any]:
    """The context processor: computed only where a template shows it."""
    return {"settings_nav": SimpleLazyObject(lambda: Nav(_groups(request)))}


def _groups(request: Any) -> list[Group]:
    if getattr(request, "brand", None) is None:
        return []
    groups = [
        Group(title, [_tab(request, name, word) for name, word, what in tabs if request.may(what)])
        for title, tabs in GROUPS
    ]
    return [group for group in groups if group.tabs]


def _tab(request: Any, name: str, title: Any) -> Tab:
    url = reverse(name, args=[request.brand.slug])
    count = 0
    if name == "channels:quarantine":
        state = Receipt.State.QUARANTINED
        count = Receipt.objects.filter(brand=request.brand, state=state)[:1000].count()
    # The answer to a new invitation is the page of people, under the invitations' own address.
    path = request.path.replace("/settings/invitations", "/settings/people")
    return Tab(url, title, path == url or path.startswith(f"{url}/"), count)
