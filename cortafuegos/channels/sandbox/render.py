"""Turns the page's values into HTML with Django's templates, outside of Django's views."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils import translation
from django.utils.html import format_html

LANGUAGES = {"es": "Español", "en": "English"}
# Grounds dark enough for white letters (5:1 and more).
_GROUNDS = ("#5a3c74", "#17653a", "#7d4b00", "#2253c9", "#8a2a4f", "#215f6b", "#4a5460", "#6b4a2b")


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(Path(__file__).parent / "templates" / "sandbox")],
        builtins=["django.templatetags.i18n", "django.contrib.humanize.templatetags.humanize"],
    )


def html(template: str, language: str, **context: Any) -> str:
    with translation.override(language):
        return str(_engine().get_template(template).render(Context({"language": language, **context})))


def initials(name: str) -> str:
    words = [w for w in name.split() if w[:1].isalnum()]
    letters = "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words))
    return (letters or name[:1] or "?").upper()


def avatar(name: str, *, brand: bool) -> str:
    ground = "#3c4653" if brand else _GROUNDS[sum(name.encode()) % len(_GROUNDS)]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">'
        '<rect width="40" height="40" rx="{}" fill="{}"/><text x="20" y="25" text-anchor="middle"'
        ' font-family="system-ui, sans-serif" font-size="14" font-weight="600" fill="#fff">{}</text>'
        "</svg>",
        10 if brand else 20,
        ground,
        initials(name),
    )
