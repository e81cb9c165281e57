"""`{% load desk %}`: what every page is made of."""

from __future__ import annotations

from django import template

from cortafuegos.web.choices import colleagues
from cortafuegos.web.icons import icon
from cortafuegos.web.nav import nav_lines
from cortafuegos.web.rows import case_rows
from cortafuegos.web.thread import thread_line
from cortafuegos.web.words import script_words

register = template.Library()
register.simple_tag(icon, name="icon")
register.simple_tag(script_words, name="script_words")
register.simple_tag(colleagues, name="colleagues")
register.simple_tag(nav_lines, name="nav_lines")
register.simple_tag(case_rows, name="case_rows", takes_context=True)
register.simple_tag(thread_line, name="thread_line", takes_context=True)
