"""Reasons in words that a person reads, in their language."""

from __future__ import annotations

from django.utils.translation import gettext as _

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
}


def sentence(reason: Reason) -> str:
    """In the reader's language; in English where Django has no settings."""
    shown = {"words": " ".join(reason.words) if reason.code != "words" else ", ".join(reason.words)}
    return translated(CODES[reason.code]) % shown


def translated(text: str) -> str:
    from django.conf import settings

    return _(text) if settings.configured else text
