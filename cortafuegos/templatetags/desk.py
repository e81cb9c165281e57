"""`{% load desk %}`: what every page is made of."""

from __future__ import annotations

from django import template

from cortafuegos.web.icons import icon

register = template.Library()
register.simple_tag(icon, name="icon")
