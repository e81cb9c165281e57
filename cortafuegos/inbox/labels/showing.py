"""A message's labels as a reader meets them: a few words under it, and why, when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.inbox import harmless
from cortafuegos.inbox import words as times
from cortafuegos.inbox.labels import words
from cortafuegos.inbox.labels.rules import Labels
from cortafuegos.inbox.labels.words import Choice
from cortafuegos.inbox.queries.cast import Cast
from cortafuegos.triage.sentences import CODES, sentence
from cortafuegos.triage.values import Reason


@dataclass(frozen=True, slots=True)
class Said:
    """One label: what it is, why or by whom, and what it could be instead."""

    field: str
    title: str
    value: str
    why: tuple[str, ...]
    by_us: bool
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Shown:
    brief: str  # "Complaint, product or price · soon"
    pressing: bool
    labels: list[Said]


def brief(labels: Labels) -> str:
    """What it is, and of the rest only what changes what one does next."""
    intent, cause = labels.get("intent"), labels.get("cause")
    said = [words.words("intent", intent)]
    if intent == "complaint" and cause not in (None, "none"):
        said[0] = f"{said[0]}, {words.words('cause', cause).lower()}"
    if labels.get("urgency") in (2, 3):
        said.append(words.words("urgency", labels["urgency"]))
    if labels.get("churn") is True:
        said.append(words.words("churn", True))
    if labels.get("needs_reply") is False:
        said.append(words.words("needs_reply", False))
    said += [harmless.name(str(topic)) for topic in labels.get("topics") or ()]
    first, *rest = [part for part in said if part] or [""]
    return " · ".join([first, *(part[:1].lower() + part[1:] for part in rest)])


def shown(labels: Labels, cast: Cast, now: datetime) -> Shown | None:
    """None where triage has said nothing."""
    if not words.words("intent", labels.get("intent")):
        return None
    return Shown(
        brief(labels),
        labels.get("urgency") in (2, 3),
        [_said(name, labels, cast, now) for name in words.FIELDS],
    )


def _said(field: str, labels: Labels, cast: Cast, now: datetime) -> Said:
    value = labels.get(field)
    mark = (labels.get("corrected") or {}).get(field)
    return Said(
        field=field,
        title=str(words.FIELDS[field]),
        value=words.words(field, value),
        why=(_by(mark, field, value, cast, now),) if mark else _why(field, labels),
        by_us=bool(mark),
        choices=words.choices(field, value),
    )


def _by(mark: Mapping[str, Any], field: str, value: Any, cast: Cast, now: datetime) -> str:
    colleague = cast.agent(mark.get("by"))
    given = {
        "who": colleague.name if colleague else _("somebody"),
        "when": times.at(datetime.fromisoformat(mark["at"]), now),
        "was": words.words(field, mark.get("was")),
    }
    if mark.get("was") == value:
        return _("%(who)s confirmed it %(when)s") % given
    return _("%(who)s set it %(when)s; it was: %(was)s") % given


def _why(field: str, labels: Labels) -> tuple[str, ...]:
    found = []
    for one in labels.get("reasons") or ():
        if one.get("field") == field and one.get("code") in CODES:
            said = tuple(harmless.name(str(word)) for word in one.get("words") or ())
            found.append(sentence(Reason(field, one["code"], said)))
    return tuple(found)
