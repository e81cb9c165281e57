"""Words that ``read`` adds of its own, in the account's language: the same bytes give the same posts."""

from __future__ import annotations

from django.utils.translation import gettext, override


def in_language(language: str, sentence: str) -> str:
    with override(language or "es"):
        return gettext(sentence)
