"""A case's crowd in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cortafuegos.inbox import words
from cortafuegos.inbox.models import Case

KINDS: dict[str, Any] = {
    "none": gettext_lazy("Single voices"),
    "bots": gettext_lazy("The same words from many accounts"),
    "spam": gettext_lazy("Advertising"),
    "pile_on": gettext_lazy("Many on one post"),
    "duplicate": gettext_lazy("Repeated by one person"),
}


def short(case: Case) -> str:
    """For the chip of a row."""
    if case.crowd == "spam":
        return _("Advertising")
    size = words.number(case.crowd_size)
    if case.crowd == "pile_on":
        return _("%(n)s on one post") % {"n": size}
    return _("%(n)s alike") % {"n": size}


def sentence(case: Case) -> str:
    """For the head of the case; empty when it stands alone."""
    size = case.crowd_size
    said = {
        "bots": ngettext("%(n)s account says the same", "%(n)s accounts say the same", size),
        "spam": _("It looks like advertising"),
        "pile_on": ngettext("%(n)s answers one post", "%(n)s answer one post", size),
        "duplicate": ngettext("Said %(n)s time by one person", "Said %(n)s times by one person", size),
    }.get(case.crowd, "")
    return said % {"n": words.number(size)} if "%(n)s" in said else said
