"""The kinds of mistake, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortafuegos.inbox.righting import NONE, Cause


def cause_words(cause: str) -> str:
    return _all().get(cause, cause)


def causes(*, reviewing: bool = False) -> list[tuple[str, str]]:
    """To choose from. Only whoever reviews it may say that it was none."""
    return [(key, said) for key, said in _all().items() if reviewing or key != NONE]


def _all() -> dict[str, str]:
    return {
        Cause.PERSON: _("meant for somebody else"),
        Cause.ACCOUNT: _("from the wrong account"),
        Cause.FACTS: _("a wrong fact"),
        Cause.DATA: _("personal data in view"),
        Cause.TONE: _("the tone"),
        Cause.UNFINISHED: _("unfinished, or sent twice"),
        Cause.OTHER: _("something else"),
        NONE: _("no mistake after all"),
    }
