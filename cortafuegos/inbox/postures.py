"""How alarmed a desk is, in words: what the bar shows, and what a supervisor chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Look:
    level: str  # team.licence.POSTURES
    title: Any
    means: Any
    icon: str


LOOKS = (
    Look("calm", _("Calm"), _("An ordinary day."), "leaf"),
    Look(
        "watch",
        _("Alert"),
        _("Something is brewing: what you have set for an alert applies."),
        "eye",
    ),
    Look(
        "crisis",
        _("Crisis"),
        _("What is read by many and presses comes first, and what you have set for a crisis applies."),
        "siren",
    ),
)


def look(level: str) -> Look:
    return next(one for one in LOOKS if one.level == level)
