"""What a language is called, in the reader's own."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def language_name(code: str) -> str:
    """ "es" is "español" to somebody who reads Spanish; what nobody knows is its code."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name((get_language() or "en")[:2])
    except (ValueError, UnknownLocaleError):
        return code
    return name or code
