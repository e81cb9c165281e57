"""The story of a question in sentences, for whoever asked and for whoever is asked next."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cortafuegos.inbox import harmless, words
from cortafuegos.inbox.models import Question


def told(question: Question, now: datetime) -> list[str]:
    found = []
    for step in question.steps:
        at = datetime.fromisoformat(step["at"])
        until = datetime.fromisoformat(step["until"]) if step.get("until") else None
        facts = {
            "who": harmless.name(step["who"]),
            "when": words.at(at, now),
            "before": words.before(until, now) if until else "",
        }
        sentence = {
            "asked": _("%(who)s was asked %(when)s, to answer %(before)s"),
            "reminded": _("%(who)s was reminded %(when)s"),
            "put_off": _("%(who)s asked for more time %(when)s: %(before)s"),
            "climbed": _("Nobody answered, so %(who)s was asked %(when)s, to answer %(before)s"),
            "given_up": _("%(who)s did not answer either, and nobody is left to ask (%(when)s)"),
            "answered": _("%(who)s answered %(when)s"),
            "not_ours": _("%(who)s said %(when)s that it is not theirs"),
        }.get(step["kind"])
        if sentence:
            found.append(sentence % facts)
    return found
