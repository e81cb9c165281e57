"""Lists narrowed by labels: what can be asked for, and how the list says what was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.inbox import harmless
from cortafuegos.inbox.labels.crowds import KINDS
from cortafuegos.inbox.labels.words import FIELDS, WORDS
from cortafuegos.inbox.queries.filters import CROWDS, LABELS, Filter


def choices(wanted: Filter, topics: Sequence[str]) -> list[dict[str, Any]]:
    """A field of the form for each label, and for the brand's own topics where it has any."""
    named = list(dict.fromkeys([*topics, *([wanted.topic] if wanted.topic else [])]))
    own = [
        {
            "name": "topic",
            "title": _("Topic"),
            "choices": [(name, harmless.name(name)) for name in named],
            "chosen": wanted.topic,
        }
    ]
    return [*_of_labels(wanted), *(own if named else [])]


def _of_labels(wanted: Filter) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": _title(name),
            "choices": [(value, words(name, value)) for value in values],
            "chosen": getattr(wanted, name),
        }
        for name, values in (*LABELS.items(), ("crowd", CROWDS))
    ]


def chips(wanted: Filter) -> list[tuple[str, str]]:
    """What of it is asked for, as (field, words)."""
    said = [(name, words(name, value)) for name in LABELS if (value := getattr(wanted, name))]
    if wanted.cause == "none":
        said = [(name, said_ if name != "cause" else _("Without a cause")) for name, said_ in said]
    if wanted.crowd:
        said.append(("crowd", words("crowd", wanted.crowd) if wanted.crowd in CROWDS else _("One crowd")))
    return [*said, *([("topic", harmless.name(wanted.topic))] if wanted.topic else [])]


def words(name: str, value: str) -> str:
    if name == "urgency" and value == "2":
        return _("Soon or now")
    if name == "needs":
        return str(WORDS["needs_reply", value == "1"])
    if name == "crowd":
        return str(KINDS[value])
    if name == "churn":
        return str(WORDS["churn", True])
    return str(WORDS[name, int(value) if name == "urgency" else value])


def _title(name: str) -> str:
    if name == "crowd":
        return _("With others")
    return str(FIELDS["needs_reply" if name == "needs" else name])
