"""Reasons in words that a person reads, in their language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .priority import Fact
from .values import Reason


def gettext_noop(text: str) -> str:
    """Marks a sentence for translation. Django's own asks for settings, and the command line has none."""
    return text


CODES: dict[str, str] = {
    "words": gettext_noop("Words that weighed most: %(words)s"),
    "fraud": gettext_noop("Speaks of fraud: %(words)s"),
    "in_progress": gettext_noop("It is happening now: %(words)s"),
    "stranded": gettext_noop("Somebody is stranded: %(words)s"),
    "safety": gettext_noop("Somebody may be in danger: %(words)s"),
    "vulnerable": gettext_noop("Somebody may be vulnerable: %(words)s"),
    "legal": gettext_noop("Mentions the law or an authority: %(words)s"),
    "press": gettext_noop("Mentions the press: %(words)s"),
    "leaving": gettext_noop("Says they leave: %(words)s"),
    "money": gettext_noop("Money is at stake: %(words)s"),
    "soon": gettext_noop("It is soon: %(words)s"),
    "waiting": gettext_noop("Has waited: %(words)s"),
    "silence": gettext_noop("Nobody answered them: %(words)s"),
    "people": gettext_noop("About how people attend: %(words)s"),
    "outage": gettext_noop("Something does not work: %(words)s"),
    "product": gettext_noop("About the product: %(words)s"),
    "human": gettext_noop("About what the brand itself posted: %(words)s"),
    "thanks": gettext_noop("Thanks: %(words)s"),
    "praise": gettext_noop("Praise: %(words)s"),
    "insult": gettext_noop("Strong words: %(words)s"),
    "irony": gettext_noop("Sounds ironic: %(words)s"),
    "question": gettext_noop("Asks: %(words)s"),
    "request": gettext_noop("Asks for help: %(words)s"),
    "demand": gettext_noop("Demands something: %(words)s"),
    "other_brand": gettext_noop("Compares with others: %(words)s"),
    "thread": gettext_noop("Goes on from what was said before: %(words)s"),
    "closing": gettext_noop("Only ends the conversation: %(words)s"),
}


def sentence(reason: Reason) -> str:
    """In the reader's language; in English where Django has no settings."""
    shown = {"words": " ".join(reason.words) if reason.code != "words" else ", ".join(reason.words)}
    return translated(CODES[reason.code]) % shown


def translated(text: str) -> str:
    from django.conf import settings

    return _(text) if settings.configured else text


FACTS: dict[str, str] = {
    "urgency_1": gettext_noop("An ordinary request"),
    "urgency_2": gettext_noop("It cannot wait long"),
    "urgency_3": gettext_noop("An emergency"),
    "leaves": gettext_noop("Says they are leaving"),
    "public": gettext_noop("Everybody can read it"),
    "public_figure": gettext_noop("A public figure"),
    "crisis": gettext_noop("In a crisis, what many people read weighs more"),
}


def fact(told: Fact) -> str:
    """A fact of ``priority`` in words: "message number 3 in 2 hours", "40,000 followers"."""
    if told.code == "waiting":
        return _("Waiting for %(time)s") % {"time": span(told.minutes)}
    if told.code == "followers":
        words = ngettext("%(count)s follower", "%(count)s followers", told.number)
        return words % {"count": f"{told.number:,}".replace(",", "\u202f")}
    if told.code == "repeated":
        if not told.minutes:
            return _("Message number %(number)s without an answer") % {"number": told.number}
        return _("Message number %(number)s in %(time)s") % {
            "number": told.number,
            "time": span(told.minutes),
        }
    return _(FACTS[told.code])


def span(minutes: int) -> str:
    """So many minutes, in the largest unit that they fill."""
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if hours:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
