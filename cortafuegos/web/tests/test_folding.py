"""What is folded reads as what is not, in each language; and what may differ is not folded."""

from __future__ import annotations

import pytest
from django.template import Context, engines
from django.template.base import Template, TextNode
from django.utils.translation import override

from cortafuegos.web.folding import fold

FIXED = [
    '{% load i18n %}<p title="{% trans "Close" %}">{% translate "Close" %} {% trans "Close" noop %}</p>',
    '{% load static %}<link href="{% static "web/icon.svg" %}">',
    '{% load desk %}{% icon "search" "s" %}{% script_words %}',
    "{% load i18n %}{% trans 'Tom & Jerry' %}{# a remark #}{% trans \"50 %% of it\" %}",
]
VARIED = [
    "{% load i18n %}{% trans word %}{{ word }}",
    "{% load i18n %}{% trans 'Close' as said %}<b>{{ said }}</b>",
    "{% load i18n %}{% trans 'May' context 'month' %}{% trans 'Close'|upper %}",
    "{% load static %}{% static path as found %}{{ found }}",
    "{% load desk %}{% icon name %}{% icon 'search' as sign %}{{ sign }}",
    "{% load i18n %}{% for one in many %}{% if one %}{% trans 'Close' %}{{ one }}{% else %}{% trans 'Open' %}"
    "{% endif %}{% empty %}{% trans 'Nothing here' %}{% endfor %}",
    "{% load i18n %}{% with word='Open' %}{% trans 'Close' %}{% trans word %}{% endwith %}",
    "{% load i18n %}{% block x %}{% trans 'Close' %}{{ word }}{% endblock %}",
]
SHOWN = {"word": "Close", "path": "web/icon.svg", "name": "search", "many": ["<a>", "", "b"]}
OTHER = {"word": "<Open>", "path": "web/css/base.css", "name": "x", "many": []}


def _template(source: str) -> Template:
    return engines["django"].from_string(source).template


def _folded(source: str) -> Template:
    template = _template(source)
    fold(template.nodelist, Context())
    return template


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("source", FIXED + VARIED)
def test_folded_reads_as_before(source, language):
    with override(language):
        before, folded = _template(source), _folded(source)
        for shown in (SHOWN, OTHER):
            assert folded.render(Context(shown)) == before.render(Context(shown))


@pytest.mark.parametrize("source", FIXED)
def test_what_is_fixed_becomes_one_text(source):
    assert [type(node) for node in _folded(source).nodelist] == [TextNode]


def test_each_language_has_its_own():
    get = engines["django"].engine.get_template
    with override("es"):
        spanish = get("web/_keys.html")
    with override("en"):
        english = get("web/_keys.html")
        assert "Keyboard shortcuts" in english.render(Context({}))
        assert get("web/_keys.html") is english
    with override("es"):
        assert get("web/_keys.html") is spanish
        assert "Atajos de teclado" in spanish.render(Context({}))
